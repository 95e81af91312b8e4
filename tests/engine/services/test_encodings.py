"""Answers are read in the encodings that texts come in, and in no other that a server names."""

import pytest

from portfolio.services.answer import Answer
from portfolio.services.atom import entries_in

FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{}</title></entry></feed>'


def answer(body, charset):
    """Return an answer of these bytes, under this label."""
    return Answer(200, "https://service.example", "application/atom+xml", charset, body)


@pytest.mark.parametrize(
    ("charset", "said"),
    [("koi8-r", "Волны"), ("windows-1251", "Волны"), ("ISO-8859-2", "Dvořák"), ("cp1250", "Dvořák"),
     ("shift_jis", "波"), ("euc-jp", "波"), ("gb18030", "波"), ("big5", "波"), ("utf-16le", "波")],
)  # fmt: skip
def test_a_label_tells_the_encoding(charset, said):
    """Whatever language the text is in."""
    assert answer(said.encode(charset), charset).text == said


@pytest.mark.parametrize("charset", ["punycode", "idna", "cp037", "utf-7", "unicode_escape", "x"])
def test_no_other_codec_is_used(charset):
    """One that takes as long as a server likes, or has characters mean others, is a wrong label."""
    assert answer(b"abc-\\u0041+AGE-", charset).text == r"abc-\u0041+AGE-"


@pytest.mark.parametrize("charset", ["", "cp037", "utf-16", "utf-7", "koi8-r"])
def test_a_feed_that_brings_entities_is_none(charset):
    """In whatever encoding it says so."""
    feed = '<!DOCTYPE feed [<!ENTITY e "forged">]>' + FEED.format("&e;")
    assert entries_in(answer(feed.encode(charset or "utf-8"), charset)) is None
    assert entries_in(answer(FEED.format("Waves").encode(), ""))
