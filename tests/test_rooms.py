"""The package's rooms keep their order, and a paper's files keep its name."""

import ast
from pathlib import Path

import pytest

from portfolio.records.bibliography import load_bibliography

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "portfolio"
MAY_IMPORT = {
    "records": {"records"},
    "figures": {"figures", "records.problems", "cell", "files"},
    "methods": {"methods"},
    "renderers": {"renderers", "cell", "files"},
    "moving": {"moving", "records", "files"},
    "pages": {"pages", "records", "figures", "files"},
}


def imports_of(path):
    """Return the modules of the package that the file imports, without the package's name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portfolio"):
            base = node.module.removeprefix("portfolio").strip(".")
            yield from (".".join(filter(None, (base, alias.name))) for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_down(room):
    """A room imports itself and the rooms below it, and nothing else of the package."""
    for path in (PACKAGE / room).rglob("*.py"):
        for name in imports_of(path):
            allowed = any(f"{name}.".startswith(f"{one}.") for one in MAY_IMPORT[room])
            assert allowed, f"{path.relative_to(PACKAGE)} imports {name}"


def test_a_papers_files_have_its_slug():
    """Each notebook and each method is some paper's, and each method has its tests."""
    slugs = {paper.slug for paper in load_bibliography(ROOT)}
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    methods = {path.stem for path in (PACKAGE / "methods").glob("[!_]*")}
    tests = {path.stem for path in (ROOT / "tests" / "methods").rglob("test_*.py")}
    assert notebooks <= slugs
    assert methods <= slugs
    for method in methods:
        assert any(test.startswith(f"test_{method}") for test in tests), f"{method} has no tests"
