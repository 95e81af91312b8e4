"""A small project of another researcher, to load, change and render parts of."""

import pytest

from portfolio.pages.portfolio import load_portfolio

SETTINGS = """owner:
  name: Jane Doe
  spellings: [J. Doe]
  role: Professor
  affiliation: {text: Sea Institute, href: "https://sea.example"}
  description: Waves and <tides>.
  site: https://doe.example/home
  repository: https://code.example/doe
  links:
    - {text: Code, href: "https://code.example"}
"""
BIB = """@article{doe2020waves,
  title = {Waves & <u>tides</u>}, author = {Roe, Rick and Doe, J.}, journal = {Sea Letters},
  volume = 3, number = 2, pages = {5--8}, year = 2020, doi = {10.1000/waves},
}
@inproceedings{doe2021foam, title = {Foam}, author = {Doe, Jane}, booktitle = {SeaConf},
  year = 2021, eprint = {2101.00001}, archivePrefix = {arXiv}}
"""
NEWS = "date,text,link\n2021-02-03,Foam is out & about.,doe2021foam\n2020-01-02,Moved.,\n"


@pytest.fixture
def project(tmp_path):
    """Return the folder of the project."""
    for folder in ("publications", "news", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    (tmp_path / "publications" / "publications.bib").write_text(BIB)
    (tmp_path / "news" / "news.csv").write_text(NEWS)
    return tmp_path


@pytest.fixture
def here(project):
    """Return the project's content."""
    return load_portfolio(project)
