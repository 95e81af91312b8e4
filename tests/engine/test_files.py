"""Files are written whole, and only when they change."""

import pytest

from portfolio.files import write


def test_content_that_is_the_same_is_not_written(tmp_path):
    """A file that already says it keeps its date."""
    path = tmp_path / "a" / "b.txt"
    assert write(path, "é")
    before = path.stat().st_mtime_ns
    assert not write(path, "é".encode())
    assert path.stat().st_mtime_ns == before
    assert write(path, "e")
    assert path.read_bytes() == b"e"


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    """Content that cannot be written changes no file and leaves no draft."""
    path = tmp_path / "a.txt"
    path.write_text("good")
    with pytest.raises(UnicodeEncodeError):
        write(path, "\udfff")
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.txt", "good")]
