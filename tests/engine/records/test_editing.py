"""Single fields of an entry change, and every other byte of the file stays."""

import pytest

from portfolio.records.bibtex.editing import Change, UneditableError, edited

FILE = b"""\xef\xbb\xbf% caf\xe9\r
@string{sea = "Sea"}\r
@misc{a, title={A {B}}, year=2001}  \r
@article{b,\r
  title     = "B {C}",\r
  journal   = sea # { x},\r
}\r
@comment{@misc{c, title={C}}}
@book(d, title={D})
@misc{e,
 title={E}
}"""


@pytest.mark.parametrize(
    ("key", "change", "old", "new"),
    [
        ("a", Change("book"), b"@misc{a,", b"@book{a,"),
        ("a", Change(fields={"year": "2003"}), b"year=2001", b"year=2003"),
        ("a", Change(fields={"year": "in press"}), b"year=2001", b"year={in press}"),
        ("a", Change(fields={"doi": "10.1/x"}), b"2001}", b"2001, doi={10.1/x}}"),
        ("b", Change(fields={"title": "New"}), b'"B {C}"', b'"New"'),
        ("b", Change(fields={"title": 'A "b"'}), b'"B {C}"', b'{A "b"}'),
        ("b", Change(fields={"journal": "Salt"}), b"sea # { x}", b"{Salt}"),
        ("b", Change(fields={"doi": "10.1/x"}), b"{ x},", b"{ x},\r\n  doi       = {10.1/x},"),
        ("b", Change(dropped=frozenset({"journal"})), b"\r\n  journal   = sea # { x},", b""),
        ("e", Change(fields={"note": "N"}), b"title={E}", b"title={E},\n note={N}"),
    ],
)
def test_a_change_is_where_it_should_be(key, change, old, new):
    """Values keep their manner, new fields are laid out as their neighbours are."""
    assert FILE.count(old) == 1
    assert edited(FILE, {key: change}) == FILE.replace(old, new)


@pytest.mark.parametrize("key", ["d", "nobody"])
def test_an_entry_that_is_not_in_good_order_is_left_alone(key):
    """What is in parentheses or not there cannot be changed."""
    with pytest.raises(UneditableError, match="not there in good order"):
        edited(FILE, {key: Change("book")})


@pytest.mark.parametrize("value", ["{", "}", "a}, note={b"])
def test_a_value_that_breaks_the_entry_is_refused(value):
    """The file is read again before it is believed."""
    with pytest.raises(UneditableError):
        edited(FILE, {"a": Change(fields={"title": value})})
