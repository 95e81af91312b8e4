"""The seeds that a notebook's own code states, as it states them."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.cell import split_options

_CALLS = {"default_rng", "key", "manual_seed", "PRNGKey", "RandomState", "seed", "SeedSequence"}
_ARGUMENTS = {"random_state", "seed", "rng"}
_NAME = re.compile(r"(?:\w+_)?seeds?", re.IGNORECASE)


def seeds_in(notebook: Mapping[str, Any]) -> Iterator[str]:
    """Yield each seed once, in the order of the cells: ``SEEDS = range(5)``, ``default_rng(0)``."""
    found = (
        ast.unparse(node)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for tree in _trees(split_options(cell["source"])[1])
        for each in ast.walk(tree)
        for node in _one_by_one(each)
        if _states_a_seed(node)
    )
    yield from dict.fromkeys(found)


def _trees(code: str) -> Iterator[ast.AST]:
    try:
        yield ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a cell with a magic
        return


def _one_by_one(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node, or the assignments that ``CLASSES, SEEDS = 10, range(3)`` stands for."""
    names = node.targets[0] if isinstance(node, ast.Assign) else None
    if isinstance(node, ast.Assign) and isinstance(names, ast.Tuple):
        if isinstance(node.value, ast.Tuple) and len(names.elts) == len(node.value.elts):
            for name, value in zip(names.elts, node.value.elts, strict=True):
                yield ast.Assign([name], value, lineno=node.lineno)
    else:
        yield node


def _states_a_seed(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in _ARGUMENTS and _is_told(node.value)
    if isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        return any(map(_NAME.fullmatch, names)) and _is_told(node.value)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        return name in _CALLS and len(node.args) == 1 and _is_told(node.args[0])
    return False


def _is_told(value: ast.expr) -> bool:
    """Return whether a value stands there in numbers, such as ``0``, ``range(5)`` or ``(1, 2)``."""
    if isinstance(value, ast.Call):
        is_range = isinstance(value.func, ast.Name) and value.func.id == "range"
        return is_range and all(map(_is_told, value.args))
    if isinstance(value, ast.Tuple | ast.List):
        return bool(value.elts) and all(map(_is_told, value.elts))
    return isinstance(value, ast.Constant) and type(value.value) is int
