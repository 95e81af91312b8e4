"""The two halves of the house: the engine knows nothing of this site; papers keep their names."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from portfolio.records.bibliography import load_bibliography

ROOT = Path(__file__).parents[2]
ENGINE = ("scripts/portfolio", "_extensions", "tests/engine", "tests/conftest.py")
CONTENT = {"methods"}


def files_of_the_engine():
    """Return the files of the engine that git tracks or would track."""
    command = ["git", "ls-files", "-coz", "--exclude-standard", "--", *ENGINE]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in filter(None, ran.stdout.split("\0")) if (ROOT / name).is_file()]


def words_of_the_owner():
    """Return what would tell whose site this is: names, addresses, papers, methods."""
    owner = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["owner"]
    papers = load_bibliography(ROOT)
    names = {owner["name"], *owner["spellings"], owner["affiliation"]["text"]}
    families = {word for name in names - {owner["affiliation"]["text"]} for word in name.split()}
    families |= {name.family for paper in papers for name in paper.authors if " " in name.family}
    titles = {paper.title for paper in papers} | {paper.key for paper in papers}
    addresses = {owner["site"], owner["repository"], *(link["href"] for link in owner["links"])}
    modules = {f"methods.{path.name}" for path in (ROOT / "scripts" / "methods").glob("[a-z]*")}
    words = names | families | titles | addresses | modules
    return {word for word in words if len(word) > 3}  # "H." is in many words


def test_no_string_of_the_engine_names_the_owner():
    """Names, addresses, papers and methods of this site stand in its content alone."""
    words = re.compile("|".join(map(re.escape, sorted(words_of_the_owner()))), re.IGNORECASE)
    files = files_of_the_engine()
    assert len(files) > 200
    for path in files:
        found = words.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{path.relative_to(ROOT)} names {found}"


def test_the_engine_imports_nothing_of_content():
    """Content imports the engine, never the other way round."""
    for path in files_of_the_engine():
        if path.suffix != ".py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in named} & CONTENT, path


def test_the_methods_import_nothing_of_the_engine():
    """What the papers compute can be read and used on its own."""
    for path in (ROOT / "scripts" / "methods").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) portfolio\b", text, re.MULTILINE), path


@pytest.mark.parametrize("of_paper", ["notebooks/*.ipynb", "scripts/methods/[a-z]*"])
def test_a_papers_files_have_its_slug(of_paper):
    """Each notebook and each method is some paper's."""
    slugs = {paper.slug for paper in load_bibliography(ROOT)}
    found = {path.stem for path in ROOT.glob(of_paper)} - {"requirements"}
    assert found
    assert found <= slugs


def test_each_method_has_tests():
    """A method is there to be believed."""
    tests = {path.stem for path in (ROOT / "tests" / "content" / "methods").glob("test_*.py")}
    for path in (ROOT / "scripts" / "methods").iterdir():
        if path.is_dir() and not path.name.startswith("_"):
            assert any(test.startswith(f"test_{path.name}") for test in tests), path.name
