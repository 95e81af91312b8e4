"""`tidy` shows a difference first, changes what its rules are about, and leaves all other bytes."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import dumped

from portfolio.__main__ import main
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.latex.convert import to_text
from portfolio.syncing.tidying.iso4 import abbreviated
from portfolio.syncing.tidying.pages import with_dashes
from portfolio.syncing.tidying.titles import with_capitals_protected
from portfolio.syncing.tidying.venue_names import unified

ROOT = Path(__file__).parents[3]
BIB = b"""% mine \xe9
@article{a,
  title   = {Learning {GANs} with BERT and t-SNE},
  author  = {Byron, Ada},
  journal = {Journal of Machine Learning Research},
  pages   = "1-9",
  year    = 2020,
  doi     = {10.1000/a}
}\r
@string{jmlr = {J. Mach. Learn. Res.}}
@article{b, title={Salt}, journal={J. Mach. Learn. Res.}, pages={12 -- 14}}  trailing
@article{c, title={DNA of salt}, journal=jmlr, pages={in press}}
@article{broken, title={RNA
"""


@pytest.fixture
def bib(tell, home):
    """Return the path of the project's bibliography."""
    tell()
    path = home / "publications" / "publications.bib"
    path.write_bytes(BIB)
    return path


def test_a_difference_is_shown_first(bib, capsys):
    """Without `--write` the file stays, the exit status is 1, and the lines are those of diff."""
    assert main(["tidy"]) == 1
    head, *lines = capsys.readouterr().out.split("\n")
    assert head == "--- publications/publications.bib"
    changed = [line.strip() for line in lines[1:] if line[:1] in {"+", "-"}]
    b, c = "@article{b, title={Salt}, journal=", "@article{c, title="
    assert changed == [
        "-  title   = {Learning {GANs} with BERT and t-SNE},",
        "+  title   = {Learning {GANs} with {BERT} and t-{SNE}},",
        '-  pages   = "1-9",',
        '+  pages   = "1--9",',
        f"-{b}{{J. Mach. Learn. Res.}}, pages={{12 -- 14}}}}  trailing",
        f"-{c}{{DNA of salt}}, journal=jmlr, pages={{in press}}}}",
        f"+{b}{{Journal of Machine Learning Research}}, pages={{12--14}}}}  trailing",
        f"+{c}{{{{DNA}} of salt}}, journal=jmlr, pages={{in press}}}}",
    ]
    assert bib.read_bytes() == BIB


def test_every_other_byte_stays(bib, capsys):
    """Foreign bytes, line ends, layout, macros and what is broken are as they were."""
    assert main(["tidy", "--write"]) == 0
    after = bib.read_bytes()
    expected = BIB
    for old, new in (
        (b"BERT and t-SNE", b"{BERT} and t-{SNE}"),
        (b'"1-9"', b'"1--9"'),
        (b"journal={J. Mach. Learn. Res.}", b"journal={Journal of Machine Learning Research}"),
        (b"{12 -- 14}", b"{12--14}"),
        (b"{DNA of", b"{{DNA} of"),
    ):
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert after == expected
    capsys.readouterr()
    assert main(["tidy", "--write"]) == 0
    assert main(["tidy"]) == 0
    assert capsys.readouterr().out == ""


def test_only_the_rules_that_are_named(bib):
    """One rule leaves alone what the others are about."""
    assert main(["tidy", "--dashes", "--write"]) == 0
    assert bib.read_bytes() == BIB.replace(b'"1-9"', b'"1--9"').replace(b"12 -- 14", b"12--14")


def test_missing_fields_are_completed_on_request(bib, service):
    """What is registered under the DOI of the same work is added, and nothing is replaced."""
    item = {"DOI": "10.1000/a", "type": "journal-article", "volume": "7", "page": "1-9",
            "title": ["Learning GANs with BERT and t-SNE"], "container-title": ["Other & Co"],
            "author": [{"given": "Ada", "family": "Byron"}],
            "issued": {"date-parts": [[2021, 5]]}}  # fmt: skip
    service.says("/crossref/works", dumped({"message": {"items": [item]}}))
    assert main(["tidy", "--complete", "--write"]) == 0
    added = b"{10.1000/a},\n  volume  = {7},\n  month   = {May}\n}\r"
    assert bib.read_bytes() == BIB.replace(b"{10.1000/a}\n}\r", added)


@pytest.mark.parametrize(
    "answer", [(500, {}, b""), (200, {}, b"no"), (302, {"Location": "file:///etc/passwd"}, b"")]
)
@pytest.mark.usefixtures("hasty")
def test_without_an_answer_nothing_is_completed(bib, service, answer, capsys):
    """One line says who gave none, and the file stays."""
    service.says("/crossref/works", answer)
    assert main(["tidy", "--complete", "--write"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert bib.read_bytes() == BIB


@pytest.mark.parametrize("name", ["nothing.bib", "publications"])
def test_a_file_that_is_none_is_one_line(bib, name, capsys):
    """A slip in a name, or a folder, is told as such, and no other file is written."""
    assert main(["tidy", "--write", str(bib), name]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{name}: it cannot be read (")
    assert err.endswith("): name a .bib file that is there\n")
    assert bib.read_bytes() == BIB


def test_what_somebody_saved_meanwhile_stays(bib, service, capsys):
    """While a service is asked an editor may save: that is not written over."""

    def answer(*_):
        bib.write_bytes(BIB + b"% mine")
        return 200, {}, b'{"message": {"items": []}}'

    service.says("/crossref/works", answer)
    assert main(["tidy", "--complete", "--capitals", "--write"]) == 1
    assert "somebody has changed it meanwhile: run it again" in capsys.readouterr().err
    assert bib.read_bytes() == BIB + b"% mine"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_tabs_comments_and_macros_stay(bib, ends, mark):
    """Whatever the file is written with, a change is two braces or a dash."""
    lines = [
        b"% note:\t1-9 BERT",
        b'@string{ jml = "J. of BERT" # { 1-9 } }',
        b"@comment{BERT 1-9}",
        b"@preamble{ {BERT} }",
        b"@article {a ,",
        b"\ttitle\t=  {Of\tBERT  and",
        b"\tsalt},",
        b'\tpages = "1-9"\t,',
        b"\tjournal = jml, month = jan # { 1-9}",
        b"}",
        b"",
        b"BERT 1-9",
    ]
    before = mark + ends.join(lines)
    bib.write_bytes(before)
    assert main(["tidy", "--write"]) == 0
    after = before.replace(b"Of\tBERT", b"Of\t{BERT}").replace(b'"1-9"\t', b'"1--9"\t')
    assert bib.read_bytes() == after


def test_what_is_registered_of_another_work_is_not_taken(bib, service):
    """A DOI that is somebody else's completes nothing."""
    item = {"DOI": "10.1000/a", "type": "journal-article", "volume": "7", "title": ["Teeth"],
            "author": [{"given": "Gus", "family": "Teak"}]}  # fmt: skip
    service.says("/crossref/works", dumped({"message": {"items": [item]}}))
    assert main(["tidy", "--complete", "--write"]) == 0
    assert bib.read_bytes() == BIB


def test_it_is_a_hook_for_pre_commit(tmp_path):
    """The hook is a call of this verb, which takes files outside any project and rewrites them."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    path = tmp_path / "some.bib"
    path.write_bytes(BIB)
    name, *words = hook["entry"].split()
    assert name == "portfolio"
    command = [sys.executable, "-m", "portfolio", *words, str(path)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() != BIB
    assert [each.name for each in tmp_path.iterdir()] == ["some.bib"]


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("The iPhone and the McDonald", "The {iPhone} and the {McDonald}"),
        ("BERT: A Study of Multi-Task Learning", "{BERT}: A Study of Multi-Task Learning"),
        ("Vitamin C and I", "Vitamin {C} and I"),
        ("{\\'E}tude of $L_1$ and {DNA}", "{\\'E}tude of $L_1$ and {DNA}"),
        ("\\emph{GAN} and GAN", "\\emph{GAN} and {GAN}"),
        ("A SHOUTED TITLE", "A SHOUTED TITLE"),
        ("Étude naïve d'ADN", "Étude naïve {d'ADN}"),
    ],
)
def test_capitals_within_words_are_protected(title, protected):
    """Acronyms go into braces once; title case, formulas and commands do not."""
    assert with_capitals_protected(title) == protected
    assert with_capitals_protected(protected) == protected


@settings(max_examples=60)
@given(st.text(st.sampled_from("aB {}\\$-:'é"), max_size=20))
def test_protection_adds_nothing_but_braces(title):
    """Whatever a title is, it says what it said, and a second time changes nothing."""
    once = with_capitals_protected(title)
    assert once.replace("{", "").replace("}", "") == title.replace("{", "").replace("}", "")
    assert with_capitals_protected(once) == once


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        ("1-9", "1--9"), ("1 – 9", "1--9"), ("S1-S9", "S1--S9"), ("1--9", "1--9"),
        ("1-2, 5-9", "1--2, 5--9"), ("e2005", "e2005"), ("in-press", "in-press"),
        ("2001.00001-1", "2001.00001-1"), ("", ""),
    ],
)  # fmt: skip
def test_dashes_stand_between_pages(pages, wanted):
    """Ranges get two hyphens, and what is no range stays."""
    assert with_dashes(pages) == wanted


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Journal of Machine Learning Research", "J. Mach. Learn. Res."),
        ("IEEE Transactions on Information Theory", "IEEE Trans. Inf. Theory"),
        ("Annals of Statistics", "Ann. Stat."),
        ("Physical Review E", "Phys. Rev. E"),
        ("IEEE Journal on Selected Areas in Communications", "IEEE J. Sel. Areas Commun."),
        ("ACM Transactions on Graphics", "ACM Trans. Graph."),
        ("Journal of Combinatorial Theory, Series B", "J. Comb. Theory Ser. B"),
        ("Journal of Physics A", "J. Phys. A"),
        ("Physical Review A: General Physics", "Physical Review A: General Physics"),
        ("Journal of Biology (London)", "Journal of Biology (London)"),
        ("Journal of Differential Equations", "J. Differ. Equ."),
        ("Journal of the American Statistical Association", "J. Am. Stat. Assoc."),
        (
            "IEEE Transactions on Parallel and Distributed Systems",
            "IEEE Trans. Parallel Distrib. Syst.",
        ),
        ("Transportation Science", "Transp. Sci."),
        ("Nature", "Nature"),
        ("Sea Letters", "Sea Letters"),
        ("J. Mach. Learn. Res.", "J. Mach. Learn. Res."),
    ],
)
def test_journals_are_cut_short_by_iso_4(name, short):
    """Known words are cut, single words and names with an unknown word stay in full."""
    assert abbreviated(name) == short


def test_one_venue_has_one_spelling():
    """The spelling that most entries have wins, full names over short ones, others stay."""
    names = ["The Annals of Salt", "Annals of Salt", "Annals of Salt", "Ann. Salt", "Sea Letters",
             "Annals of Sand", "Foam \\& Froth", "Foam and Froth", "Foam and Froth",
             "Foam 2020", "foam 2021"]  # fmt: skip
    assert unified(names) == {
        "The Annals of Salt": "Annals of Salt",
        "Ann. Salt": "Annals of Salt",
        "Foam \\& Froth": "Foam and Froth",
    }


def test_titles_say_the_same_afterwards(bib):
    """What a reader sees is what it was."""
    before = _titles(BIB)
    main(["tidy", "--write"])
    assert _titles(bib.read_bytes()) == before


def _titles(data):
    entries, _ = parse_bibtex(data.decode("latin-1"), shown_as="x.bib")
    return {entry.key: to_text(entry.fields.get("title", "")) for entry in entries}
