"""What `portfolio preview` tells Quarto of, and when Quarto has to start afresh."""

import os

from portfolio.renderers.quarto_preview import _is_source, outdated


def test_what_cells_write_is_no_source(tmp_path):
    """Files beside a page and notebooks on the way to a page would start renders without end."""
    assert _is_source(tmp_path / "publications" / "refs.bib")
    assert not _is_source(tmp_path / "papers_files" / "figure-html" / "papers" / "waves.bib")
    assert not _is_source(tmp_path / "papers.quarto_ipynb")


def test_lists_of_posts_read_posts(tmp_path):
    """Of pages, which Quarto watches itself, those are passed on that other pages read."""
    assert _is_source(tmp_path / "posts" / "2024" / "ink.qmd")
    assert not _is_source(tmp_path / "posts" / "index.qmd")
    assert not _is_source(tmp_path / "about.qmd")


def test_an_edit_between_two_previews_is_seen(tmp_path):
    """Quarto would show what cells gave before it; where it kept nothing, it runs them anyway."""
    bib = tmp_path / "publications" / "publications.bib"
    bib.parent.mkdir()
    bib.touch()
    assert not outdated(tmp_path)
    kept = tmp_path / ".quarto" / "_freeze" / "index" / "execute-results" / "html.json"
    kept.parent.mkdir(parents=True)
    kept.touch()
    os.utime(kept, (1000, 1000))
    assert outdated(tmp_path)
    os.utime(bib, (900, 900))
    assert not outdated(tmp_path)
    talks = tmp_path / "talks" / "talks.yml"
    talks.parent.mkdir()
    talks.touch()
    assert outdated(tmp_path)
