"""Two at once, with saves in between: nobody's work is lost, and no site is gutted or stale."""

import json
import os
import random
import re
import signal
import time

import pytest
import victim

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are copied as on POSIX")
WAITED = re.compile(
    r"portfolio: waiting for `portfolio \w+` \(process \d+\), which is at work here"
)
ENTRY = "@misc{{{key}, title={{{key}}}, author={{Doe, Jane}}, year=2000}}\n"


@pytest.fixture
def root(tmp_path):
    """Return the folder of the small site."""
    return victim.make(tmp_path / "site")


def both(root, one, other, *, pause=0.0, between=lambda: None):
    """Run two verbs at once, the second after a pause, and do something meanwhile."""
    first = victim.portfolio(root, *one)
    time.sleep(pause)
    second = victim.portfolio(root, *other)
    between()
    return [process.communicate(timeout=120)[0] for process in (first, second)]


def is_sound(root, number):
    """Hold that one more `site` leaves every page with the last edit, and that it is honest."""
    said = victim.ran(root, "site")
    assert victim.shows(root) == {str(number)}, said
    assert "_site: 3 pages" in said
    assert "up to date" in victim.ran(root, "site")
    assert victim.scratch(root) == []


def sites_at_once(root, chance, number):
    """Run a pair with a save at a random moment; hold that all is well in the end."""
    victim.edit(root, 10 * number)

    def between():
        time.sleep(chance.uniform(0, 1.2))
        victim.edit(root, 10 * number + 1)
        if chance.random() < 0.5:  # and back, as by a version control
            time.sleep(chance.uniform(0, 0.5))
            victim.edit(root, 10 * number + 2)

    both(root, ("site",), ("site",), pause=chance.uniform(0, 0.6), between=between)
    last = (root / "index.qmd").read_text().partition("Edit ")[2].partition(".")[0]
    is_sound(root, last)


@pytest.mark.parametrize("number", [1])
def test_two_sites_at_once(root, number):
    """The second waits; a save in between is on the pages in the end."""
    sites_at_once(root, random.Random(number), number + 1)


@pytest.mark.stress
def test_a_hundred_pairs_of_sites(root):
    """None is gutted, none is stale."""
    chance = random.Random(7)
    for number in range(1, 101):
        sites_at_once(root, chance, number)


def works(root):
    """Return whether somebody is at work in the project, and says who."""
    try:
        return bool(json.loads((root / ".portfolio" / "holder.json").read_text()))
    except (OSError, ValueError):
        return False


def test_the_second_finds_the_work_done(root):
    """It says for whom it waits, and renders nothing again."""
    first = victim.portfolio(root, "site")
    while not works(root):
        assert first.poll() is None
    first.send_signal(signal.SIGSTOP)
    second = victim.portfolio(root, "site")
    try:
        assert WAITED.match(second.stdout.readline())
    finally:
        first.send_signal(signal.SIGCONT)
    assert "rendered by embedded" in first.communicate(timeout=120)[0]
    said = second.communicate(timeout=120)[0]
    assert "_site: 3 pages" in said
    assert "up to date" in said


def added(root):
    """Return the keys in the project's bibliography."""
    text = (root / "publications" / "publications.bib").read_text()
    return set(re.findall(r"@\w+\{(\w+),", text))


def adds_at_once(root, count):
    """Add papers at once, each from a file of its own."""
    keys = [f"k{number}" for number in range(count)]
    for key in keys:
        (root.parent / f"{key}.bib").write_text(ENTRY.format(key=key))
    processes = [victim.portfolio(root, "add", f"../{key}.bib") for key in keys]
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert added(root) == {"waves", *keys}, said
    assert victim.scratch(root) == []


def test_papers_added_at_once_are_all_there(root):
    """No entry replaces another."""
    adds_at_once(root, 3)


@pytest.mark.stress
def test_many_papers_added_at_once(root):
    """However many."""
    adds_at_once(root, 25)


PAIRS = {
    "import beside site": (("import", "../more.bib", "--force"), ("site",)),
    "figures beside site": (("figures",), ("site",)),
    "page beside site": (("page", "waves"), ("site",)),
    "add beside import": (("add", "../one.bib"), ("import", "../more.bib", "--force")),
}


@pytest.mark.stress
@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_other_pairs(root, one, other):
    """Each is as if the two had run one after the other."""
    chance = random.Random(3)
    more = "@article{waves, title={Title 0}, author={Byron, Ada}, journal={Sea}, year=1843}\n"
    (root.parent / "more.bib").write_text(more + ENTRY.format(key="more"))
    (root.parent / "one.bib").write_text(ENTRY.format(key="one"))
    for number in range(25):
        (root / "publications" / "waves.qmd").unlink(missing_ok=True)
        victim.edit(root, 0)
        said = both(root, one, other, pause=chance.uniform(0, 0.8))
        final = victim.ran(root, "site")
        assert "_site: " in final, (number, said)
        pages = {path.stem for path in (root / "_site" / "publications").glob("*.html")}
        assert pages == added(root) | {"index"}, (number, said)
        assert victim.scratch(root) == []


@pytest.mark.stress
def test_site_beside_a_preview(root, tmp_path):
    """Renders of the two take turns, and open pages show the last save."""
    log = tmp_path / "log"
    with log.open("w") as said, victim.portfolio(root, "preview", stdout=said) as preview:
        try:
            for number in range(1, 11):
                victim.edit(root, number)
                assert "_site: 3 pages" in victim.ran(root, "site")
                until = time.monotonic() + 120
                while victim.shows(root) != {str(number)} and time.monotonic() < until:
                    time.sleep(0.1)
                assert victim.shows(root) == {str(number)}, log.read_text()
                assert preview.poll() is None, log.read_text()
        finally:
            preview.kill()
    is_sound(root, 10)
