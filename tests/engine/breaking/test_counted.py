"""A render says how many problems there are, and `check` which."""

import oddities
import pytest

from portfolio.__main__ import main


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a sound small site, in which the verbs run."""
    oddities.lay({}, tmp_path)
    monkeypatch.setenv("PORTFOLIO_RENDERER", "embedded")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys):
    """Return what a successful `site` says below its first line."""
    assert main(["site"]) == 0
    return capsys.readouterr().out.splitlines()[1:]


def test_a_render_says_how_many_problems_there_are(root, capsys):
    """On one line, again where nothing changed, and no more once all are mended."""
    news = root / "news" / "news.csv"
    sound = news.read_text(encoding="utf-8")
    news.write_text(sound + "31.01.2021,Odd,\n,,x\n", encoding="utf-8")
    assert said(capsys) == ["2 problems: `portfolio check` names them"]
    assert said(capsys) == ["2 problems: `portfolio check` names them"]
    assert main(["check"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2
    news.write_text(sound, encoding="utf-8")
    assert said(capsys) == []
