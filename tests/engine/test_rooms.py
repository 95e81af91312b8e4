"""The package's rooms keep their order, and know nobody's content."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "portfolio"
SERVE_ALL = {path.stem for path in PACKAGE.glob("*.py")} - {
    "__main__",
    "journal",
    "lock",
    "shipped",
}
MAY_IMPORT = {
    "records": {"records"},
    "figures": {"figures", "records.problems"},
    "audit": {"audit", "records.problems"},
    "renderers": {"renderers", "lock"},
    "services": {"services", "records"},
    "moving": {"moving", "services", "records", "journal"},
    "syncing": {"syncing", "moving", "services", "records", "journal"},
    "pages": {"pages", "records", "figures", "shipped"},
    "starting": {
        "starting",
        "moving",
        "services",
        "pages",
        "records",
        "figures",
        "renderers",
        "audit",
        "journal",
        "lock",
        "shipped",
    },
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
            allowed = any(f"{name}.".startswith(f"{one}.") for one in MAY_IMPORT[room] | SERVE_ALL)
            assert allowed, f"{path.relative_to(PACKAGE)} imports {name}"


def test_no_two_files_of_tests_are_called_alike():
    """Pytest finds them by their names alone: of two such files it would run one."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
