"""Lists of papers that people wrote by hand, in HTML and in Markdown, are read as papers."""

import pytest
from pictures import PICTURE

from portfolio.moving.handwritten import html_of, papers_in, tree_of
from portfolio.moving.move_in import move_in
from portfolio.moving.people_lists import in_pairs, is_people, names_in
from portfolio.pages.check import problems
from portfolio.records.bibliography import load_bibliography
from portfolio.records.coauthors import load_people
from portfolio.refusal import Refusal

TITLE = "How long waves return"
FORMS = {
    "APA": "Byron, A., &amp; Doe, J. (2020). How long waves return. <i>Sea Letters</i>, 3(2), 1–9.",
    "IEEE": "[3] A. Byron and J. Doe, “How long waves return,” <i>Sea Letters</i>, 2020.",
    "quotes": '<b>A. Byron, J. Doe</b>, "How long waves return", Sea Letters, 2020',
    "a link": 'Ada Byron, Jane Doe. <a href="https://x.example">How long waves return</a>. '
    "<em>Sea Letters</em>, 2020.",
    "lines": "Byron, A., Doe, J. (2020)<br>How long waves return<br><em>Sea Letters</em>",
    "title first": "<b>How long waves return</b><br>Ada Byron, Jane Doe<br>Sea Letters, 2020",
    "title in italics": "Ada Byron, Jane Doe. <i>How long waves return</i>. Sea Letters, 2020.",
    "classes": '<span class="papertitle">How long waves return</span><br>'
    '<span class="authors">Ada Byron, Jane Doe</span> <span class="venue">Sea Letters</span> 2020',
    "a linked venue": "Byron A, Doe J<br><b>How long waves return</b><br>"
    "<a href='https://x.example'>Sea Letters</a>. 2020.",
    "a line between": "<b>How long waves return</b><br>Sea Letters, 2020<br>Ada Byron, Jane Doe",
}
AROUND = {
    "items": "<h2>Publications</h2><ul><li>{}</li></ul>",
    "rows": "<table><tr><td><h2>Papers</h2></td></tr>"
    "<tr><td><img src=a.png></td><td>{}</td></tr></table>",
    "paragraphs": "<h3>2020</h3><p>{}</p>",
    "entries": "<h1>Research</h1><div class='pub-item'>{}</div>",
    "unclosed": "<h2>Preprints</h2><ol><li>{}<li>",
}


def read(html, title=""):
    """Return the papers that a page lists."""
    return [one.paper for one in papers_in(tree_of(html), title=title)]


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_forms_in_which_papers_are_listed(form, around):
    """Title, people, year and venue are found, and nothing of it is a guess."""
    (paper,) = read(around.format(form))
    assert (paper.title, paper.year, paper.venue) == (TITLE, "2020", "Sea Letters")
    assert [name.rpartition(" ")[2].strip(".") for name in names_in(paper.authors)][-1] in "Doe J"
    assert "Byron" in paper.authors
    assert paper.is_sure


def test_a_heading_with_lines_below_it_is_a_paper():
    """A list of headings in Markdown gives a paper each, with all that stands up to the next."""
    text = "## Papers\n\n### Waves and tides\n\nAda Byron, Jane Doe\n\n*Sea Letters*, 2020\n\n"
    text += "[PDF](a.pdf) | [Code](https://github.com/a/b)\n\n"
    text += "### Foam in winter\n\nJane Doe\n\nSea, 2019\n"
    waves, foam = read(html_of(text))
    assert (waves.title, waves.authors, waves.venue) == (
        "Waves and tides",
        "Ada Byron, Jane Doe",
        "Sea Letters",
    )
    assert waves.links == (("PDF", "a.pdf"), ("Code", "https://github.com/a/b"))
    assert (foam.title, foam.authors, foam.year) == ("Foam in winter", "Jane Doe", "2019")


def test_a_heading_within_a_title_is_the_title():
    """What is called title may hold the authors too, and a menu's headings are about nothing."""
    html = "<div id=menu><h3>Publications</h3><h3>Contact</h3></div><article><div class=title><h2>"
    html += "Waves at sea</h2><p>Ada Byron, Jane Doe</p></div><p><i>Sea</i>, 2020</p></article>"
    (paper,) = read(html, "publications")
    assert (paper.title, paper.authors) == ("Waves at sea", "Ada Byron, Jane Doe")


def test_a_link_that_is_an_icon_is_a_link():
    """What leads somewhere without any words is kept by where it leads."""
    html = "<h2>Papers</h2><ul><li>Byron, A. (2020). Waves at sea. <i>Sea</i>."
    (paper,) = read(
        html + "<a href='https://arxiv.org/abs/2001.00001'><i class=ai></i></a></li></ul>"
    )
    assert paper.links == (("", "https://arxiv.org/abs/2001.00001"),)


def test_links_below_a_paragraph_belong_to_it():
    """Rows of links that follow a paper are its own, up to the next one."""
    html = "<h2>Papers</h2><p>Byron, A. (2020). Waves at sea. <i>Sea</i>.</p>"
    html += "<div><p><a href='https://x.example/a'>PDF</a></p></div>"
    html += "<p>Doe, J. (2019). Foam at sea. <i>Sea</i>.</p><p><a href='https://x.example/b'>PDF</a></p>"
    waves, foam = read(html)
    assert waves.links == (("PDF", "https://x.example/a"),)
    assert foam.links == (("PDF", "https://x.example/b"),)


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Talks</h2><ul><li>Byron, A. (2020). On waves at sea. <i>SeaConf</i>.</li></ul>",
        "<h2>News</h2><ul><li>2020: A paper, “Waves at sea”, by A. Byron is out.</li></ul>",
        "<nav><ul><li><a href=a>All of my publications</a></li></ul></nav>",
        "<h2>Publications</h2><p>A full list is at <a href=x>Google Scholar of mine</a>.</p>",
        "<p>I am a professor of waves at Sea University since 2020.</p>",
    ],
)
def test_what_is_no_paper_is_none(html):
    """Talks, news, menus and sentences are not taken for papers."""
    assert read(html) == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ada Byron, Jane Doe, and Rick Roe", True),
        ("Byron, A., van der Doe, J.-P., Roe, R. et al.", True),
        ("A. Byron* and J. Doe†", True),
        ("山田太郎, 李明", True),
        ("Portrait Shadow Manipulation During Political Debates", False),
        ("Journal of Sea and Land", False),
        ("Sea Letters, 2020", False),
    ],
)
def test_lists_of_people(text, people):
    """Names are told from titles and venues."""
    assert is_people(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Byron, A., van der Doe, J.-P.", "Byron, A. and van der Doe, J.-P."),
        (
            "Byron, A., Doe, J. et al. [including Roe, R.]",
            "Byron, A. and Doe, J. and Roe, R. and others",
        ),
        ("Henry O. & Byron, A.", "Henry O. and Byron, A."),
        ("Ada Byron, Jane Doe and A. Roe", "Ada Byron, Jane Doe and A. Roe"),
    ],
)
def test_family_names_and_initials_are_one_person(text, people):
    """A comma within a name is told from one between names."""
    assert in_pairs(text) == people


SITE = {
    "index.html": "<title>Ada Byron</title><nav><a href='publications.html'>Papers</a>"
    "<a href='hobbies.html'>Hobbies</a></nav><img src=img/me.png>"
    "<p>I study waves of many kinds.</p><h2>Selected papers"
    "</h2><ul><li>A. Byron, “Foam in cold winters”, Sea Letters, 2021</li>"
    "<li>A. Byron, “Ice on the water”, Sea Letters, 2022</li></ul>",
    "publications.html": "<h2>Publications</h2><table><tr><td><img src=img/w.png></td><td>"
    "<b>How long waves return</b><br>Ada Byron, <a href='https://doe.example'>Jane Doe</a><br>"
    "<em>Sea Letters</em>, 2020<br><a href='files/w.pdf'>pdf</a> <a href='w.bib'>bibtex</a>"
    " <a href='files/more.zip'>notes</a>"
    " <a href='https://arxiv.org/abs/2001.00001'>arXiv</a><p>Best paper award</p></td></tr></table>"
    "<ul><li>A. Byron, “Foam in cold winters”, Sea Letters, 2021</li>"
    "<li>A. Byron, “Ice on the water”, Sea Letters, 2022</li>"
    "<li>Byron, Storms that nobody has seen before, somewhere</li></ul>",
    "hobbies.html": "<title>Hobbies | Ada</title><div><script>x()</script><h1>Hobbies</h1><p>I sail"
    " in <b>all</b> weathers, mostly at <a href='publications.html'>sea</a>.</p><iframe"
    " src='https://www.youtube.com/embed/x'></iframe></div>",
    "w.bib": "@article{byron2020waves, title={How long waves return}, author={Byron, Ada and Doe,"
    " Jane}, journal={Sea Letters}, volume={3}, year={2020}}",
    "files/w.pdf": "%PDF",
    "img/w.png": "picture",
    "img/me.png": PICTURE,
    "files/more.zip": "zip",
}


@pytest.fixture
def moved(home, tmp_path):
    """Return a project into which the site was moved, and the report."""
    (home / "_quarto.yml").write_text(
        "owner:\n  name: Ada Byron\n  site: https://byron.example\n\n"
        "site-menu:\n  - {text: About, href: /index.qmd}\n\nproject: {type: portfolio}\n"
    )
    (home / "index.qmd").write_text("---\ntitle: A\n---\n\nReplace this: some words.\n")
    for name, text in SITE.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return home, str(move_in(home, tmp_path / "old"))


def test_a_site_written_by_hand_moves_in(moved):
    """Each paper comes once, with links, picture, entry and award; what stood first is selected."""
    home, report = moved
    papers = load_bibliography(home)
    assert [paper.title for paper in papers.papers if paper.selected] == [
        "Ice on the water",
        "Foam in cold winters",
    ]
    waves = papers["byron2020waves"]
    assert (waves.fields["volume"], waves.arxiv) == ("3", "2001.00001")
    assert (waves.fields["pdf"], waves.fields["preview"], waves.fields["award"]) == (
        "publications/files/w.pdf",
        "publications/previews/w.png",
        "Best paper award",
    )
    assert waves.fields["supp"] == "publications/files/more.zip"
    assert load_people(home, [])["jane doe"] == "https://doe.example"
    assert "w.bib holds" not in report


def test_a_guess_is_for_the_owner_to_confirm(moved):
    """What is unsure comes along, says how it was written, and is named until it is confirmed."""
    home, report = moved
    assert "it was guessed what is what in “Byron, Storms that nobody" in report
    (fault,) = [one for one in problems(home) if one.key == "confirm"]
    assert "not sure of this paper (Byron, Storms that nobody has seen before" in fault.what
    table = home / "publications" / "papers.csv"
    table.write_text(
        "\n".join(line for line in table.read_text().split("\n") if "Confirm" not in line)
    )
    assert not [one for one in problems(home) if one.key == "confirm"]


def test_other_pages_stay_pages_and_the_menu_leads_to_them(moved):
    """A page becomes Markdown without markup, a film on it a link, and the menu has its name."""
    home, _ = moved
    text = (home / "hobbies.qmd").read_text()
    assert text.startswith("---\ntitle: Hobbies\n---\n")
    assert "I sail in **all** weathers, mostly at [sea](/publications/index.html)." in text
    assert "[Video](https://www.youtube.com/embed/x)" in text
    assert "<" not in text
    menu = (home / "_quarto.yml").read_text().partition("site-menu:\n")[2]
    assert menu.split("\n")[1] == "  - {text: Hobbies, href: /hobbies.qmd}"


def test_the_first_page_introduces_the_owner(moved):
    """What stands on it but for papers is the words of the home page, and its picture theirs."""
    home, _ = moved
    assert "portrait: images/files/me.png" in (home / "_quarto.yml").read_text()
    assert (home / "index.qmd").read_text() == (
        "---\ntitle: A\n---\n\nI study waves of many kinds.\n"
    )


def test_a_page_by_itself_is_a_source(home, tmp_path):
    """A file in HTML or Markdown can be named alone."""
    (tmp_path / "cv.md").write_text(f"# Publications\n\n- A. Byron, “{TITLE}”, *Sea*, 2020\n")
    move_in(home, tmp_path / "cv.md")
    assert [paper.title for paper in load_bibliography(home)] == [TITLE]
    (tmp_path / "no.md").write_text("Nothing here.\n")
    with pytest.raises(Refusal, match="there are no papers in it"):
        move_in(home, tmp_path / "no.md", force=True)
