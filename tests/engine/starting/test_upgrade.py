"""An upgrade moves the pin and the engine's own files, and nothing that is the owner's."""

import re
from dataclasses import dataclass

import pytest
from checkout import render

from portfolio import journal
from portfolio.audit import RenderedSite, static_problems
from portfolio.refusal import Refusal
from portfolio.starting import new, owned, pin, starter, upgrade

MAKEFILE, WORKFLOW = "Makefile", ".github/workflows/publish.yml"
SHEET, PAGE = "_extensions/portfolio/site.css", "_extensions/portfolio/page.html"


@dataclass(frozen=True)
class Release:
    """A version of the engine to come: what it writes into sites, and what it says of itself."""

    version: str
    changes: dict[str, bytes | None]

    def install(self, monkeypatch, tmp_path):
        """Make it the engine that is running."""
        files = dict(starter_files())
        for path, data in self.changes.items():
            files.pop(path, None)
            if data is not None:
                files[path] = data
        news = tmp_path / f"NEWS-{self.version}.md"
        sections = "".join(f"## {n}\n\n- Brings {n}.\n\n" for n in reversed(up_to(self.version)))
        news.write_text(sections, encoding="utf-8")
        monkeypatch.setattr(starter, "of_the_engine", lambda: files)
        monkeypatch.setattr(upgrade, "version", lambda: self.version)
        monkeypatch.setattr(upgrade, "NEWS", news)
        here = pin.Pin(f"quarto-portfolio[audit]=={self.version}")
        monkeypatch.setattr(pin, "of_this_engine", lambda: here)


ORIGINAL = starter.of_the_engine


def starter_files():
    """Return what the engine as it is writes."""
    return ORIGINAL()


def up_to(version):
    """Return the versions of the releases up to one."""
    versions = [release.version for release in RELEASES]
    return versions[: versions.index(version) + 1]


def more(path, line):
    """Return one of the engine's files with a line more."""
    return starter_files()[path] + f"{line}\n".encode()


RELEASES = [
    Release("1.1.0", {SHEET: more(SHEET, "/* 1.1 */")}),
    Release("1.2.0", {SHEET: more(SHEET, "/* 1.2 */"), WORKFLOW: more(WORKFLOW, "# 1.2")}),
    Release("1.3.0", {MAKEFILE: more(MAKEFILE, "# 1.3"), ".github/new.yml": b"on: push\n"}),
    Release("2.0.0", {"netlify.toml": None, PAGE: more(PAGE, "<!-- 2.0 -->")}),
    Release("2.1.0", {SHEET: more(SHEET, "/* 2.1 */"), "requirements.lock": b"pandas==9\n"}),
]


def append(path, text):
    """Return an edit that adds text at the end of a file, or makes it."""

    def edit(root):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def remove(path):
    """Return an edit that removes a file."""
    return lambda root: (root / path).unlink()


def with_a_page_of_courses(root):
    """Write a page in a folder of its own, and link it from the home page."""
    append("teaching/index.qmd", "---\ntitle: Teaching\n---\n\nCourses.\n")(root)
    append("index.qmd", "\n[Teaching](teaching/index.qmd)\n")(root)


def with_windows_lines(root):
    """Save the engine's files as an editor on Windows does."""
    for path in (MAKEFILE, WORKFLOW, SHEET):
        data = (root / path).read_bytes()
        (root / path).write_bytes(data.replace(b"\n", b"\r\n"))


EDITS = {
    "words": append("index.qmd", "I study waves.\n"),
    "own style sheet": append("own.css", "body { color: navy }\n"),
    "own workflow": append(".github/workflows/mine.yml", "on: push\n"),
    "changed workflow": append(WORKFLOW, "# mine\n"),
    "changed template": append(PAGE, "<!-- mine -->\n"),
    "more pages": with_a_page_of_courses,
    "no Netlify": remove("netlify.toml"),
    "own packages": append("requirements.txt", "scipy>=1\n"),
    "a file that a later engine brings": append(".github/new.yml", "on: pull_request\n"),
    "Windows": with_windows_lines,
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a new site, made by the engine 1.0.0."""
    monkeypatch.setattr(new, "version", lambda: "1.0.0")
    root = tmp_path / "site"
    engine = "quarto-portfolio[audit]==1.0.0"
    new.new(root, starter.Blanks("Ada Byron", "https://ada.example", engine))
    return root


def everything(root):
    """Return the bytes of each file of a site."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def is_the_owners(before, path):
    """Whether a file is none that the engine wrote as it now stands."""
    known = before.digests.get(path)
    return path not in {owned.FILE, pin.FILE} and known is None


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_five_releases_change_only_what_is_the_engines(site, monkeypatch, tmp_path, edit):
    """Whatever an owner edits stays byte for byte, and all else is the newest engine's."""
    edit(site)
    record, start = owned.load(site), everything(site)
    changed = {
        path
        for path, data in start.items()
        if path in record.digests and owned.digest(data) not in record.digests[path]
    }
    mine = {path for path in start if is_the_owners(record, path)} | changed
    removed = set(record.digests) - set(start)
    for release in RELEASES:
        release.install(monkeypatch, tmp_path)
        upgrade.plan(site).carry_out()
        assert upgrade.plan(site).is_nothing
    end = everything(site)
    assert {path: end.get(path) for path in mine} == {path: start[path] for path in mine}
    assert not removed & set(end)
    wanted = starter.of_the_engine()
    for path in wanted.keys() - mine - removed:
        assert owned.digest(end[path]) == owned.digest(wanted[path]), path
    assert set(end) <= set(start) | set(wanted)
    assert b"quarto-portfolio[audit]==2.1.0\n" in end[pin.FILE]
    assert end[pin.FILE].replace(b"2.1.0", b"1.0.0") == start[pin.FILE]


def test_what_the_owner_changed_is_shown(site, monkeypatch, tmp_path):
    """The owner's file and the engine's new one stand side by side, once, as `diff` has it."""
    EDITS["changed workflow"](site)
    RELEASES[1].install(monkeypatch, tmp_path)
    said = "\n".join(upgrade.plan(site).lines())
    assert f"{WORKFLOW}: left alone: changed by the owner\n  --- yours/{WORKFLOW}" in said
    assert "\n  -# mine\n  +# 1.2" in said
    assert f"{SHEET}: written anew" in said
    upgrade.plan(site).carry_out()
    assert list(upgrade.plan(site).lines()) == [f"{WORKFLOW}: left alone: changed by the owner"]


def test_what_is_new_is_told(site, monkeypatch, tmp_path):
    """Every version between the old engine and the new one has its say, the newest first."""
    RELEASES[2].install(monkeypatch, tmp_path)
    plan = upgrade.plan(site)
    told = upgrade.news(plan.before.engine)
    assert re.findall(r"Brings (\S+)\.", told) == ["1.3.0", "1.2.0", "1.1.0"]
    assert re.findall(r"Brings (\S+)\.", upgrade.news("1.2.0")) == ["1.3.0"]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", range(5))
def test_a_killed_upgrade_is_undone_and_can_be_run_again(site, monkeypatch, tmp_path, moment):
    """The next run finds the site as it was, after any number of files, and upgrades it."""
    EDITS["words"](site)
    start = everything(site)
    for release in RELEASES[:3]:
        release.install(monkeypatch, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "move", dying_after(moment, journal.move))
        patch.setattr(journal, "undo", lambda _: [])
        try:
            upgrade.plan(site).carry_out()
        except Killed:
            assert moment < 4
    if moment < 4:
        list(journal.recover(site))
        assert everything(site) == start
    RELEASES[4].install(monkeypatch, tmp_path)
    upgrade.plan(site).carry_out()
    end, wanted = everything(site), starter.of_the_engine()
    assert all(end[path] == data for path, data in wanted.items())
    assert end["index.qmd"] == start["index.qmd"]
    assert upgrade.plan(site).is_nothing


COUNT = []


def dying_after(moment, move):
    """Return ``move``, in which the process ends once so many files are in place."""
    COUNT.clear()

    def dying(source, path):
        if len(COUNT) == moment:
            raise Killed
        COUNT.append(path)
        move(source, path)

    return dying


def test_an_older_engine_leaves_a_newer_site_alone(site, monkeypatch, tmp_path):
    """A step back would undo what the newer engine wrote; it is refused in one line."""
    RELEASES[3].install(monkeypatch, tmp_path)
    upgrade.plan(site).carry_out()
    RELEASES[0].install(monkeypatch, tmp_path)
    with pytest.raises(Refusal, match=r"engine 2\.0\.0 wrote its files, and this is 1\.1\.0"):
        upgrade.plan(site)


def test_a_folder_without_a_pin_is_no_site_to_upgrade(tmp_path):
    """It says what is missing."""
    with pytest.raises(Refusal, match=r"requirements\.txt: it names no engine"):
        upgrade.plan(tmp_path)


OF_THE_ENGINES = {"changed workflow", "changed template", "no Netlify", "Windows"}
"""Edits of files that the engine wrote; the others leave those alone."""


@pytest.mark.long
@pytest.mark.parametrize(
    "names", [OF_THE_ENGINES, EDITS.keys() - OF_THE_ENGINES], ids=["the engine's", "own"]
)
def test_an_upgraded_site_passes_its_contract(site, monkeypatch, tmp_path, names):
    """After five releases a site with all these edits renders, and the audit finds nothing."""
    for name in sorted(names):
        EDITS[name](site)
    for release in RELEASES:
        release.install(monkeypatch, tmp_path)
        upgrade.plan(site).carry_out()
    render(site, "embedded")
    assert static_problems(RenderedSite(site / "_site", "https://ada.example")) == []
