"""Moving in whole: what is beside papers comes along, and every file is accounted for."""

import json

import pytest
import yaml
from pictures import PICTURE

from portfolio.moving.bodies import body, sound
from portfolio.moving.left import entries_in
from portfolio.moving.move_in import move_in
from portfolio.moving.names import safe, untaken
from portfolio.moving.samples import is_sample
from portfolio.moving.settled import home_with, settings_with
from portfolio.records.bibliography import load_bibliography
from portfolio.records.kinds.reader import load_items
from portfolio.records.news import load_news
from portfolio.records.posts import load_posts
from portfolio.refusal import Refusal

BIB = (
    "@article{doe2020waves, title = {Waves}, author = {Doe, Jane}, journal = {Sea}, year = 2020}\n"
)
AL_FOLIO = {
    "_bibliography/papers.bib": BIB,
    "_config.yml": "email: jane@doe.example\norcid_id: 0000-0002-1825-0097\n"
    "github_username: jdoe\n",
    "_pages/about.md": "---\nsubtitle: Professor of waves\nprofile: {image: me.jpg}\n---\n"
    "I study **waves** <b>and</b> {{ site.x }}tides.\n\nSee [my papers](/publications/).\n",
    "assets/img/me.jpg": PICTURE,
    "_news/one.md": "---\ndate: 2021-02-03\n---\nWaves are [out](https://sea.example). :tada:\n",
    "_news/announcement_1.md": "---\ndate: 2015-10-22\n---\nA simple inline announcement.\n",
    "_projects/foam.md": "---\ntitle: Foam\ndescription: All about foam.\nimg: assets/img/me.jpg\n"
    "category: Work\n---\nText.\n",
    "_posts/2020-05-06-why-waves.md": "---\ntitle: Why waves\ntags: sea\n---\n"
    '{% include figure.liquid path="assets/img/me.jpg" title="Me" %}\n\nBecause @doe says.\n',
    "_data/cv.yml": "- title: Education\n  type: time_table\n  contents:\n"
    "    - {title: PhD, institution: Sea University, year: 2015}\n",
    "_layouts/page.liquid": "x",
    "_pages/hobbies.md": "---\ntitle: Hobbies\n---\nSailing.\n",
}
ACADEMICPAGES = {
    "_publications/2020-01-02-waves.md": "---\ntitle: Waves\ndate: 2020-01-02\nvenue: Sea\n"
    "citation: 'Doe, J. (2020). Waves.'\n---\n",
    "_publications/sample.md": "---\ntitle: Paper Title Number 1\ndate: 2009-10-01\n---\n",
    "_talks/one.md": "---\ntitle: On waves\nvenue: SeaConf\nlocation: Yerevan\ndate: 2021-03-04\n"
    "type: Talk\n---\nA talk.\n",
    "_talks/sample.md": "---\ntitle: Talk 1 on Relevant Topic in Your Field\n---\nx\n",
    "_teaching/one.md": "---\ntitle: Tides\nvenue: Sea University\ndate: 2019-01-01\n---\n",
    "_config.yml": "author:\n  email: jane@doe.example\n  employer: Sea University\n"
    "  googlescholar: https://scholar.google.com/citations?user=abc\n",
}
HUGO = {
    "content/publication/waves/index.md": "---\ntitle: Waves\nauthors: [Ada B Curie, Stan C J van "
    "Boxel]\ndate: 2020-01-02\npublication_types: ['2']\npublication: Sea\n---\n",
    "content/authors/admin/_index.md": "---\ntitle: Jane Doe\nrole: Professor\norganizations:\n"
    "- {name: Sea University, url: 'https://sea.example'}\nsocial:\n"
    "- {icon: github, link: 'https://github.com/jdoe'}\n---\nI study waves.\n",
    "content/project/foam/index.md": "---\ntitle: Foam\nsummary: About foam.\n---\n",
    "content/event/talk/index.md": "---\ntitle: On waves\nevent: SeaConf\ndate: 2021-03-04\n---\n",
}


def made(folder, files):
    """Write the files of a source; return its folder."""
    for name, text in files.items():
        path = folder / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "old"


def items_of(home):
    """Return the titles of things by kind, as they are read from where they were moved to."""
    problems = []
    found = load_items(home, problems)
    assert problems == []
    return {kind: [item.title for item in items] for kind, items in found.items()}


@pytest.mark.parametrize(
    ("files", "items"),
    [
        (AL_FOLIO, {"projects": ["Foam"], "education": ["PhD"]}),
        (ACADEMICPAGES, {"talks": ["On waves"], "teaching": ["Tides"]}),
        (HUGO, {"talks": ["On waves"], "projects": ["Foam"]}),
    ],
    ids=["al-folio", "academicpages", "hugo"],
)
def test_what_is_beside_papers_comes_along(home, tmp_path, files, items):
    """Talks, teaching, projects and the CV become tables that are read without a word."""
    report = str(move_in(home, made(tmp_path, files)))
    assert items_of(home) == items
    assert [paper.title for paper in load_bibliography(home)] == ["Waves"]
    for kind, titles in items.items():
        assert f"  {kind}: {len(titles)}\n" in report


def test_news_and_posts_come_along(home, tmp_path):
    """A link in news becomes a noun and an address; a post is our Markdown, with its picture."""
    move_in(home, made(tmp_path, AL_FOLIO))
    (item,), problems = load_news(home)
    assert (item.text, item.noun, item.link) == ("Waves are out.", "out", "https://sea.example")
    (post,) = load_posts(home, problems)
    assert (post.title, str(post.day), post.tags) == ("Why waves", "2020-05-06", ("sea",))
    text = (home / post.path).read_text()
    assert text.endswith("---\n\n![Me](/posts/files/me.jpg)\n\nBecause \\@doe says.\n")
    assert (home / "posts/files/me.jpg").read_bytes() == PICTURE
    assert problems == []


def test_posts_and_pictures_of_one_name_all_come_along(home, tmp_path):
    """What had its name from a folder of its own, or from a day, has a number here."""
    posts = {
        f"_posts/{year}-05-06-hello.md": f"---\ntitle: '{year}'\n---\n" for year in (2020, 2021)
    }
    posts |= {"_posts/2022-01-01-index.md": "---\ntitle: '2022'\n---\n"}
    folders = {name: f"content/project/{name}" for name in "abc"}
    pages = {
        f"{folder}/index.md": f"---\ntitle: {name}\nimage: featured.jpg\n---\n"
        for name, folder in folders.items()
    }
    pictures = {f"{folder}/featured.jpg": name for name, folder in folders.items()}
    move_in(home, made(tmp_path, {"_bibliography/papers.bib": BIB, **posts, **pages, **pictures}))
    assert [post.title for post in load_posts(home, [])] == ["2022", "2021", "2020"]
    projects = load_items(home, [])["projects"]
    assert {item.title: (home / item.text("picture")).read_text() for item in projects} == {
        name: name for name in folders
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [("a b.jpg", "a-b.jpg"), ("写真.jpg", "file.jpg"), (".x.pdf", "x.pdf"), ("写真", "file")],
)
def test_no_file_that_comes_along_is_hidden(name, told):
    """A name keeps what the web takes of it, and its ending."""
    assert safe(name) == told
    assert untaken(told, {told.upper()}) != told


def test_every_file_of_the_old_site_is_accounted_for(home, tmp_path):
    """What did not come along is named, with the reason; samples are no content."""
    report = str(move_in(home, made(tmp_path, AL_FOLIO)))
    left = report.partition("every file of the old site:\n")[2].splitlines()
    assert left == [
        "  of 11 files 9 came along or were read, 1 did not:",
        "  _news/announcement_1.md: a sample of the template",
        "  1 file of the template's own: nothing needs to be done",
    ]


def test_what_tables_have_no_room_for_is_named(home, tmp_path):
    """Fields and texts that no table takes are told of, and drafts do not become public."""
    cv = "cv:\n  name: Jane Doe\n  sections:\n    hobbies: [{name: Chess}]\n    awards: [A, B]\n"
    cv += "    education: [{institution: Sea, area: P, degree: PhD}]\n"
    files = {
        "_projects/foam.md": "---\ntitle: Foam\nfunding: NSF\n---\nOne.\n\nTwo.\n",
        "_projects/plan.md": "---\ntitle: Plan\npublished: false\n---\nSecret.\n",
        "_data/cv.yml": cv,
    }
    report = str(move_in(home, made(tmp_path, {"_bibliography/papers.bib": BIB, **files})))
    told = report.partition("could not be used:\n")[2].partition("\nevery")[0].splitlines()
    assert [line.rpartition(": ")[0].strip() for line in told] == [
        "_data/cv.yml:1: awards: not everything in this section has a table here",
        "_data/cv.yml:1: hobbies: not everything in this section has a table here",
        "_projects/foam.md:1: funding: no field of projects is for it (NSF)",
        "_projects/plan.md:1: plan: it is a draft, and here it would be published",
    ]
    assert items_of(home) == {"projects": ["Foam"], "education": ["PhD in P"]}


def test_a_long_text_of_an_item_becomes_its_page(home, tmp_path):
    """What a table has no room for stands on a page, and the item leads there."""
    text = "---\ntitle: Foam\n---\nOne.\n\nTwo, [with a link](https://x.example).\n"
    move_in(home, made(tmp_path, {"_bibliography/papers.bib": BIB, "_projects/foam.md": text}))
    (item,) = load_items(home, [])["projects"]
    assert (item.text("summary"), item.text("link")) == ("One.", "/projects/foam.html")
    told = "---\ntitle: Foam\n---\n\nOne.\n\nTwo, [with a link](https://x.example).\n"
    assert (home / "projects" / "foam.qmd").read_text() == told


def test_samples_of_a_template_are_left_out(home, tmp_path):
    """A paper and a talk that came with the template are not published as one's own."""
    report = str(move_in(home, made(tmp_path, ACADEMICPAGES)))
    assert "_publications/sample.md:1: sample: it is a sample of the template" in report
    only = {name: text for name, text in ACADEMICPAGES.items() if "sample" in name}
    (tmp_path / "other").mkdir()
    with pytest.raises(Refusal, match="it holds a template's samples alone"):
        move_in(home, made(tmp_path / "other", only))


def test_who_the_owner_is_goes_into_the_settings(tmp_path, home):
    """Contact, identifiers and portrait are told where the settings say nothing yet."""
    (home / "_quarto.yml").write_text(
        'owner:\n  name: Jane Doe\n  role: "Replace this: your position"\n  links: []\n\nx: 1\n'
    )
    (home / "index.qmd").write_text("---\ntitle: A\n---\n\nReplace this: some words.\n")
    move_in(home, made(tmp_path, AL_FOLIO))
    owner = yaml.safe_load((home / "_quarto.yml").read_text())["owner"]
    assert owner == {
        "name": "Jane Doe",
        "role": "Professor of waves",
        "links": [],
        "email": "jane@doe.example",
        "orcid": "0000-0002-1825-0097",
        "github": "jdoe",
        "portrait": "images/files/me.jpg",
    }
    assert (
        "I study **waves** **and** tides.\n\nSee [my papers](/publications/index.html)."
        in (home / "index.qmd").read_text()
    )


def test_what_the_settings_say_stays(home):
    """Nothing that an owner has written is changed."""
    text = "owner:\n  name: Jane Doe\n  email: mine@doe.example\n"
    assert settings_with(text, {"email": "other@doe.example"}) == text
    assert settings_with("owner: {name: A}\n", {"email": "a@b.example"}) == "owner: {name: A}\n"
    assert home_with("My words.\n", "Others.") == "My words.\n"
    assert home.is_dir()


@pytest.mark.parametrize("margin", ["  ", "    "])
def test_settings_keep_their_indentation(margin):
    """What is new stands in line with the name, and says in YAML what it said."""
    lines = ("", "# who", "name: Jane Doe", "links:", "  - {text: A}")
    text = "\n".join(["owner:", *(margin + line for line in lines), "x: 1\n"])
    owner = {"email": "a@b.example", "role": "No", "phone": "+1 2"}
    told = yaml.safe_load(settings_with(text, owner))
    assert told == {"owner": {"name": "Jane Doe", "links": [{"text": "A"}]} | owner, "x": 1}


def test_a_name_of_a_list_is_one_person(home, tmp_path):
    """Initials without a full stop part no name."""
    move_in(home, made(tmp_path, HUGO))
    (paper,) = load_bibliography(home)
    assert [name.display for name in paper.authors] == ["Ada B Curie", "Stan C J van Boxel"]


def test_equal_entries_of_several_files_are_one_paper(home, tmp_path):
    """A folder of .bib files is read as a whole, and what stands twice comes once."""
    other = (
        "@article{roe2019foam, title = {Foam}, author = {Roe, R.}, journal = {S}, year = 2019}\n"
    )
    source = made(tmp_path, {"a.bib": BIB, "lists/b.bib": other + BIB})
    report = str(move_in(home, source))
    assert sorted(paper.title for paper in load_bibliography(home)) == ["Foam", "Waves"]
    assert "the same paper again: it is taken once" in report


def test_another_list_that_was_not_read_is_named(home, tmp_path):
    """Who has more papers elsewhere in the folder is told so."""
    more = BIB + BIB.replace("waves", "tides").replace("Waves", "Tides")
    report = str(move_in(home, made(tmp_path, AL_FOLIO | {"files/all.bib": more})))
    assert "files/all.bib holds 2 papers, which is more: import it too?" in report
    assert entries_in("@comment{a}\n@string{b = 1}\n@Article{c,\n @misc(d,\n") == 2


RESUME = {
    "basics": {"name": "Jane Doe", "email": "jane@doe.example"},
    "work": [{"name": "Sea University", "position": "Professor", "startDate": "2019-09-01"}],
    "education": [{"institution": "Land University", "area": "Physics", "studyType": "PhD",
                   "startDate": "2014", "endDate": "2018"}],
    "awards": [{"title": "Medal", "awarder": "Sea Academy", "date": "2020"}],
}  # fmt: skip
RENDERCV = """cv:
  name: Jane Doe
  sections:
    education:
      - {institution: Land University, area: Physics, degree: PhD, start_date: 2014, end_date: 2018}
    experience:
      - {company: Sea University, position: Professor, start_date: 2019-09, highlights: [Waves.]}
    honors:
      - {name: Medal, date: 2020}
"""


@pytest.mark.parametrize(
    ("name", "text"), [("resume.json", json.dumps(RESUME)), ("cv.yaml", RENDERCV)]
)
def test_a_cv_in_another_format_is_read(home, tmp_path, name, text):
    """JSON Resume and RenderCV's YAML become tables of the CV."""
    (tmp_path / name).write_text(text)
    move_in(home, tmp_path / name)
    items = load_items(home, [])
    assert {kind: [item.title for item in some] for kind, some in items.items()} == {
        "education": ["PhD in Physics"],
        "positions": ["Professor"],
        "awards": ["Medal"],
    }
    assert items["education"][0].when.parts == ("2014", "2018")
    assert items["positions"][0].text("institution") == "Sea University"
    assert items["positions"][0].when.goes_on


PAPER = {
    "title": "Waves",
    "authors": ["*Jane Doe*", "Rick Roe"],
    "date": "2020-05",
    "journal": "Sea",
}
SAID = {"name": "Waves", "publisher": "Sea", "releaseDate": "2020-05"}
LISTED = {
    "cv.yaml": {"cv": {"name": "J", "sections": {"publications": [PAPER]}}},
    "r.json": {"basics": {"name": "J"}, "publications": [SAID]},
}


@pytest.mark.parametrize(("name", "data"), LISTED.items(), ids=LISTED)
def test_publications_of_a_cv_are_papers(home, tmp_path, name, data):
    """What a CV lists as publications comes into the bibliography, under its venue and date."""
    (tmp_path / name).write_text(json.dumps(data))
    assert "publications" not in str(move_in(home, tmp_path / name))
    (paper,) = load_bibliography(home)
    assert (paper.title, paper.venue, paper.year) == ("Waves", "Sea", 2020)
    people = ["Jane Doe", "Rick Roe"] if name == "cv.yaml" else []
    assert [one.display for one in paper.authors] == people


def test_no_field_of_a_cv_in_another_format_is_lost(home, tmp_path):
    """What a table has no field for stands in the summary."""
    work = {"name": "Sea", "position": "Professor", "type": "part time", "summary": "Waves.",
            "location": {"city": "Yerevan", "countryCode": "AM"}}  # fmt: skip
    (tmp_path / "r.json").write_text(json.dumps({"basics": {"name": "J"}, "work": [work]}))
    move_in(home, tmp_path / "r.json")
    (item,) = load_items(home, [])["positions"]
    assert (item.text("summary"), item.text("place")) == ("type: part time; Waves.", "Yerevan, AM")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<p align="center"><img src="a.png" alt="A"></p>', "![A](/a.png)"),
        ("![B](https://x.example/b.png)", "[B](https://x.example/b.png)"),
        ("![C](lost.png)", "C"),
        ('<a href="https://x.example">Words</a><br>more', "[Words](https://x.example)\nmore"),
        ("{% highlight python %}\nx = '<b>'\n{% endhighlight %}", "```python\nx = '<b>'\n```"),
        ("a {% cite one %} {{ site.baseurl }}b <!-- c -->{:.lead}", "a (one) b"),
        ("<h2>Head</h2><ul><li>one</li><li>two</li></ul>", "## Head\n\n- one\n- two"),
        ("#### A\n\n###### B\n\n# C\n\n```\n# D\n```", "## A\n\n### B\n\n## C\n\n```\n# D\n```"),
        ("[gone](/old/page/) A&gt;G", "gone A>G"),
        ('a <iframe src="x/y" />b <video src="z">c', "a b c"),
        ("a <iframe src=x>y</iframe>b<form><p>c</p></form>d", "a bd"),
        ("<script>alert(1)</script>{{< meta x >}}ok", "ok"),
        ("{{< youtube x >}}", "[Video](https://www.youtube.com/watch?v=x)"),
        ('<iframe title="T" src="//x.example/t"></iframe>', "[T](https://x.example/t)"),
        ('<video src="a.png"></video>', "[Video](/a.png)"),
        ("::: {.x}\n[A](https://x.example){.btn}\n:::\n", "[A](https://x.example)"),
        ("```{r}\n#| echo: false\nx\n```", "```r\n#| echo: false\nx\n```"),
    ],
)
def test_no_markup_of_theirs_is_shown(text, told):
    """What another template's Markdown holds becomes ours, or goes."""
    assert body(text, lambda name: f"/{name}" if name == "a.png" else "") == told


def test_a_text_that_pandoc_minds_is_made_sound():
    """A stray footnote keeps no page from being rendered, and is not lost."""
    assert sound("Words.\n\n[^a]: unused\n") == "Words.\n\n- unused"
    used = ".[^a]\n\n[^a]: used\n"
    assert sound(f"A $\\frac{{$ b{used}") == f"A \\$\\frac{{\\$ b{used}"
    assert sound("As $x^2$ is.[^a]\n\n[^a]: used\n") == "As $x^2$ is.[^a]\n\n[^a]: used\n"


def test_samples_are_told_from_titles_of_papers():
    """A title that begins like a sample's is no sample."""
    assert is_sample("Paper Title Number 2")
    assert is_sample("Project 7")
    assert not is_sample("Project 1984")
    assert not is_sample("Project 1984: a history")
    assert not is_sample("An example of convergence")
