"""Features and grids of mimic3 are those of their definitions, worked slowly."""

from math import nan

import numpy as np
import pytest
from mimic3_cases import (
    GLUCOSE,
    HEART,
    TOTAL,
    random_stay,
    seen,
    slow_features,
    slow_grid,
    stay,
)

from methods.mimic3 import channels, discretizer, features
from methods.mimic3.discretizer import Grid, Normalizer


@pytest.fixture
def rng():
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(17)


def feature(found, name, begin, end, statistic):
    """Return one feature by its name."""
    return found[features.COLUMNS.index(f"{name}, {begin}-{end} %, {statistic}")]


def test_there_are_714_features():
    """Seven periods by six statistics by seventeen channels have a name each."""
    assert len(set(features.COLUMNS)) == 714
    assert features.extract([seen(1.0, los=5.0)]).shape == (1, 714)


def test_features_of_a_series_made_by_hand():
    """A series 1, 2, 4, 9 at hours 0, 1, 5, 10 has the statistics worked on paper."""
    values = zip([0.0, 1.0, 5.0, 10.0], [1.0, 2.0, 4.0, 9.0], strict=True)
    found = features.extract([stay([(t, GLUCOSE, v) for t, v in values], los=12.0)])[0]

    def glucose(begin, end):
        return [feature(found, "Glucose", begin, end, s) for s in features.STATISTICS]

    deviation = (38 / 4) ** 0.5  # of 1, 2, 4, 9 about 4: 9 + 4 + 0 + 25
    np.testing.assert_allclose(glucose(0, 100), [1, 9, 4, deviation, 22.5 / deviation**3, 4])
    np.testing.assert_allclose(glucose(0, 10), [1, 2, 1.5, 0.5, 0, 2], atol=1e-12)
    np.testing.assert_allclose(glucose(0, 50), [1, 4, 7 / 3, (14 / 9) ** 0.5, 0.3818018, 3])
    np.testing.assert_allclose(glucose(90, 100), [9, 9, 9, 0, nan, 1])
    np.testing.assert_allclose(glucose(50, 100), [4, 9, 6.5, 2.5, 0, 2], atol=1e-12)
    assert np.isnan(feature(found, "Heart Rate", 0, 100, "len"))


def test_features_are_those_of_plain_loops(rng):
    """On random stays and windows, each feature equals the one that loops give."""
    stays = [random_stay(rng, stay_id=i) for i in range(12)]
    place = np.repeat(np.arange(12), 3)
    hour = rng.uniform(1, 60, 36)
    hour[::4] = np.round(hour[::4])
    found = features.extract(stays, place, hour)
    slow = [slow_features(stays[i], end) for i, end in zip(place, hour, strict=True)]
    np.testing.assert_allclose(found, slow, rtol=1e-9, atol=1e-9)


def test_batches_leave_features_alone(rng, monkeypatch):
    """Working in many small batches gives the same features."""
    stays = [random_stay(rng, stay_id=i) for i in range(9)]
    whole = features.extract(stays)
    monkeypatch.setattr(features, "_BATCH", 500)
    np.testing.assert_array_equal(features.extract(stays), whole)


def test_the_windows_end_counts():
    """An event at the end of a window is in it, and one after it is not."""
    one = seen(1.0, 2.0, 3.0, los=5.0)
    found = features.extract([one], [0, 0, 0], [2.0, 2.5, 3.0])
    assert [feature(row, "Heart Rate", 0, 100, "len") for row in found] == [2, 2, 3]
    assert np.isnan(features.extract([one], [0], [0.5])).all()
    assert features.extract([], [], []).shape == (0, 714)


def test_a_constant_has_the_skewness_that_one_asks_for():
    """Equal values have no skewness, or 0 as older SciPy said; deviation 0 either way."""
    one = seen(1.0, 2.0, 3.0, los=5.0)
    for how, skew in (("nan", nan), ("zero", 0.0)):
        found = features.extract([one], constant_skew=how)[0]
        np.testing.assert_equal(feature(found, "Heart Rate", 0, 100, "skew"), skew)
        assert feature(found, "Heart Rate", 0, 100, "std") == 0
        assert np.isnan(feature(found, "Glucose", 0, 100, "skew"))


def test_categories_count_as_their_numbers():
    """A coma scale of 3 is the number 3, wherever its name stands in the alphabet."""
    place = list(channels.CHANNELS[TOTAL].categories).index("3")
    found = features.extract([stay([(1.0, TOTAL, place)], los=3.0)])[0]
    assert feature(found, channels.NAMES[TOTAL], 0, 100, "mean") == 3


def test_windows_come_in_pairs():
    """Places and hours of different length are an error that tells both."""
    with pytest.raises(ValueError, match=r"stay has shape \(2,\) and hour \(1,\)"):
        features.extract([seen(1.0, los=5.0)], [0, 0], [1.0])


def test_there_are_76_columns():
    """47 categories, 12 measurements and 17 masks; merged, fewer categories."""
    columns = Grid().columns
    assert len(set(columns)) == 76
    assert sum(name.startswith("mask->") for name in columns) == 17
    assert len(Grid().continuous) == 12
    assert len(Grid(merge=True).columns) == 76 - 3 - 6 - 7


@pytest.mark.parametrize("end", [48.0, 7.0, 30.4, 0.5, 60.0])
def test_grids_are_those_of_plain_loops(rng, end):
    """On random stays, each cell equals the one that loops give."""
    for i in range(6):
        one = random_stay(rng, stay_id=i)
        np.testing.assert_allclose(discretizer.discretise(one, end), slow_grid(one, end))


def test_a_grid_made_by_hand():
    """Time 0 and the first whole hour share a bin, the last value in it counts, gaps carry on."""
    events = [(0.0, HEART, 60.0), (1.0, HEART, 70.0), (1.5, HEART, 71.0), (4.0, HEART, 75.0)]
    grid = discretizer.discretise(stay(events, los=9.0), 5.0)
    names = Grid().columns
    assert grid.shape == (5, 76)
    assert grid[:, names.index("Heart Rate")].tolist() == [70, 71, 71, 75, 75]
    assert grid[:, names.index("mask->Heart Rate")].tolist() == [1, 1, 0, 1, 0]
    assert grid[:, names.index("Glucose")].tolist() == [128.0] * 5
    assert grid[:, names.index("Glascow coma scale total->15")].tolist() == [1.0] * 5
    assert grid[:, names.index("mask->Glucose")].tolist() == [0.0] * 5


def test_masks_tell_what_was_observed(rng):
    """Masks count the bins with data of each channel, and nothing imputed is NaN."""
    one = random_stay(rng)
    grid = discretizer.discretise(one, 60.0)
    pairs = {
        (column, max(int(np.ceil(hour - 1e-6)) - 1, 0))
        for hour, row in zip(one.hours, one.values, strict=True)
        for column in np.flatnonzero(~np.isnan(row)).tolist()
    }
    assert grid[:, -17:].sum() == len(pairs)
    assert not np.isnan(grid).any()


def test_each_bin_has_one_category(rng):
    """The columns of a categorical channel hold a single 1."""
    grid = discretizer.discretise(random_stay(rng), 60.0)
    for channel in channels.CHANNELS:
        if channel.categories:
            mine = [i for i, n in enumerate(Grid().columns) if n.startswith(f"{channel.name}->")]
            np.testing.assert_array_equal(grid[:, mine].sum(axis=1), 1)


def test_merged_categories_are_sums_of_the_others(rng):
    """Categories of one number share a column that is 1 where any of them was."""
    one = random_stay(rng)
    apart = dict(zip(Grid().columns, discretizer.discretise(one, 60.0).T, strict=True))
    grid = Grid(merge=True)
    merged = dict(zip(grid.columns, discretizer.discretise(one, 60.0, grid=grid).T, strict=True))
    for channel in channels.CHANNELS:
        for number in set(channel.categories.values()):
            names = [name for name, other in channel.categories.items() if other == number]
            total = sum(apart[f"{channel.name}->{name}"] for name in names)
            np.testing.assert_array_equal(merged[f"{channel.name}->{number:g}"], total)


def test_windows_are_padded_with_zeros(rng):
    """Windows of different length share an array, each followed by zeros."""
    stays = [random_stay(rng, stay_id=i) for i in range(3)]
    padded, lengths = discretizer.discretise_all(stays, [2, 0], [10.0, 7.0])
    assert padded.shape == (2, 10, 76)
    assert lengths.tolist() == [10, 7]
    np.testing.assert_array_equal(padded[1, :7], discretizer.discretise(stays[0], 7.0))
    assert not padded[1, 7:].any()


def test_coarser_bins_hold_the_last_of_finer_ones(rng):
    """Bins of two hours hold what bins of one hour hold at their ends."""
    one = random_stay(rng)
    fine = discretizer.discretise(one, 60.0)
    coarse = discretizer.discretise(one, 60.0, grid=Grid(step=2.0))
    np.testing.assert_array_equal(coarse[:, :-17], fine[1::2, :-17])


def test_normalised_measurements_have_variance_one(rng):
    """Training rows come out with mean 0 and variance 1; indicators and masks stay."""
    tables = [discretizer.discretise(random_stay(rng), 60.0) for _ in range(5)]
    normalizer = Normalizer.fit(tables)
    rows = np.concatenate([normalizer.transform(table) for table in tables])
    measured = Grid().continuous
    np.testing.assert_allclose(rows[:, measured].mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(rows[:, measured].std(axis=0, ddof=1), 1)
    others = np.setdiff1d(np.arange(76), measured)
    np.testing.assert_array_equal(rows[:, others], np.concatenate(tables)[:, others])


def test_a_constant_column_stays_finite():
    """A measurement that never changes is divided by a tiny number, not by 0."""
    table = discretizer.discretise(seen(1.0, los=9.0), 9.0)
    assert np.isfinite(Normalizer.fit([table]).transform(table)).all()


def test_options_make_sense():
    """Bins without length and an unknown kind of skewness raise errors that say what to give."""
    with pytest.raises(ValueError, match="step is 0: give hours above 0"):
        Grid(step=0)
    with pytest.raises(ValueError, match="constant_skew is 'none': give"):
        features.extract([], constant_skew="none")


def test_a_normalizer_needs_rows():
    """Fitting to less than two rows is an error that tells how many there are."""
    with pytest.raises(ValueError, match="there are 0 rows"):
        Normalizer.fit([])
