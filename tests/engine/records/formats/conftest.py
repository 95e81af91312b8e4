"""Papers of people who never were, as bibliographies have them."""

import pytest

from portfolio.records.bibliography import load_bibliography

BIB = r"""@string{sl = {Sea Letters}}
@article{doe2020waves,
  title = {Waves \& <b>{T}ides</b> of $x^2$},
  author = {van der Roe, Jr., Rick and {Sea Institute} and Garc{\'i}a, Ana},
  journal = sl, volume = 3, number = 2, pages = {5--8}, year = 2020, month = may,
  doi = {10.1000/a_b%c}, keywords = {waves, tides},
}
@inproceedings{doe2021foam, title = {Foam </script>}, author = {Doe, Jane and others},
  editor = {Poe, Eve}, booktitle = {SeaConf}, series = {LNS}, year = 2021, eprint = {2101.00001},
  archivePrefix = {arXiv}, mood = {=1+1}}
@phdthesis{poe2019salt, title = {Salt}, author = {Poe, Eve}, school = {Sea College}, year = {2019}}
@misc{doe2018, title={Drift}, author={Doe, J.}, year={2018 (in print)}, eprint={1801.00002},
  archivePrefix={arXiv}}
@book{poe2017, title = {Shores}, editor = {Poe, Eve}, publisher = {Sea Press}, year = 2017}
"""
CSV = "key,slug,code,selected\ndoe2020waves,waves,https://code.example,true\n"


@pytest.fixture
def load(tmp_path):
    """Return a function that loads the bibliography of a project with these two files."""

    def loaded(bib, csv=""):
        folder = tmp_path / "publications"
        folder.mkdir(exist_ok=True)
        (folder / "publications.bib").write_text(bib, encoding="utf-8", newline="")
        (folder / "papers.csv").write_text(csv, encoding="utf-8", newline="")
        return load_bibliography(tmp_path)

    return loaded


@pytest.fixture
def papers(load):
    """Return the bibliography of a small project."""
    return load(BIB, CSV)
