"""What was made of the texts met last is given again, and no more of it is held than is allowed."""

from portfolio.recent import recent


def counted(most):
    """Return a function that remembers ``most`` letters, and what it was really called with."""
    called = []

    @recent(most)
    def make(*texts):
        called.append(texts)
        return object()

    return make, called


def test_the_same_texts_are_made_into_something_once():
    """Whoever asks again gets the very same thing, of text and of bytes."""
    make, called = counted(100)
    assert make("sea", "wave") is make("sea", "wave")
    assert make(b"sea") is make(b"sea")
    assert called == [("sea", "wave"), (b"sea",)]


def test_what_was_met_longest_ago_is_forgotten_first():
    """Of three texts that do not fit together the two met last are remembered."""
    make, called = counted(10)
    for text in ("four", "five", "four", "seas", "four", "five"):
        make(text)
    assert called == [("four",), ("five",), ("seas",), ("five",)]


def test_what_is_larger_than_all_that_may_be_held_pushes_nothing_out():
    """It is made anew each time, and what else is remembered stays."""
    make, called = counted(10)
    for text in ("four", "a large text", "four", "a large text"):
        make(text)
    assert called == [("four",), ("a large text",), ("a large text",)]
