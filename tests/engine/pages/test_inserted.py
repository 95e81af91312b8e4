"""A number in a text is the one that the notebook gave, wherever the text is shown."""

import pytest
from nbformat import v4, writes

from portfolio.pages import inserted
from portfolio.pages.check import problems
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.provenance import linked, provenance

SLUG = "doe2021foam"
CSV = "key,slug,selected,summary\n{slug},,true,{summary}\n"
KEPT = {"portfolio": {"values": {"drop": 0.125}, "table": "t,x\n0,1\n"}}
RUN = {"code": "0", "modules": {}, "packages": {}, "data": {}, "python": "3.11.7", "seconds": 1}


@pytest.fixture
def ran(project):
    """Return a project with a notebook that keeps a value, and texts that ask for it."""
    data = {"image/svg+xml": '<svg width="72pt" height="36pt" />'}
    source = "#| label: fig-foam\n#| values: drop\n#| table: t\n"
    source += '#| fig-cap: "It drops by {value doe2021foam.drop:.1%}."\n#| fig-alt: A drop.\n1'
    shown = [v4.new_output("display_data", data)]
    cell = v4.new_code_cell(source, id="a", outputs=shown, metadata=KEPT)
    notebook = v4.new_notebook(cells=[cell], metadata={"portfolio": RUN})
    (project / "notebooks" / f"{SLUG}.ipynb").write_text(writes(notebook))
    says(project, "Foam drops by {value doe2021foam.drop:.0%} & more.")
    return project


def says(project, summary):
    """Give the paper a summary."""
    text = CSV.format(slug=SLUG, summary=f'"{summary}"')
    (project / "publications" / "papers.csv").write_text(text)


def test_summaries_and_captions_say_the_value(ran):
    """As plain text, as HTML, and in what machines read."""
    here = load_portfolio(ran)
    assert here.papers[SLUG].summary == "Foam drops by 12% & more."
    assert here.papers[SLUG].summary_html == "Foam drops by 12% &amp; more."
    assert here.figures[SLUG].caption == "It drops by 12.5%."
    assert here.unknown_values == ()


def test_pages_say_the_value_and_leave_code_alone(ran):
    """In prose and in attributes; in code, formulas and scripts the mark stays as it is."""
    values = load_portfolio(ran).values
    mark = "{value doe2021foam.drop:.3f}"
    page = f'<title>{mark}</title><p title="x">{mark} <em>{mark}</em></p><img alt="{mark}">'
    assert inserted.in_page(values, page) == page.replace(mark, "0.125")
    for name in ("code", "pre", "script", "math"):
        page = f"<{name} class='x'>{mark}</{name}>"
        assert inserted.in_page(values, page) == page


def test_values_are_written_as_the_language_does(ran):
    """A German page has a comma in its numbers, and a blank before its per cent."""
    here = load_portfolio(ran).in_language("de")
    page = "<p>{value doe2021foam.drop:.3f}, {value doe2021foam.drop:.1%}</p>"
    assert inserted.in_page(here.values, page) == "<p>0,125, 12,5\N{NO-BREAK SPACE}%</p>"


def test_a_value_that_there_is_not_is_named_where_it_stands(ran):
    """In a page, a summary, and a caption: file, line, mark, what is wrong, what to do."""
    page = "---\ntitle: Foam\n---\n\n`{value a.b}`\n\n```\n{value a.b}\n```\n\nIt is\n"
    page += f"{{value {SLUG}.drip}}.\n"
    (ran / "publications" / f"{SLUG}.qmd").write_text(page)
    says(ran, "By {value doe2021foa.drop}.")
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    path.write_text(path.read_text().replace("drop:.1%", "drop:1z"))
    said = [str(each) for each in problems(ran) if "{value" in each.key]
    line = next(n for n, t in enumerate(path.read_text().split("\n"), 1) if "drop:1z" in t)
    no_form = "1z is no form for a number: write it as Python does, such as .2f, ,d or .0%"
    no_value = f"the notebook {SLUG} keeps no such value: did you mean drop?"
    nearest = f"there is no notebook doe2021foa: did you mean {SLUG}?"
    assert said == [
        f"notebooks/{SLUG}.ipynb:{line}: {{value {SLUG}.drop:1z}}: {no_form}",
        f"publications/{SLUG}.qmd:12: {{value {SLUG}.drip}}: {no_value}",
        f"publications/papers.csv:2: {{value doe2021foa.drop}}: {nearest}",
    ]


def test_readers_and_machines_find_the_numbers_of_a_figure(ran):
    """A link under the figure, and a result of the run beside the picture, lead to the CSV."""
    here = load_portfolio(ran)
    paper = here.papers[SLUG]
    address = f"/publications/figures/{SLUG}.csv"
    assert f'<a href="{address}" download>{SLUG}.csv</a>' in provenance(here, paper)
    (result,) = [linked(here, paper)["@reverse"]["result"]["result"]]
    assert result["contentUrl"] == f"https://doe.example/home{address}"
    assert here.figures[SLUG].table == "t,x\n0,1\n"
