"""The benchmark's measures are scikit-learn's where it has them, for one sample and for many."""

import numpy as np
import pytest
from sklearn import metrics as oracle

from methods.mimic3 import metrics
from methods.mimic3.metrics import Interval


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(11)


def scored(rng: np.random.Generator, n: int = 60, *, ties: bool = False):
    """Return classes (n,), scores (n,) that lean towards them, and counts (5, n)."""
    truth = np.append([0, 1], rng.integers(2, size=n - 2))
    score = truth + rng.standard_normal(n)
    counts = rng.multinomial(n, np.full(n, 1 / n), size=5)
    return truth, np.round(score) if ties else score, counts


def interval(metric, truth, score, *, owners=None, **drawing) -> Interval:
    """Return the metric's interval over single samples, or over the owners of the samples."""
    rng = np.random.default_rng(drawing.pop("seed", 3))
    owners = np.arange(len(truth)) if owners is None else owners
    draws = metrics.resample(owners, rng=rng, **drawing)
    return metrics.bootstrap_interval(metric, truth, score, draws)


def trapezoid_by_hand(truth, score) -> float:
    """Return the area under the precision-recall curve, one threshold after the other."""
    area, left, height = 0.0, 0.0, 1.0
    for threshold in sorted(set(score), reverse=True):
        named = truth[score >= threshold]
        recall, precision = named.sum() / truth.sum(), named.mean()
        area += (recall - left) * (precision + height) / 2
        left, height = recall, precision
    return area


@pytest.mark.parametrize("ties", [False, True], ids=["no ties", "ties"])
def test_auroc_is_the_share_of_pairs_in_order(rng: np.random.Generator, ties: bool) -> None:  # noqa: FBT001
    """The area is the share of pairs with the sick above the well, ties counted half."""
    truth, score, _ = scored(rng, ties=ties)
    pairs = np.sign(np.subtract.outer(score[truth == 1], score[truth == 0]))
    assert metrics.auroc(truth, score) == pytest.approx((pairs.mean() + 1) / 2)
    assert metrics.auroc(truth, score) == pytest.approx(oracle.roc_auc_score(truth, score))


@pytest.mark.parametrize("ties", [False, True], ids=["no ties", "ties"])
def test_auprc_is_a_sum_of_trapezoids(rng: np.random.Generator, ties: bool) -> None:  # noqa: FBT001
    """The area joins the points of the curve by lines, as the benchmark does."""
    truth, score, _ = scored(rng, ties=ties)
    precision, recall, _ = oracle.precision_recall_curve(truth, score)
    area = metrics.auprc(truth, score)
    assert area == pytest.approx(trapezoid_by_hand(truth, score), rel=1e-12)
    assert area == pytest.approx(oracle.auc(recall, precision), rel=1e-12)


def test_auprc_is_not_average_precision(rng: np.random.Generator) -> None:
    """Trapezoids and steps are two different areas, and the benchmark's is the former."""
    truth, score, _ = scored(rng)
    steps = oracle.average_precision_score(truth, score)
    assert abs(metrics.auprc(truth, score) - steps) > 1e-3


def test_the_lesser_of_recall_and_precision_is_that_of_the_best_threshold(
    rng: np.random.Generator,
) -> None:
    """No threshold has both its recall and its precision above min(Se, P+)."""
    truth, score, _ = scored(rng)
    precision, recall, _ = oracle.precision_recall_curve(truth, score)
    best = max(min(p, r) for p, r in zip(precision, recall, strict=True))
    assert metrics.min_recall_precision(truth, score) == pytest.approx(best)


def test_counting_a_sample_twice_is_having_it_twice(rng: np.random.Generator) -> None:
    """A row of counts gives the measure of the samples drawn, for each row at once."""
    truth, score, counts = scored(rng, ties=True)
    for metric in (metrics.auroc, metrics.auprc, metrics.min_recall_precision):
        drawn = [metric(np.repeat(truth, c), np.repeat(score, c)) for c in counts]
        np.testing.assert_allclose(metric(truth, score, counts), drawn, rtol=1e-12)


@pytest.mark.parametrize("present", [10, 3], ids=["all bins", "three bins"])
def test_kappa_is_that_of_all_ten_bins(rng: np.random.Generator, present: int) -> None:
    """Bins that do not occur take their place in the distances all the same."""
    truth, guess = 3 * rng.integers(present, size=(2, 80)) % 10
    counts = rng.multinomial(80, np.full(80, 1 / 80), size=4)
    expected = [
        oracle.cohen_kappa_score(truth, guess, weights="linear", labels=range(10), sample_weight=c)
        for c in (np.ones(80), *counts)
    ]
    found = metrics.kappa(truth, guess, np.vstack([np.ones(80), counts]))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_kappa_has_fixed_labels() -> None:
    """Three bins far apart are not three neighbours, as they are for scikit-learn alone."""
    truth, guess = [0, 4, 9, 9, 0, 4], [0, 9, 9, 4, 4, 4]
    neighbours = oracle.cohen_kappa_score(truth, guess, weights="linear")
    assert abs(metrics.kappa(truth, guess) - neighbours) > 0.01


def test_kappa_of_agreement_and_of_chance(rng: np.random.Generator) -> None:
    """Agreement gives 1 and independent guesses about 0."""
    truth, guess = rng.integers(10, size=(2, 20_000))
    assert metrics.kappa(truth, truth) == 1
    assert abs(metrics.kappa(truth, guess)) < 0.03


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, 0), (23.9, 0), (24, 1), (47.9, 1), (191.9, 7), (192, 8), (335.9, 8), (336, 9), (5000, 9)],
)
def test_bins_of_stays_are_days_then_a_week(hours: float, expected: int) -> None:
    """Eight days have a bin each, then come the rest of the second week, and all later."""
    assert metrics.length_of_stay_bin([hours]).tolist() == [expected]


def test_a_bin_stands_for_the_mean_of_its_stays() -> None:
    """Bins with stays stand for their mean, and all for hours inside them."""
    found = metrics.bin_hours([3.0, 5.0, 30.0, 400.0, 500.0])
    assert found[[0, 1, 9]].tolist() == [4, 30, 450]
    for hours in (found, metrics.bin_hours([])):
        assert metrics.length_of_stay_bin(hours).tolist() == list(range(10))


def test_deviation_is_scikit_learns_mean_absolute_error(rng: np.random.Generator) -> None:
    """The deviation weighs each sample by its count."""
    truth, guess = rng.random((2, 30)) * 100
    counts = rng.integers(3, size=(2, 30))
    expected = [oracle.mean_absolute_error(truth, guess, sample_weight=c) for c in counts]
    np.testing.assert_allclose(metrics.mean_absolute_deviation(truth, guess, counts), expected)


def test_macro_is_the_mean_over_labels_and_micro_their_union(rng: np.random.Generator) -> None:
    """Macro averages areas of labels; micro is the area of all labels in one row."""
    truth = rng.integers(2, size=(50, 4))
    score = truth + rng.standard_normal((50, 4)) * [1, 2, 3, 4]
    macro, micro = metrics.macro_auroc(truth, score), metrics.micro_auroc(truth, score)
    assert macro == pytest.approx(oracle.roc_auc_score(truth, score, average="macro"))
    assert micro == pytest.approx(oracle.roc_auc_score(truth, score, average="micro"))
    assert micro == pytest.approx(float(metrics.auroc(truth.ravel(), score.ravel())))
    assert abs(macro - micro) > 1e-3


def test_resampled_labels_stay_together(rng: np.random.Generator) -> None:
    """Counts of a stay hold for all of its labels."""
    truth, score = rng.integers(2, size=(40, 3)), rng.random((40, 3))
    counts = rng.multinomial(40, np.full(40, 1 / 40), size=3)
    for metric in (metrics.macro_auroc, metrics.micro_auroc):
        drawn = [metric(np.repeat(truth, c, axis=0), np.repeat(score, c, axis=0)) for c in counts]
        np.testing.assert_allclose(metric(truth, score, counts), drawn)


def test_the_interval_is_that_of_resampling_one_by_one(rng: np.random.Generator) -> None:
    """The vectorised bootstrap has the percentiles of the plain one, up to its own chance."""
    truth, score, _ = scored(rng, 100)
    found = interval(metrics.auroc, truth, score, resamples=4000)
    rows = rng.integers(100, size=(1000, 100))
    plain = [oracle.roc_auc_score(truth[r], score[r]) for r in rows]
    assert found.value == pytest.approx(oracle.roc_auc_score(truth, score))
    np.testing.assert_allclose(
        [found.low, found.high], np.percentile(plain, [2.5, 97.5]), atol=0.02
    )
    assert found.high - found.low > 0.1


def test_the_interval_covers_the_truth_about_as_often_as_it_says(
    rng: np.random.Generator,
) -> None:
    """Of 200 intervals at 95 %, all but a few hold the area of the whole population."""
    area = 0.7602499389  # Phi(1 / sqrt 2), of normal scores one deviation apart

    def covers() -> bool:
        truth, score, _ = scored(rng, 150)
        found = interval(metrics.auroc, truth, score, resamples=300)
        return found.low <= area <= found.high

    assert 0.88 <= np.mean([covers() for _ in range(200)]) <= 0.99


def test_intervals_narrow_with_the_root_of_the_sample(rng: np.random.Generator) -> None:
    """Sixteen times the samples give an interval about a quarter as wide."""

    def width(n: int) -> float:
        truth, score, _ = scored(rng, n)
        found = interval(metrics.auroc, truth, score)
        return found.high - found.low

    assert width(4800) / width(300) == pytest.approx(0.25, abs=0.08)


def test_a_seed_fixes_the_interval(rng: np.random.Generator) -> None:
    """The same seed draws the same samples, and another one others."""
    truth, score, _ = scored(rng)
    first, again, other = (interval(metrics.auprc, truth, score, seed=s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_blocks_do_not_change_the_draws(
    rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many resamples fit into memory at once, they are the same ones."""
    owners = rng.integers(20, size=60)

    def counts():
        return list(metrics.resample(owners, rng=np.random.default_rng(3), resamples=7))

    whole = counts()
    monkeypatch.setattr(metrics, "_BLOCK", 150)
    parts = counts()
    assert [len(part) for part in whole] == [7]
    assert [len(part) for part in parts] == [2, 2, 2, 1]
    np.testing.assert_array_equal(np.vstack(parts), np.vstack(whole))


def test_repeated_hours_of_a_stay_add_no_certainty(rng: np.random.Generator) -> None:
    """Drawing whole stays, twenty copies of each give the interval of the stays alone."""
    truth, score, _ = scored(rng, 100)
    stays = np.repeat(np.arange(100), 20)
    alone = interval(metrics.auroc, truth, score)
    together = interval(metrics.auroc, truth[stays], score[stays], owners=stays)
    apart = interval(metrics.auroc, truth[stays], score[stays])
    assert (together.low, together.high) == pytest.approx((alone.low, alone.high))
    assert apart.high - apart.low < (alone.high - alone.low) / 3


def test_draws_of_one_class_are_left_out() -> None:
    """With a single sick patient, draws that miss him have no area and do not count."""
    found = interval(metrics.auroc, [0, 0, 0, 1], [0.1, 0.3, 0.2, 0.9])
    assert (found.value, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize(
    ("truth", "score", "said"),
    [
        pytest.param([0, 2], [0.1, 0.2], "other than 0 and 1", id="classes"),
        pytest.param([0, 1], [0.1, np.nan], "NaN or infinity", id="nan"),
        pytest.param([0, 1], [0.1], r"shape \(2,\) and score \(1,\)", id="lengths"),
    ],
)
def test_bad_predictions_are_named(truth, score, said: str) -> None:
    """What cannot be scored raises one error that says why."""
    for metric in (metrics.auroc, metrics.auprc):
        with pytest.raises(ValueError, match=said):
            metric(truth, score)


def test_one_class_has_no_interval() -> None:
    """Where nobody died there is nothing to rank."""
    with pytest.raises(ValueError, match="some of each class"):
        interval(metrics.auroc, [0, 0], [0.1, 0.2])


def test_hours_are_no_bins() -> None:
    """Hours in place of bins are told apart."""
    with pytest.raises(ValueError, match="bins go from 0 to 9"):
        metrics.kappa([0, 24], [0, 1])


def test_all_labels_as_one_take_a_block_of_draws_at_a_time(monkeypatch):
    """No more counts are held than a block has, and each draw has a measure of its own."""
    rng = np.random.default_rng(0)
    truth, score = (rng.random((20, 5)) < 0.4).astype(float), rng.random((20, 5))
    counts = rng.integers(0, 3, (30, 20))
    each = [metrics.micro_auroc(truth, score, one) for one in counts]
    held, auroc = [], metrics.auroc

    def watched(y, s, weight):
        held.append(weight.size)
        return auroc(y, s, weight)

    monkeypatch.setattr(metrics, "_BLOCK", 400)
    monkeypatch.setattr(metrics, "auroc", watched)
    np.testing.assert_allclose(metrics.micro_auroc(truth, score, counts), each, rtol=1e-12)
    assert max(held) == 400
