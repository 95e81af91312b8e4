"""Problems written for people, for programs, and for the checks that GitHub shows."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from portfolio.records.problems import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """Return one line each, or that there is none."""
    return "\n".join(map(str, problems)) or "no problems"


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON list with one object each: path, line, key, what, remedy and level."""
    objects = [asdict(problem) | {"level": problem.level} for problem in problems]
    for each in objects:
        del each["hint"]
    return json.dumps(objects, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Return one workflow command each, which GitHub shows at the line in question."""
    return "\n".join(map(_command, problems))


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def _command(problem: Problem) -> str:
    file, title = _property(problem.path), _property(problem.key)
    message = _data(f"{problem.what}: {problem.remedy}")
    command = "notice" if problem.hint else "error"
    return f"::{command} file={file},line={problem.line},title={title}::{message}"


def _data(text: str) -> str:
    """Escape the message of a workflow command, which ends with its line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property, which colons and commas would end as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
