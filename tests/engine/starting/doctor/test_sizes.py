"""Files and sites that a host refuses are named before they are pushed."""

import re

from portfolio.starting.doctor import sizes

MIB = 2**20


def fill(site, name, size):
    """Write a file of a size that takes no room on the disk."""
    with (site.root / name).open("wb") as file:
        file.truncate(size)


def test_a_file_that_github_refuses(site):
    """A file of more than 100 MiB cannot be pushed, committed or not."""
    fill(site, "data.bin", 101 * MIB)
    lines = site.problems()
    assert any(line.startswith("data.bin:1: size: 101 MiB: GitHub refuses") for line in lines)


def test_a_file_in_an_earlier_commit(site, monkeypatch):
    """Removing a large file does not take it out of the commits that are pushed."""
    monkeypatch.setattr(sizes, "REFUSED", 3 * MIB)
    monkeypatch.setattr(sizes, "WARNED", 2 * MIB)
    fill(site, "data.bin", 4 * MIB)
    site.commit()
    site.git("rm", "-q", "data.bin")
    assert site.only().startswith("data.bin:1: size: 4 MiB, in an earlier commit: GitHub refuses")


def test_what_was_pushed_already_is_no_matter(site, monkeypatch):
    """A commit that the remote has was not refused."""
    monkeypatch.setattr(sizes, "REFUSED", 3 * MIB)
    monkeypatch.setattr(sizes, "WARNED", 2 * MIB)
    fill(site, "data.bin", 4 * MIB)
    site.commit()
    site.git("rm", "-q", "data.bin")
    site.commit()
    site.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert site.problems() == []


def test_a_file_that_github_warns_of(site):
    """A file of more than 50 MiB is remarked on, and stands in nobody's way."""
    fill(site, "data.bin", 60 * MIB)
    assert any(remark.startswith("data.bin: 60 MiB: GitHub warns") for remark in site.remarks())
    assert not any("size" in line for line in site.problems())


def test_a_site_that_pages_refuses(site):
    """The rendered site has to be smaller than 1 GB."""
    (site.root / "_site").mkdir()
    fill(site, "_site/film.mp4", 1_200_000_000)
    assert site.only().startswith(
        "_site:1: size: the site has 1.20 GB, and GitHub Pages takes 1 GB"
    )


def test_files_that_lfs_keeps(site):
    """A workflow that does not fetch them would publish pointers."""
    site.write("figure.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    line = site.only()
    assert line.startswith("figure.png:1: lfs: Git LFS keeps it, and the workflow publishes a")
    workflow = ".github/workflows/publish.yml"
    checkout = re.search(
        r"uses: actions/checkout@.*", (site.root / workflow).read_text(encoding="utf-8")
    )[0]
    site.change(workflow, checkout, f"{checkout}\n        with:\n          lfs: true")
    site.commit()
    assert site.problems() == []


def test_files_that_lfs_fetched_here(site):
    """What .gitattributes gives to LFS is a pointer in the repository, whatever lies here."""
    site.write(".gitattributes", "*.png filter=lfs\n")
    site.write("figure.png", "a picture")
    site.commit()
    (line,) = site.problems()
    assert line.startswith("figure.png:1: lfs: ")
