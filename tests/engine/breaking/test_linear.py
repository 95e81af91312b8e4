"""Text twice as long takes twice as long to read, whatever it repeats: never its square."""

import json
import time
from pathlib import Path

import pytest

from portfolio.moving.bodies import body
from portfolio.moving.scholar import as_pandoc
from portfolio.notebook import read_outputs
from portfolio.pages.harmless import harmless
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.dates import read_day
from portfolio.records.formats.csl import read_csl
from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.ris import read_ris
from portfolio.records.identifiers import arxiv_of, doi_in, web_address
from portfolio.records.latex.convert import to_text
from portfolio.records.people.names import read_names
from portfolio.refusal import Refusal
from portfolio.renderers.dialect import without_code
from portfolio.services.identify import identify

SIGNS = [*"{}$_\\ \n\"'1aé,@=-<`|[](^&%~#*.;", "{}", "{a}", "\\'e", "{\\'e}", '{\\"', "\\a{", "a="]
WORDS = ["A, B and ", "A B, ", "and ", "von ", "x, ", "{{É}} and ", "\\thanks{", "\\footnote["]
WORDS += [
    "$a$",
    "\\(",
    "\\[",
    "$ ",
    "\\ensuremath{",
    "\\url{",
    "\\href{}",
    "{\\it ",
    "$^{1}$",
    "† ",
]
WORDS += ["@misc{a,", "\n@misc{a,\n", "a={b},\n", "&amp;", "10.1/", "http://", "<a b=", "--"]
WORDS += ["<!--", "<script>", "</style>", "<style ", "\r", "` ``"]
WORDS += ["{% cite ", "{{", "{%", "<a href=x>", "<iframe>", "<d-cite key='", "[a](", "![", "{: "]
WORDS += ["<form>", "<h1>", "<video>", "{% highlight c %}", "{% include figure ", "{{< video "]


def look_up(text):
    """Identify ``text``, which names nothing."""
    try:
        identify(f"{text}!", folder=Path())
    except Refusal:
        return


def of_csl(text):
    """Read a record that says ``text`` everywhere, and write its names."""
    people = [{"family": text}]
    item = {"type": "book", "title": text, "page": text, "author": people, "DOI": text}
    return to_bibtex(read_csl(json.dumps(item))[0].authors)


READERS = {
    "a bibliography": lambda text: parse_bibtex(text, shown_as="a.bib"),
    "a value": lambda text: parse_bibtex(f"@misc{{a, title={{{text}}}}}", shown_as="a.bib"),
    "an open value": lambda text: parse_bibtex(f"@misc{{a, b={{{text}\n@misc{{b,", shown_as=""),
    "a quoted value": lambda text: parse_bibtex(f'@misc{{a, title="{text}"}}', shown_as="a.bib"),
    "fields": lambda text: parse_bibtex(f"@misc{{a, {text}}}\n", shown_as="a.bib"),
    "people": read_names,
    "people in a table": lambda text: read_names(text, commas=True),
    "people in braces": lambda text: read_names(f"{{{text}}}"),
    "a mark": lambda text: read_names(f"Doe, J.$^{{{text}}}x$"),
    "LaTeX": lambda text: to_text(f"{text}\\q"),
    "a formula": lambda text: to_text(f"$ {text}\\q"),
    "plain text": to_latex,
    "a date": read_day,
    "a DOI": lambda text: (doi_in(text), doi_in(f"10.1234/{text}")),
    "an address": lambda text: (web_address(text), arxiv_of({"arxiv": text, "note": text})),
    "a command": look_up,
    "RIS": lambda text: read_ris(f"TY  - BOOK\nTI  - {text}\nAU  - {text}\nDA  - {text}\nER  - "),
    "CSL-JSON": of_csl,
    "a page": without_code,
    "a cell's output": lambda text: read_outputs([{"output_type": "stream", "text": text}]),
    "a caption": harmless,
    "a page of another site": lambda text: body(text, str),
    "citations of another site": lambda text: as_pandoc(text, ()),
}  # fmt: skip


def seconds(read, text):
    """Return the least processor time of three that reading ``text`` takes."""
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        read(text)
        least = min(least, time.process_time() - started)
        if least < 0.01:
            break
    return least


def test_runs_of_backticks_of_every_length():
    """Code that is never closed is looked for once, however many runs of backticks may begin it."""
    text = " ".join("`" * length for length in range(1, 1600))
    assert seconds(without_code, text) < 1


@pytest.mark.parametrize("name", READERS)
def test_reading_takes_time_in_proportion(name):
    """Sixteen times the text takes far less than the 256 times that a square would."""
    for unit in (*SIGNS, *WORDS):
        long = unit * (4000 // len(unit))
        if seconds(READERS[name], long) > 0.02:
            short = seconds(READERS[name], long[: len(long) // 16])
            assert seconds(READERS[name], long) < 80 * short, unit
