"""A project may lie anywhere, and be called anything."""

import os

import pytest
import victim

NAMES = {
    "all at once": "-a \"b\" 'c'\n#é 100% `touch hurt`$(x);& [d]{e}*!",
    "spaces": "my own  site",
    "quotes": 'Ada\'s "site"',
    "letters": "сайт 王小明 é",
    "line break": "one\ntwo",
    "hash": "100% #1?",
    "backtick": "`touch hurt`$(touch hurt);&",
    "long": "n" * 200,
    "dash": "-site",
    "brackets": "[a]{b}*!",
    "decomposed": "e\u0301",
}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows allows few of these names")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name == "all at once" else pytest.mark.stress)
        for name in NAMES
    ],
)
def test_every_verb_works_there(tmp_path, name):
    """The site is rendered, papers come and go, and nothing is written anywhere else."""
    root = victim.make(tmp_path / NAMES[name] / NAMES[name])
    (tmp_path / "one.bib").write_text(
        "@misc{one, title={One}, author={Doe, Jane}, year=2000}\n", encoding="utf-8"
    )
    said = victim.ran(root, "site")
    assert victim.shows(root) == {"0"}, said
    victim.inside(root, "add", str(tmp_path / "one.bib"))
    victim.inside(root, "page", "one")
    assert (root / "publications" / "one.qmd").exists()
    (root / "publications" / "one.qmd").unlink()
    assert "4 pages" in victim.ran(root, "site")
    victim.inside(root, "import", str(tmp_path / "one.bib"), "--force")
    assert "waves" not in (root / "publications" / "publications.bib").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {NAMES[name], "one.bib"}
    assert victim.scratch(root) == []
