"""YAML that people write: settings, front matter, options of cells, each key with its line.

Read as Quarto reads it where PyYAML differs: a key is text (``yes:``, ``2020:``). What refers to
itself, or grows when it is written out, is refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import Any

import yaml

from portfolio.texts import clean

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""The YAML at the top of a page, and the lines about it."""

_MOST = 100_000
"""As many values YAML may have once what it repeats is written out."""
_DEEPEST = 100
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"


class NotYamlError(ValueError):
    """The text cannot be read as YAML; says on which line, counted from its first, and why."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@dataclass(frozen=True)
class Mapping:
    """YAML of the file at ``path``, with the line of each dotted key (``format.html.theme``)."""

    path: str
    values: dict[str, Any]
    lines: dict[str, int]

    def get(self, dotted: str, default: Any = None) -> Any:
        """Return the value of a dotted key, or else the default."""
        return next(_found(self.values, dotted), default)

    def below(self, dotted: str) -> "Mapping":
        """Return the mapping at a dotted key; an empty one where there is none."""
        values = self.get(dotted)
        lines = {
            key.removeprefix(f"{dotted}."): line
            for key, line in self.lines.items()
            if key.startswith(f"{dotted}.")
        }
        return Mapping(self.path, values if isinstance(values, dict) else {}, lines)

    def beneath(self, dotted: str) -> "Mapping":
        """Return a mapping that has this one at a dotted key."""
        values = reduce(lambda value, key: {key: value}, reversed(dotted.split(".")), self.values)
        lines = {f"{dotted}.{key}": line for key, line in self.lines.items()}
        return Mapping(self.path, values, lines)


def read_mapping(text: str, path: str, line: int) -> Mapping:
    """Parse YAML that starts at ``line`` of the file at ``path``.

    Raises NotYamlError, whose line is the file's, for what is no YAML or no mapping.
    """
    try:
        node = _composed(text, once=True)
        values = _value(node)
        lines = dict(_key_lines(node, line, ""))
    except NotYamlError as error:
        raise NotYamlError(error.line + line - 1, error.what) from None
    if not isinstance(values or {}, dict):
        raise NotYamlError(line, "no list of `key: value` lines")
    return Mapping(path, values or {}, lines)


def read_listed(text: str, path: str) -> list[Mapping]:
    """Return the mappings of a list, each with the lines of its keys, its own under ``""``.

    Values are text as it is written, lists and mappings of such. A mapping may stand around the
    list, under any key. Raises NotYamlError for what is no YAML, and no list of mappings.
    """
    node = _composed(text, once=True)
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        node = node.value[0][1]
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise NotYamlError(_line(node), "no list of things, each of which begins with `- `")
    for item in node.value:
        if not isinstance(item, yaml.MappingNode):
            raise NotYamlError(_line(item), "one thing of the list has no `key: value` lines")
    return [
        Mapping(path, _written(item), {"": _line(item)} | dict(_key_lines(item, 1, "")))
        for item in node.value
    ]


def written(text: str) -> Any:
    """Return what YAML says as `read_listed` does, whatever it is; raise NotYamlError if none."""
    return _written(_composed(text, once=False))


def _written(node: yaml.Node | None) -> Any:
    """Return a node's value in which all that is no list and no mapping is text."""
    if isinstance(node, yaml.MappingNode):
        try:
            yaml.SafeLoader("").flatten_mapping(node)
        except yaml.YAMLError as error:
            raise _no_yaml(error) from None
        return {clean(str(key.value)): _written(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_written(each) for each in node.value]
    is_nothing = node is None or node.tag == "tag:yaml.org,2002:null"
    return "" if is_nothing or node is None else clean(str(node.value))


def _line(node: yaml.Node) -> int:
    return 1 + int(node.start_mark.line)


def read_yaml(text: str) -> Any:
    """Return what YAML says; raise NotYamlError where it is none."""
    return _value(_composed(text, once=False))


def _composed(text: str, *, once: bool) -> yaml.Node | None:
    """Parse ``text`` into nodes whose keys are text, each to stand there ``once`` if need be."""
    if max(accumulate(_STEPS[mark] for mark in _BRACKET.findall(text)), default=0) > _DEEPEST:
        raise NotYamlError(1, "it is nested too deeply")  # which takes PyYAML for ever to find
    try:
        node = _parsed(text)
        _prepare(node, once=once)
    except yaml.YAMLError as error:
        raise _no_yaml(error) from None
    except RecursionError:
        raise NotYamlError(1, "it is nested too deeply") from None
    return node


def _parsed(text: str) -> yaml.Node | None:
    """Parse ``text`` in C, where that is installed; what is wrong is told in Python's words."""
    try:
        return yaml.compose(text, _LOADER)
    except yaml.YAMLError:
        return yaml.compose(text, yaml.SafeLoader)


def _value(node: yaml.Node | None) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return _clean(loader.construct_document(node)) if node else None
    except yaml.YAMLError as error:
        raise _no_yaml(error) from None
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        # PyYAML takes it on trust that a date is in the calendar, and that a tag tells the truth.
        raise NotYamlError(_line_of(node), f"a value cannot be read ({str(error)[:60]})") from None
    except RecursionError:
        raise NotYamlError(1, "it is nested too deeply") from None


def _line_of(root: yaml.Node | None) -> int:
    """Return the line of the first scalar that cannot be read."""
    for node in _scalars(root):
        try:
            yaml.SafeLoader("").construct_document(node)
        except Exception:  # noqa: BLE001  whatever it is, it stands here
            return 1 + int(node.start_mark.line)
    return 1


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for part in node.value:
            for each in part if isinstance(part, tuple) else (part,):
                yield from _scalars(each)


def _no_yaml(error: yaml.YAMLError) -> NotYamlError:
    mark, what = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    return NotYamlError(1 + mark.line if mark else 1, " ".join(str(what or error).split()))


def _prepare(root: yaml.Node | None, *, once: bool) -> None:
    """Make keys text, as YAML 1.2 does, and refuse what refers to itself or grows too large."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node | None, above: tuple[int, ...]) -> int:
        if node is None or isinstance(node, yaml.ScalarNode):
            return 1
        line = 1 + node.start_mark.line
        if id(node) in above:
            raise NotYamlError(line, "it refers to itself")
        if id(node) not in sizes:
            parts = node.value
            if isinstance(node, yaml.MappingNode):
                keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
                _make_text(keys, once=once)
                parts = [part for pair in node.value for part in pair]
            sizes[id(node)] = 1 + sum(size(part, (*above, id(node))) for part in parts)
        if sizes[id(node)] > _MOST:
            raise NotYamlError(line, "it grows too large when it is written out")
        return sizes[id(node)]

    size(root, ())


def _make_text(keys: Iterable[yaml.ScalarNode], *, once: bool) -> None:
    seen = set()
    for key in keys:
        if once and key.value in seen:
            raise NotYamlError(1 + key.start_mark.line, f"the key {key.value} stands there twice")
        if key.value != "<<":
            seen.add(key.value)
            key.tag = _TEXT


def _key_lines(node: Any, line: int, above: str) -> Iterator[tuple[str, int]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            name = clean(key.value)
            yield above + name, line + key.start_mark.line
            yield from _key_lines(value, line, f"{above}{name}.")


def _clean(value: Any) -> Any:
    """Return a value with clean texts, and with keys that are text whatever they were."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _clean(each) for key, each in value.items()}
    if isinstance(value, set):
        return sorted(clean(str(each)) for each in value)
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value


def _found(values: Any, dotted: str) -> Iterator[Any]:
    """Yield what lies at a dotted key, of which a key that holds a dot itself is a part too."""
    if isinstance(values, dict):
        if dotted in values:
            yield values[dotted]
        for place, letter in enumerate(dotted):
            if letter == "." and dotted[:place] in values:
                yield from _found(values[dotted[:place]], dotted[place + 1 :])
