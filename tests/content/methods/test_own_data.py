"""What the pages say to do with one's own data is what can be done."""

import inspect
import re
import textwrap
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_digits

from methods import limit, mixhop, sample_info
from methods.mimic3 import __main__ as mimic3
from methods.mixhop.graphs import draw_features, draw_graph

CODE = re.compile(r"## On your own data\n.*?```(?:python|bash)\n(.*?)```", re.DOTALL)


def example(project: Path, slug: str) -> str:
    """Return the lines that a paper's page shows for one's own data."""
    found = CODE.search((project / "publications" / f"{slug}.qmd").read_text(encoding="utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("package", [limit, mixhop, sample_info], ids=lambda one: one.__name__)
def test_the_docstring_of_a_package_shows_the_same_lines(project, package):
    """Who has the code only is told what the page tells, blank lines and comments aside."""
    slug = package.__name__.rpartition(".")[2]
    shown = textwrap.dedent(inspect.cleandoc(package.__doc__).partition("::\n\n")[2])
    of_docstring, of_page = (
        [line.partition("  #")[0] for line in lines.splitlines() if line.strip()]
        for lines in (shown, example(project, slug))
    )
    assert of_docstring == of_page


@pytest.fixture(scope="module")
def digits():
    """Return a few digits, and whether they are odd."""
    X, y = load_digits(return_X_y=True)
    return X[:300] / 16, y[:300] % 2


def test_limit(project, digits):
    """The samples with flipped labels come first."""
    X, y = digits
    flipped = np.arange(len(y)) < 60
    told = {"X": X, "y": np.where(flipped, 1 - y, y)}
    exec(example(project, "limit"), told)  # noqa: S102  it is ours
    assert flipped[told["suspects"][:60]].mean() > 0.4  # by chance it is 0.2


@pytest.mark.parametrize("kind", [lambda X, y: (X, y), lambda X, y: (X, y.tolist())])
def test_sample_info(project, digits, kind):
    """There is a score for each sample, and a copy of another one is worth less."""
    X, y = digits
    X, y = kind(np.concatenate([X[:60], X[:1]]), np.append(y[:60], y[0]) * 2.0 - 1)
    told = {"X": X, "y": y, "X_new": digits[0][100:150]}
    exec(example(project, "sample_info"), told)  # noqa: S102  it is ours
    assert told["scores"].shape == (61,)
    assert told["scores"][0] == pytest.approx(told["scores"][60])
    assert told["scores"][0] < np.median(told["scores"])


def test_mixhop(project):
    """Nodes that were not looked at get their classes, mostly the right ones."""
    rng = np.random.default_rng(0)
    edges, y = draw_graph(rng, n_nodes=300, homophily=0.9)
    third = rng.permutation(300) % 3
    told = {"edges": edges, "X": draw_features(rng, y), "y": y}
    told |= {"train": third == 0, "watch": third == 1}
    exec(example(project, "mixhop"), told)  # noqa: S102  it is ours
    assert np.mean((told["classes"] == y)[third == 2]) > 0.6


@pytest.fixture(scope="module")
def fours():
    """Return 360 days of four groups of four columns; from the 180th on the groups are others."""
    rng = np.random.default_rng(0)
    causes = np.repeat(rng.standard_normal((360, 4)), 4, axis=1)
    causes[180:] = causes[180:].reshape(-1, 4, 4).transpose(0, 2, 1).reshape(-1, 16)
    days = pd.date_range("2024-01-01", periods=360)
    return pd.DataFrame(causes + rng.standard_normal((360, 16)), index=days)


@pytest.mark.filterwarnings("ignore:factors all but copy")  # of so few columns
def test_tcorex(project, fours):
    """The day on which groups change is named, and the last covariance is of the new ones."""
    told = {"table": fours}
    exec(example(project, "tcorex"), told)  # noqa: S102  it is ours
    assert told["changed"] == [fours.index[180]]
    assert told["now"][0, 4] > 2 * abs(told["now"][0, 1])


def test_linear_corex(project, fours):
    """As many factors as there are groups are chosen, and each four is a group."""
    told = {"table": fours[:180]}
    exec(example(project, "linear_corex"), told)  # noqa: S102  it is ours
    groups = told["groups"].reshape(4, 4)
    assert sorted(groups[:, 0]) == [0, 1, 2, 3]
    assert (groups == groups[:, :1]).all()
    assert told["covariance"].shape == (16, 16)


def test_minsyn(project, fours):
    """Each variable is told of by the factor of its group, and hardly by factors together."""
    told = {"table": fours[:180]}
    exec(example(project, "minsyn"), told)  # noqa: S102  it is ours
    assert told["factors"].shape == (180, 4)
    assert (told["only_together"] < 0.1 * told["told"]).all()


def test_mimic3(project, tmp_path, capsys):
    """The command is understood; what it lacks is named."""
    words = example(project, "mimic3").split()
    assert words[:3] == ["python", "-m", "methods.mimic3"]
    told = [str(tmp_path / word) if "-" not in word[:2] else word for word in words[3:]]
    assert mimic3.main(told) == 1
    assert "parts/testset.csv: is missing" in capsys.readouterr().err.replace("\\", "/")
