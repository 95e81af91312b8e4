"""The files that tell hosts how to build and publish the site, held against published schemas."""

import json
import subprocess
import sys
from pathlib import Path

import checkers
import pytest
import yaml

from portfolio.pages.policy import headers, policy
from portfolio.renderers.quarto import PINNED

WORKFLOW = ".github/workflows/publish.yml"
TESTS = ".github/workflows/test.yml"
VERIFY = ".github/workflows/verify.yml"


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (WORKFLOW, "vendor.github-workflows"),
        (TESTS, "vendor.github-workflows"),
        (VERIFY, "vendor.github-workflows"),
        ("CITATION.cff", "vendor.citation-file-format"),
    ],
    ids=["workflow", "tests", "verify", "citation"],
)
def test_a_file_follows_its_schema(project: Path, name: str, schema: str) -> None:
    """check-jsonschema, with the schema that it ships, has nothing to say."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, project / name]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(("name", "job"), [(WORKFLOW, "build"), (TESTS, "engine")])
def test_a_workflow_uses_the_pinned_quarto(project: Path, name: str, job: str) -> None:
    """The site is published with the Quarto that it is tested with."""
    workflow = yaml.safe_load((project / name).read_text(encoding="utf-8"))
    steps = workflow["jobs"][job]["steps"]
    (quarto,) = [step for step in steps if step.get("uses", "").startswith("quarto-dev/")]
    assert quarto["with"]["version"] == PINNED


def test_the_engine_is_tested_on_every_system_without_make(project: Path) -> None:
    """Linux, macOS and Windows, with commands that all of them have."""
    engine = yaml.safe_load((project / TESTS).read_text(encoding="utf-8"))["jobs"]["engine"]
    systems = [name.partition("-")[0] for name in engine["strategy"]["matrix"]["os"]]
    assert systems == ["ubuntu", "macos", "windows"]
    commands = [step["run"] for step in engine["steps"] if "run" in step]
    assert all(command.startswith("python -m ") for command in commands)
    assert commands[-1] == 'python -m pytest tests/engine -m "not long"'


def test_the_figures_are_verified_as_those_of_new_sites(project: Path) -> None:
    """Each week, and the date is committed: only what it installs is another."""
    told = yaml.safe_load((project / VERIFY).read_text(encoding="utf-8"))
    starter = project / "scripts" / "portfolio" / "starting" / "starter"
    shipped = starter / "dot.github" / "workflows" / "verify.yml"
    other = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    assert told[True] == other[True]  # YAML takes `on` for a yes
    ours, theirs = (each["jobs"]["verify"]["steps"] for each in (told, other))
    assert ours[-2:] == theirs[-2:]


def test_the_dev_container_has_the_pinned_quarto(project: Path) -> None:
    """What opens in the browser is what the site is published with."""
    path = project / ".devcontainer" / "devcontainer.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["image"].endswith("python:3.11")
    assert [feature["version"] for feature in said["features"].values()] == [PINNED]
    assert said["postCreateCommand"] == "make site"


def test_the_workflow_publishes_what_passed_the_tests(project: Path) -> None:
    """The tests run before the site is built, and only main is published."""
    workflow = yaml.safe_load((project / WORKFLOW).read_text(encoding="utf-8"))
    commands = [step.get("run") for step in workflow["jobs"]["build"]["steps"]]
    assert commands.index("make test") < commands.index("make site")
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert "refs/heads/main" in workflow["jobs"]["deploy"]["if"]


def test_netlify_understands_its_settings(
    project: Path, npm_packages: Path, tmp_path: Path
) -> None:
    """Netlify's own reader takes the settings, and the site's headers, as they are meant."""
    command = npm_packages / "@netlify" / "config" / "bin.js"
    settings = tmp_path / "netlify.toml"
    settings.write_bytes((project / "netlify.toml").read_bytes())
    (tmp_path / "_site").mkdir()
    told = headers(["index.html", "news/index.html"], [policy()])
    (tmp_path / "_site" / "_headers").write_text(told, encoding="utf-8")
    ran = checkers.run(
        command, "--offline", "--config", settings, "--repositoryRoot", tmp_path, "--cwd", tmp_path
    )
    assert ran.returncode == 0, ran.stderr
    read = json.loads(ran.stdout)["config"]
    assert read["build"]["command"] == "make site"
    assert read["build"]["publish"] == str(tmp_path / "_site")
    sent = {header["for"]: header["values"] for header in read["headers"]}
    assert sent["/*"]["X-Content-Type-Options"] == "nosniff"
    for path in ("/", "/*.html", "/news/"):
        assert "default-src 'self'" in sent[path]["Content-Security-Policy"]
