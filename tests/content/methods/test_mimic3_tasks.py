"""The four tasks of mimic3 have the samples and labels that their definitions say."""

import numpy as np
import pytest
from mimic3_cases import random_stay, seen

from methods.mimic3 import phenotypes, splits, tasks


@pytest.mark.parametrize(
    ("one", "label"),
    [
        pytest.param(seen(1.0, los=48.0), 0, id="exactly-48-hours"),
        pytest.param(seen(1.0, los=48 - 5e-7), 0, id="48-hours-but-for-rounding"),
        pytest.param(seen(1.0, los=47.999), None, id="shorter"),
        pytest.param(seen(1.0, los=100.0, died=True, death=99.0), 1, id="died-in-the-unit"),
        pytest.param(seen(1.0, los=48.0, died=True, death=300.0), 1, id="died-in-the-ward"),
        pytest.param(seen(1.0, los=60.0, died=True), 1, id="died-by-date-only"),
        pytest.param(seen(48.0, los=60.0), 0, id="first-event-at-48-hours"),
        pytest.param(seen(48.1, los=60.0), None, id="first-event-after-48-hours"),
    ],
)
def test_mortality_is_told_at_48_hours(one, label):
    """Stays of 48 hours with an event by then give a sample each, labelled by death in hospital."""
    samples = tasks.mortality([one])
    expected = [] if label is None else [label]
    assert samples.label.tolist() == expected
    assert samples.hour.tolist() == [48.0] * len(expected)


@pytest.mark.parametrize(
    ("one", "first", "labels"),
    [
        pytest.param(
            seen(0.5, los=30.0, died=True, death=30.0), 5, [0] * 2 + [1] * 24, id="death-at-the-end"
        ),
        pytest.param(
            seen(0.5, los=30.0, died=True, death=30.5),
            5,
            [0] * 2 + [1] * 24,
            id="death-past-an-hour",
        ),
        pytest.param(
            seen(0.5, los=30.0, died=True, death=40.0), 5, [0] * 12 + [1] * 14, id="in-the-ward"
        ),
        pytest.param(
            seen(0.5, los=30.0, died=True, death=20.0), 5, [1] * 16, id="death-before-leaving"
        ),
        pytest.param(seen(0.5, los=30.0, died=True), 5, [0] * 26, id="died-by-date-only"),
        pytest.param(seen(0.5, los=8.9), 5, [0] * 4, id="survived"),
        pytest.param(seen(0.5, los=8.0, death=20.0), 5, [0] * 4, id="died-after-discharge"),
        pytest.param(seen(6.0, los=9.0), 7, [0] * 3, id="first-event-on-the-hour"),
        pytest.param(seen(5.5, los=9.0), 6, [0] * 4, id="first-event-between-hours"),
        pytest.param(seen(0.5, los=4.9), 5, [], id="too-short"),
        pytest.param(seen(0.5, los=9.0, died=True, death=2.0), 5, [], id="death-at-once"),
    ],
)
def test_decompensation_is_told_each_hour(one, first, labels):
    """Each whole hour after the fourth and the first event tells death in less than 24 hours."""
    samples = tasks.decompensation([one])
    assert samples.hour.tolist() == [first + i for i in range(len(labels))]
    assert samples.label.tolist() == labels


@pytest.mark.parametrize(
    ("one", "hours", "labels"),
    [
        pytest.param(seen(0.2, los=7.5), [5, 6, 7], [2.5, 1.5, 0.5], id="between-hours"),
        pytest.param(seen(0.2, los=7.0), [5, 6, 7], [2, 1, 0], id="on-the-hour"),
        pytest.param(seen(0.2, los=7 - 5e-7), [5, 6, 7], [2, 1, 0], id="but-for-rounding"),
        pytest.param(seen(6.9, los=8.0), [7, 8], [1, 0], id="late-first-event"),
        pytest.param(
            seen(0.2, los=7.5, died=True, death=5.5), [5, 6, 7], [2.5, 1.5, 0.5], id="past-death"
        ),
    ],
)
def test_length_of_stay_is_what_remains(one, hours, labels):
    """Each whole hour after the fourth and the first event tells the hours left in the unit."""
    samples = tasks.length_of_stay([one])
    assert samples.hour.tolist() == hours
    np.testing.assert_allclose(samples.label, labels, atol=1e-6)


def test_phenotypes_are_groups_of_codes():
    """A stay has the phenotypes that its codes belong to, and other codes give none."""
    codes = ["0389", "99592", "4019", "V5861", "nonsense"]
    samples = tasks.phenotyping([seen(1.0, los=6.0, codes=codes), seen(1.0, los=7.0)])
    names = [phenotypes.PHENOTYPES[i] for i in np.flatnonzero(samples.label[0])]
    assert names == ["Essential hypertension", "Septicemia (except in labor)"]
    assert samples.label.shape == (2, 25)
    assert not samples.label[1].any()
    assert samples.hour.tolist() == [6.0, 7.0]


def test_no_code_is_in_two_groups():
    """The 25 groups share no code, and each has some."""
    sizes = np.bincount(list(phenotypes.CODES.values()), minlength=25)
    assert len(phenotypes.PHENOTYPES) == 25
    assert sizes.min() >= 2
    assert sizes.sum() == len(phenotypes.CODES)
    assert sum(len(group.split()) for group in phenotypes.GROUPS.values()) == len(phenotypes.CODES)


@pytest.fixture(scope="module")
def stays():
    """Return stays of many lengths."""
    rng = np.random.default_rng(3)
    return [random_stay(rng, los=float(rng.uniform(3, 100)), stay_id=i) for i in range(40)]


def test_decompensation_never_turns_back(stays):
    """Within a stay the label of decompensation only rises."""
    samples = tasks.decompensation(stays)
    for i in range(len(stays)):
        assert np.all(np.diff(samples.label[samples.stay == i]) >= 0)


def test_length_of_stay_falls_by_the_hour(stays):
    """Within a stay the hours left fall by one an hour."""
    samples = tasks.length_of_stay(stays)
    for i in range(len(stays)):
        mine = samples.stay == i
        np.testing.assert_allclose(np.diff(samples.label[mine]), -1)
        np.testing.assert_allclose(np.diff(samples.hour[mine]), 1)


def test_phenotyping_has_all_stays(stays):
    """Stays with a sample of mortality are among those of phenotyping."""
    told = set(tasks.mortality(stays).stay.tolist())
    assert told
    assert told <= set(tasks.phenotyping(stays).stay.tolist())


def test_tasks_need_no_stays():
    """Without stays there are no samples, and no error."""
    for task in (tasks.mortality, tasks.decompensation, tasks.length_of_stay, tasks.phenotyping):
        assert len(task([])) == 0


def test_samples_of_a_part_are_its_stays_own(stays):
    """Samples of some stays are all samples of these and none of others."""
    samples = tasks.length_of_stay(stays)
    some = samples.of(np.array([1, 5]))
    assert set(some.stay.tolist()) <= {1, 5}
    assert len(some) == np.isin(samples.stay, [1, 5]).sum()
    assert len(some.hour) == len(some.label) == len(some)


def test_no_subject_is_in_two_parts():
    """A split gives each stay to one part, and a subject's stays to the same."""
    stays = [seen(1.0, los=5.0, subject_id=i // 3, stay_id=i) for i in range(300)]
    parts = splits.split(stays, validation=0.2, test=0.3, seed=4)
    assert [len(part) for part in parts] == [150, 60, 90]
    assert sorted(np.concatenate(parts).tolist()) == list(range(300))
    subjects = [{stays[i].subject_id for i in part} for part in parts]
    assert sum(map(len, subjects)) == len(set().union(*subjects)) == 100


def test_a_split_hangs_on_its_seed_alone():
    """Stays in another order are split alike, and another seed splits otherwise."""
    stays = [seen(1.0, los=5.0, subject_id=i, stay_id=i) for i in range(100)]
    tested = {stays[i].stay_id for i in splits.split(stays)[2]}
    turned = stays[::-1]
    assert tested == {turned[i].stay_id for i in splits.split(turned)[2]}
    assert tested != {stays[i].stay_id for i in splits.split(stays, seed=1)[2]}


def test_a_split_leaves_some_to_train_on():
    """Shares that add up to all raise an error that names them."""
    with pytest.raises(ValueError, match=r"validation is 0.5 and test 0.5"):
        splits.split([seen(1.0, los=5.0)], validation=0.5, test=0.5)
