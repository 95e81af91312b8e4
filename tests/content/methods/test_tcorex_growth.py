"""Fits of very many variables begin with some of them, and end where those of all do."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from methods.tcorex import TCorex, estimator, growth
from methods.tcorex.objective import make_block
from methods.tcorex.synthetic import draw_samples, draw_sudden_change
from methods.tcorex.windows import make_windows


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def change():
    """Return samples and unseen ones of eight periods, 1,200 variables and four groups."""
    rng = np.random.default_rng(3)
    truth = draw_sudden_change(rng, n_periods=8, n_variables=1_200, n_groups=4)
    return tuple(draw_samples(rng, truth, n, np.float32) for n in (12, 30))


@pytest.fixture(scope="module")
def whole(change):
    """Return a model of all variables at once, as they are fewer than are worth drawing."""
    lines = []
    model = TCorex(4, tell=lines.append).fit(change[0])
    assert lines[0] == "linear CorEx of all periods at once"
    return model


@pytest.fixture
def _few_are_enough(monkeypatch):
    """Let a few variables be drawn, as of many."""
    monkeypatch.setattr(growth, "_LEAST", 0)
    monkeypatch.setattr(growth, "_DRAWN", 60)


@pytest.mark.usefixtures("_few_are_enough")
def test_a_few_variables_lead_where_all_do(change, whole):
    """Unseen samples are as likely as under the model of all variables at once."""
    lines = []
    grown = TCorex(4, tell=lines.append).fit(change[0])
    assert lines[0] == "linear CorEx of all periods and 240 variables at once"
    assert lines[8] == "all 1,200 variables"
    assert grown.score(change[1]) > whole.score(change[1]) - 0.002 * 1_200
    assert grown.change_points_.tolist() == whole.change_points_.tolist() == [3]
    assert np.mean(grown.weights_[1:] == grown.weights_[:-1]) > 0.1
    assert grown.weights_.dtype == np.float32
    assert grown.n_iter_ > 8


@pytest.mark.usefixtures("_few_are_enough")
@pytest.mark.parametrize("line", ["noise 0.22", "all 1,200"])
def test_an_interruption_leaves_a_model_of_all(change, line):
    """Ctrl-C before or after all variables have weights leaves a model of all of them."""

    def stop(told):
        if told.startswith(line):
            raise KeyboardInterrupt

    with pytest.warns(RuntimeWarning, match="interrupted") as told:
        model = TCorex(4, tell=stop).fit(change[0])
    assert told[0].filename == __file__
    assert model.interrupted_
    assert (np.abs(model.weights_).max(axis=(0, 1)) > 0).all()


def test_those_drawn_are_in_order_and_of_all_blocks(monkeypatch):
    """Blocks of unequal width give their columns, each once, in the order of the variables."""
    monkeypatch.setattr(growth, "_LEAST", 6)
    monkeypatch.setattr(growth, "_DRAWN", 1)
    windows = make_windows([3, 3], gamma=0.5)
    x = np.arange(30.0) + np.arange(6.0)[:, None] / 10
    blocks = [
        make_block(x[:, a:b], np.zeros((2, 2, b - a)), windows)
        for a, b in ((0, 4), (4, 8), (8, 25), (25, 30))
    ]
    drawn = growth.draw(blocks, windows, np.random.default_rng(0))
    assert [block.x.shape for block in drawn] == [(6, 4), (6, 2)]
    found = np.hstack([block.x for block in drawn])
    columns = found[0].astype(int)
    assert len(set(columns)) == 6
    assert (np.diff(columns) > 0).all()
    np.testing.assert_array_equal(found, x[:, columns])


def test_so_few_variables_are_fitted_at_once(monkeypatch):
    """Where drawing is not worth its while, the blocks are those given."""
    monkeypatch.setattr(growth, "_LEAST", 8)
    windows = make_windows([3, 3], gamma=0.5)
    blocks = [make_block(np.eye(6), np.zeros((2, 2, 6)), windows)]
    assert growth.draw(blocks, windows, np.random.default_rng(0)) is blocks


@pytest.mark.parametrize(
    ("n_factors", "count"),
    [(1, 8), (2, 8), (3, 12), (5, 20), (6, 20), (10, 20), (12, 24)],
    ids=["least", "least-too", "each", "most", "more-factors", "fewest", "fewest-each"],
)
def test_the_more_factors_the_fewer_variables_for_each(monkeypatch, n_factors, count):
    """Four for each factor are drawn, at least eight, and at most twenty or two for each."""
    for name, number in {"_LEAST": 8, "_DRAWN": 4, "_MOST": 20, "_FEWEST": 2}.items():
        monkeypatch.setattr(growth, name, number)
    windows = make_windows([3, 3], gamma=0.5)
    x = np.random.default_rng(0).standard_normal((6, 64))
    drawn = growth.draw(
        [make_block(x, np.zeros((2, n_factors, 64)), windows)], windows, np.random.default_rng(0)
    )
    assert sum(block.x.shape[1] for block in drawn) == count


@pytest.mark.usefixtures("_few_are_enough")
def test_all_variables_go_on_for_smaller_gains(change, monkeypatch):
    """The last steps, after which nothing mends what is left, stop later than those before."""

    def last_level(finer):
        lines = []
        monkeypatch.setattr(estimator, "FINER", finer)
        TCorex(4, tell=lines.append).fit(change[0])
        return [float(lines[-1].split()[place]) for place in (5, 8)]

    usual = last_level(growth.FINER)
    steps, objective = last_level(1.0)
    assert usual[0] > steps
    assert usual[1] < objective
