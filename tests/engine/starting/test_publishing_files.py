"""A new site tells the hosts how to publish it, and they understand."""

import json
import re
import subprocess
import sys

import checkers
import needs
import pytest
import yaml

from portfolio.renderers.quarto import PINNED
from portfolio.shipped import EXTENSION, version
from portfolio.starting import new, starter

WORKFLOW = ".github/workflows/publish.yml"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a new site."""
    root = tmp_path_factory.mktemp("hosts") / "site"
    new.new(root, starter.Blanks("Ada Byron", "https://ada.example", "quarto-portfolio==1.0.0"))
    return root


def steps_of(site):
    """Return the steps of the job that builds the site."""
    workflow = yaml.safe_load((site / WORKFLOW).read_text(encoding="utf-8"))
    return workflow["jobs"]["build"]["steps"]


def test_the_workflow_follows_its_schema(site):
    """check-jsonschema, with the schema that it ships, has nothing to say."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    command += ["vendor.github-workflows", site / WORKFLOW]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_workflow_checks_renders_audits_and_publishes(site):
    """In this order, with no test of the engine's; a problem of the content does not stop it."""
    steps = steps_of(site)
    ran = [step["run"] for step in steps if step.get("run", "").startswith("portfolio")]
    wanted = ["check --format github", "site", "check --site --format github"]
    assert ran == [f"portfolio {words}" for words in wanted]
    advisory = [step["run"] for step in steps if step.get("continue-on-error")]
    assert advisory == [ran[0], ran[2]]
    assert not [step for step in steps if "pytest" in step.get("run", "")]
    deploy = yaml.safe_load((site / WORKFLOW).read_text(encoding="utf-8"))["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert "refs/heads/main" in deploy["if"]
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_hosts_and_the_dev_container_use_the_pinned_quarto(site):
    """A site is published with the Quarto that the engine is tested with."""
    (quarto,) = [step for step in steps_of(site) if step.get("uses", "").startswith("quarto-dev/")]
    assert quarto["with"]["version"] == PINNED
    container = json.loads((site / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert [feature["version"] for feature in container["features"].values()] == [PINNED]


def test_netlify_understands_its_settings(site):
    """Netlify's own reader takes the settings as they are meant."""
    try:
        checkers.install()
    except checkers.CheckersMissingError as error:
        needs.missing(str(error))
    command = checkers.MODULES / "@netlify" / "config" / "bin.js"
    where = ("--config", site / "netlify.toml", "--repositoryRoot", site, "--cwd", site)
    ran = checkers.run(command, "--offline", *where)
    assert ran.returncode == 0, ran.stderr
    read = json.loads(ran.stdout)["config"]["build"]
    assert read["command"].startswith("make site && ")
    assert read["publish"] == str(site / "_site")


def test_make_has_every_verb_that_hosts_and_readers_are_told_of(site):
    """The Makefile of a new site knows what its README and Netlify name."""
    makefile = (site / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert {"site", "check", "audit", "test", "preview", "figures", "doctor", "upgrade"} <= known


def test_the_extension_is_of_the_engines_version():
    """Quarto and the doctor read one version, pip another; they are the same."""
    said = yaml.safe_load((EXTENSION / "_extension.yml").read_text(encoding="utf-8"))
    assert said["version"] == version()
