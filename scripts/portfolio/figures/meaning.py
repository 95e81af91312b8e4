"""Code by its meaning: what of it counts for a run, and a digest of that.

Comments, docstrings and formatting do not count, nor do definitions that nothing in the run
mentions. Both are read from the source alone, so that they are the same for every Python. What is
mentioned is found by bare names, which says too much and never too little; code that finds
definitions by other means (``getattr`` with a name that it makes, ``eval``, pickles) is held to
mention all of them, and code that reads sources or docstrings has them all count as text.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from hashlib import sha256

_TO_ALL = {
    "globals", "vars", "eval", "exec", "__dict__", "__import__", "getmembers", "attrgetter",
    "methodcaller", "pickle", "cloudpickle", "dill", "joblib", "allow_pickle",
}  # fmt: skip
"""With these, code reaches definitions that it does not mention."""

_TO_TEXT = {
    "__doc__", "getdoc", "getsource", "getsourcelines", "getcomments", "findsource", "linecache",
    "co_firstlineno", "f_lineno", "tb_lineno", "extract_stack",
}  # fmt: skip
"""With these, code sees what means nothing: comments, docstrings, lines."""

_HARMLESS = {
    "abstractmethod", "cache", "cached_property", "classmethod", "contextmanager", "dataclass",
    "final", "getter", "jit", "lru_cache", "overload", "override", "partial", "property", "setter",
    "staticmethod", "vmap", "wraps",
}  # fmt: skip
"""Decorators that do nothing else with what they decorate: they enter it nowhere."""

_PLAIN_BASES = frozenset({"object", "NamedTuple", "Protocol", "Exception", "ValueError"})
_NO_FIELDS = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_EVERY, _TEXT = "*", "#"  # mentions that no name can be
_WORD = re.compile(r"[^\W\d]\w*")

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Unit:
    """A definition that does nothing until it is mentioned; without a name, all other code."""

    name: str
    digest: str
    mentions: frozenset[str]


@dataclass(frozen=True)
class Code:
    """A module's code, or a notebook's: its units, what it imports, and the texts in it."""

    text: str = field(repr=False)
    units: tuple[Unit, ...]
    imports: frozenset[str] = frozenset()
    aliases: tuple[tuple[str, str], ...] = ()
    texts: frozenset[str] = frozenset()

    def digest(self, mentioned: AbstractSet[str]) -> str:
        """Return a digest of what counts of the code where these names are mentioned."""
        if _TEXT in mentioned:
            return _hash(self.text)
        return _hash(*(unit.digest for unit in self.units if _counts(unit, mentioned)))


def read_code(text: str, package: str = "") -> Code:
    """Return the code of a module; ``package`` is the one that its relative imports start from.

    What is no Python, such as a cell with a magic, counts as the text that it is.
    """
    try:
        tree = ast.parse(text)
        units = tuple(_units(tree.body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _unread(text)
    nodes = _walked(tree)
    imports = frozenset(_imports(nodes, package))
    aliases = tuple(sorted(set(_aliases(nodes))))
    strings = (node.value for node in nodes if isinstance(node, ast.Constant))
    texts = frozenset(each for each in strings if isinstance(each, str) and each)
    return Code(text, units, imports, aliases, texts)


def read_cell(text: str) -> Code:
    """Return the code of a notebook's cell, with what decides whether its last value is shown."""
    code = read_code(text)
    return replace(code, units=(*code.units, Unit("", _hash(_shown(text)), frozenset())))


def _shown(text: str) -> str:
    """Return the text that is a cell's last value, or the semicolon that keeps it from showing."""
    try:
        last = ast.parse(text).body[-1]
    except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError):
        return ""
    line = text.split("\n")[(last.end_lineno or 1) - 1].encode()
    hides = line[last.end_col_offset :].lstrip().startswith(b";")
    return ";" if hides else _canonical(last) if _is_text(last) else ""


def joined(codes: Iterable[Code]) -> Code:
    """Return the code of cells as that of one module, in which everything counts."""
    codes = list(codes)
    units = [unit for code in codes for unit in code.units]
    mentions = frozenset[str]().union(*(unit.mentions for unit in units))
    return Code(
        "\n".join(code.text for code in codes),
        (Unit("", _hash(*(unit.digest for unit in units)), mentions),),
        frozenset[str]().union(*(code.imports for code in codes)),
        tuple(alias for code in codes for alias in code.aliases),
        frozenset[str]().union(*(code.texts for code in codes)),
    )


def mentioned(codes: Iterable[Code]) -> frozenset[str]:
    """Return all names that code which counts mentions, beginning with what has no name."""
    codes = list(codes)
    aliases: dict[str, set[str]] = {}
    for name, meant in (alias for code in codes for alias in code.aliases):
        aliases.setdefault(name, set()).add(meant)
    waiting = [unit for code in codes for unit in code.units]
    names: set[str] = set()
    while found := [unit for unit in waiting if _counts(unit, names)]:
        waiting = [unit for unit in waiting if not _counts(unit, names)]
        new = {name for unit in found for name in unit.mentions} - names
        names |= new
        while new := {meant for name in new for meant in aliases.get(name, ())} - names:
            names |= new
    return frozenset(names)


def _counts(unit: Unit, names: AbstractSet[str]) -> bool:
    return not unit.name or unit.name in names or _EVERY in names


def _unread(text: str) -> Code:
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    names = frozenset(_WORD.findall(text))
    unit = Unit("", _hash(lines), names | _beyond(names))
    words = frozenset(re.split(r"[\s'\"`;|&<>()=,]+", text)) - {""}
    return Code(text, (unit,), texts=words)


def _units(body: list[ast.stmt]) -> Iterator[Unit]:
    """Yield the code that has no name first, then each definition."""
    apart = [
        node
        for node in body
        if isinstance(node, _Definition) and not node.name.startswith("__") and _is_inert(node)
    ]
    here = [node for node in _undocumented(body) if node not in apart]
    yield Unit("", _hash(*map(_canonical, here)), _mentions(here))
    for node in apart:
        yield Unit(node.name, _hash(_canonical(node)), _mentions([node]))


def _is_inert(node: _Definition) -> bool:
    """Return whether a definition, as long as nobody uses it, does nothing at all."""
    if not all(_last_name(each) in _HARMLESS for each in node.decorator_list):
        return False
    if isinstance(node, ast.ClassDef):  # what Python calls of its own accord is found by its class
        if node.keywords or not all(_last_name(base) in _PLAIN_BASES for base in node.bases):
            return False
        return all(
            _is_inert(each) if isinstance(each, _Definition) else not _does(each)
            for each in _undocumented(node.body)
        )
    arguments = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    hints = [each.annotation for each in _walked(node.args) if isinstance(each, ast.arg)]
    return not any(_does(each) for each in [*arguments, *filter(None, [*hints, node.returns])])


def _does(node: ast.AST) -> bool:
    """Return whether running the code may do more than look things up."""
    plain = (
        ast.AnnAssign, ast.Assign, ast.Attribute, ast.BinOp, ast.Constant, ast.Dict,
        ast.Expr, ast.List, ast.Name, ast.operator, ast.Pass, ast.Set,
        ast.Subscript, ast.Tuple, ast.unaryop, ast.UnaryOp,
    )  # fmt: skip
    return not all(isinstance(each, plain) for each in _walked(node))


def _last_name(node: ast.expr) -> str:
    """Return the name of a decorator or a base, without what it belongs to and is called with."""
    node = node.func if isinstance(node, ast.Call) else node
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _undocumented(body: list[ast.stmt]) -> list[ast.stmt]:
    return [node for node in body if not _is_text(node)]


def _is_text(node: ast.stmt) -> bool:
    """Return whether a statement is a text that nothing uses: a docstring, wherever it stands."""
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _canonical(node: object) -> str:
    """Write code as every Python writes it: without places, docstrings and what is empty."""
    if isinstance(node, ast.Constant):
        value = node.value
        return hex(value) if type(value) is int else ascii(value)
    if isinstance(node, ast.AST):
        parts = (
            f"{name}={_canonical(_undocumented(value) if name == 'body' else value)}"
            if isinstance(value, list)
            else f"{name}={_canonical(value)}"
            for name, value in ast.iter_fields(node)
            if name not in _NO_FIELDS and value not in (None, [])
        )
        return f"{type(node).__name__}({','.join(parts)})"
    if isinstance(node, list):
        return f"[{','.join(map(_canonical, node))}]"
    return ascii(node)


def _mentions(nodes: Iterable[ast.AST]) -> frozenset[str]:
    every = [each for node in nodes for each in _walked(node)]
    names = {name for each in every for name in _named(each)}
    told = [each for each in every if isinstance(each, ast.Call) and _takes_a_told_name(each)]
    asked = [each for each in every if isinstance(each, ast.Name) and each.id == "getattr"]
    made = {_EVERY} if len(asked) > len(told) else set()
    return frozenset(names | _beyond(names) | made)


def _takes_a_told_name(call: ast.Call) -> bool:
    """Return whether a call is one of `getattr` for a name that stands there."""
    name = call.args[1] if len(call.args) > 1 else None
    is_getattr = isinstance(call.func, ast.Name) and call.func.id == "getattr"
    return is_getattr and isinstance(name, ast.Constant)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from node.value.split(".") if len(node.value) < 200 else ()  # noqa: PLR2004
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for name in [getattr(node, "module", "") or "", *(each.name for each in node.names)]:
            yield from (part for part in name.split(".") if part in _TO_ALL | _TO_TEXT)


def _beyond(names: AbstractSet[str]) -> set[str]:
    every = {_EVERY} if names & _TO_ALL else set()
    return every | ({_TEXT} if names & _TO_TEXT else set())


def _walked(tree: ast.AST) -> list[ast.AST]:
    """Return all nodes but the contexts of names, in two thirds of the time of `ast.walk`."""
    found = [tree]
    for node in found:  # which grows meanwhile
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                found.append(value)
    return found


def _imports(nodes: Iterable[ast.AST], package: str) -> Iterator[str]:
    """Yield the dotted names of modules that the code may import, and of what it takes of them."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join(filter(None, [*(above if node.level else []), node.module or ""]))
            yield base
            yield from (f"{base}.{each.name}" for each in node.names)


def _aliases(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((each.asname, each.name) for each in node.names if each.asname)


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
