"""What of code counts, told from its source alone."""

import pytest

from portfolio.figures.meaning import joined, mentioned, read_cell, read_code


def digests(own, *modules):
    """Return a digest of each module, as a notebook with this code uses it."""
    codes = [read_code(module) for module in modules]
    names = mentioned([read_cell(own), *codes])
    return [code.digest(names) for code in codes]


def cell(text):
    """Return a digest of a cell."""
    code = joined([read_cell(text)])
    return code.digest(mentioned([code]))


SAME = {
    "a comment": ("x = 1", "x = 1  # one"),
    "blanks and brackets": ("f(1, 2)", "f(\n    1,\n    (2),\n)"),
    "quotes": ("x = 'a'", 'x = "a"'),
    "ways to write a number": ("x = 1000", "x = 1_000"),
    "a docstring": ("def f():\n    return 1", 'def f():\n    "Say it."\n    return 1'),
}
OTHER = {
    "a constant": ("x = 1", "x = 2"),
    "a number that looks alike": ("x = 1", "x = 1.0"),
    "true and one": ("x = 1", "x = True"),
    "minus nothing": ("x = 0.0", "x = -0.0"),
    "a name": ("f(a)", "f(b)"),
    "the value that is shown": ("x", "x;"),
    "a text that is shown": ("'a'", "'b'"),
    "a magic": ("%time x", "%time y"),
    "the order": ("a()\nb()", "b()\na()"),
    "a level of brackets": ("x = (1)", "x = (1,)"),
}


@pytest.mark.parametrize(("one", "two"), SAME.values(), ids=SAME)
def test_what_is_the_same_to_python(one, two):
    """How code is written does not count."""
    assert cell(one) == cell(two)


@pytest.mark.parametrize(("one", "two"), OTHER.values(), ids=OTHER)
def test_what_is_not_the_same_to_python(one, two):
    """What Python, or the notebook, takes otherwise counts."""
    assert cell(one) != cell(two)


USES = "def used():\n    return helper()\n\n\ndef helper():\n    return 1\n"
UNUSED = "\n\ndef unused():\n    return 1\n"

REACHES = {
    "nothing more": ("used()", False),
    "by its name": ("used(); unused", True),
    "as an attribute": ("used(); m.unused()", True),
    "by another name": ("from m import unused as u\nused(); u()", True),
    "in a text": ("used(); getattr(m, 'unused')()", True),
    "by a name that it makes": ("used(); getattr(m, 'un' + 'used')()", True),
    "among all": ("used(); vars(m)", True),
    "by evaluating": ("eval('used()')", True),
    "out of a pickle": ("import pickle\npickle.load(file)", True),
    "only in an import": ("from m import used, unused\nused()", False),
}


@pytest.mark.parametrize(("own", "counts"), REACHES.values(), ids=REACHES)
def test_a_definition_counts_if_code_can_reach_it(own, counts):
    """By any way there is to it; an import alone is none."""
    (one,) = digests(own, USES + UNUSED)
    (two,) = digests(own, USES + UNUSED.replace("1", "2"))
    assert (one != two) is counts


def test_what_is_reached_through_others_counts():
    """A change of what a used function calls, in another module too, is one of the figure's."""
    caller, callee = "def used():\n    return helper()\n", "def helper():\n    return 1\n"
    (_, one), (_, two) = (
        digests("used()", caller, text) for text in (callee, callee.replace("1", "2"))
    )
    assert one != two


DOES = {
    "a decorator that keeps it": "@register\ndef unused():\n    return 1\n",
    "a default that is computed": "def unused(x=count()):\n    return 1\n",
    "a class of a kind that notices": "class Unused(Base):\n    x = 1\n",
    "a class whose body does something": "class Unused:\n    x = count() + 1\n",
    "a condition": "if True:\n    def unused():\n        return 1\n",
    "what Python calls for missing names": "def __getattr__(name):\n    return 1\n",
}


@pytest.mark.parametrize("text", DOES.values(), ids=DOES)
def test_a_definition_that_does_something_counts(text):
    """As the module is imported it runs, whether anybody mentions it or not."""
    assert digests("used()", text) != digests("used()", text.replace("1", "2"))


@pytest.mark.parametrize(
    "text", ["@cache\ndef unused():\n    return 1\n", "class Unused:\n    x: int = 1\n"]
)
def test_a_definition_that_does_nothing_waits(text):
    """Known decorators and plain classes count once somebody mentions them."""
    assert digests("used()", text) == digests("used()", text.replace("1", "2"))
    own = "unused(); Unused"
    assert digests(own, text) != digests(own, text.replace("1", "2"))


def test_who_reads_docstrings_has_them_count():
    """Where code asks for sources or docstrings, all that is written counts."""
    one, two = 'def used():\n    "One."\n', 'def used():\n    "Two."\n'
    assert digests("used()", one) == digests("used()", two)
    assert digests("print(used.__doc__)", one) != digests("print(used.__doc__)", two)


@pytest.mark.parametrize("text", ["def broken(:", "x = " + "(" * 300 + ")" * 300, "\0"])
def test_what_is_no_python_counts_as_text(text):
    """Nothing stops at it."""
    assert cell(text) != cell(f"{text} y")
