"""What a site and this project take from others is pinned to its very bytes."""

import re
from pathlib import Path

import pytest

from portfolio import children
from portfolio.renderers import quarto

PROJECT = Path(__file__).parents[3]
STARTER = PROJECT / "scripts" / "portfolio" / "starting" / "starter"
USES = re.compile(r"^\s*(?:- )?uses:\s*(\S+)@(.*)$", re.MULTILINE)
WORKFLOWS = [*PROJECT.glob(".github/workflows/*.yml"), *STARTER.glob("dot.github/workflows/*.yml")]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_actions_are_pinned_to_a_commit(path):
    """Each action is named by its commit, with the release that this is, so that none changes."""
    used = USES.findall(path.read_text(encoding="utf-8"))
    assert used
    for action, version in used:
        assert re.fullmatch(r"[0-9a-f]{40}  # v\d+\.\d+\.\d+", version), action


def test_all_workflows_use_the_same_commits():
    """What this project tries is what new sites get."""
    used = {pair for path in WORKFLOWS for pair in USES.findall(path.read_text(encoding="utf-8"))}
    assert len(used) == len({action for action, _ in used})


def test_quarto_is_installed_by_its_hash(monkeypatch, tmp_path):
    """Pip takes the one package of Quarto whose hash is known, and nothing with it."""
    ran = []
    monkeypatch.setattr(quarto.sys, "prefix", str(tmp_path))
    monkeypatch.setattr(children, "run", lambda command, **_: ran.append(command))
    monkeypatch.setattr(quarto, "find_quarto", lambda: None)
    quarto.install_quarto(lambda _: None)
    (command,) = ran
    lock = Path(command[command.index("--requirement") + 1]).read_text(encoding="utf-8")
    assert {"--require-hashes", "--no-deps"} <= {*command}
    assert re.fullmatch(
        rf"quarto-cli=={re.escape(quarto.PINNED)} --hash=sha256:[0-9a-f]{{64}}\n", lock
    )
