"""LIMIT keeps the identities of its gradients, and does not memorise the labels that are wrong."""

from collections.abc import Iterator
from functools import cache
from math import log2

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.special import softmax
from sklearn.datasets import load_digits
from threadpoolctl import threadpool_limits

from methods import _adam, limit
from methods.limit import FromLabels, Limit

N, C = 6, 4
CROSS_ENTROPY, LAPLACE, GAUSSIAN = FromLabels(), Limit("laplace", beta=10.0), Limit("gaussian")


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def logits(rng: np.random.Generator) -> jax.Array:
    """Return the outputs of a classifier."""
    return jnp.asarray(3 * rng.standard_normal((N, C)))


@pytest.fixture
def guess(rng: np.random.Generator) -> jax.Array:
    """Return the outputs of a predictor."""
    rng.random(99)
    return jnp.asarray(2 * rng.standard_normal((N, C)))


@pytest.fixture
def y(rng: np.random.Generator) -> jax.Array:
    """Return labels."""
    return jnp.asarray(rng.integers(C, size=N))


@pytest.fixture(scope="module")
def small() -> tuple[np.ndarray, np.ndarray]:
    """Return a few random samples with random labels."""
    rng = np.random.default_rng(3)
    return rng.standard_normal((30, 5)), rng.integers(C, size=30)


@pytest.fixture(scope="module")
def networks() -> limit.Networks:
    """Return a classifier and a predictor for the small samples."""
    return Limit().start(np.random.default_rng(4), 5, (8,), C)


def by_network(method, networks, samples):
    """Return the gradients of the method's loss by the classifier and by the predictor."""
    X, y = (jnp.asarray(each) for each in samples)
    return slopes(method, networks, X, y, jax.random.key(0))


@jax.jit
def slopes(method, *batch):
    """Return the gradients of the method's loss on a batch."""
    return jax.grad(method.loss)(*batch)


def train_small(samples, seed, method=GAUSSIAN, epochs=3):
    """Train on the small samples, and watch them; one compilation serves all tests."""
    settings = {"n_classes": C, "hidden": (8,), "epochs": epochs, "batch_size": 10}
    watch = {"all": samples}
    return limit.train(method, *samples, np.random.default_rng(seed), **settings, watch=watch)


def assert_same(found, expected, **tolerances):
    """Compare trees of arrays."""
    for one, other in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_allclose(one, other, **tolerances)


def digits(seed, noise):
    """Return 1,000 noisy samples to train on, 300 noisy ones to validate on and 497 clean ones."""
    rng = np.random.default_rng(seed)
    X, y = load_digits(return_X_y=True)
    train, validation, test = np.split(rng.permutation(len(y)), [1000, 1300])
    noisy = limit.corrupt(rng, y, limit.uniform_noise(noise, 10))
    X = X / 16 - 0.3
    return (
        (X[train], noisy[train]),
        (X[validation], noisy[validation]),
        (X[test], y[test]),
    )


@cache
def accuracies(method, noise):
    """Return shares: of noisy labels fitted, and of clean ones at the last and best epoch."""
    train, validation, test = digits(0, noise)
    watch = {"train": train, "validation": validation, "test": test}
    key = np.random.default_rng(0)
    seen = limit.train(method, *train, key, n_classes=10, watch=watch).accuracy
    best = seen["validation"].argmax()
    return seen["train"][-1], seen["test"][-1], seen["test"][best]


# Wrong labels


def test_uniform_noise_spares_no_other_class(rng):
    """A share of the labels is wrong, and each other class gets its part of it."""
    clean = np.repeat(np.arange(4), 20_000)
    noisy = limit.corrupt(rng, clean, limit.uniform_noise(0.3, 4))
    shares = np.histogram2d(clean, noisy, bins=4)[0] / 20_000
    np.testing.assert_allclose(shares, np.where(np.eye(4), 0.7, 0.1), atol=0.01)


def test_pair_noise_takes_a_class_for_its_partner(rng):
    """Wrong labels are the partner's, and a class that is its own partner has none."""
    clean = np.repeat(np.arange(3), 20_000)
    noisy = limit.corrupt(rng, clean, limit.pair_noise(0.4, [1, 2, 2]))
    shares = np.histogram2d(clean, noisy, bins=3)[0] / 20_000
    np.testing.assert_allclose(shares, [[0.6, 0.4, 0], [0, 0.6, 0.4], [0, 0, 1]], atol=0.01)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_noise_has_its_extremes(rng, rate):
    """At rate 0 no label is wrong, and at rate 1 all are."""
    clean = rng.integers(10, size=5000)
    noisy = limit.corrupt(rng, clean, limit.uniform_noise(rate, 10))
    assert np.mean(noisy != clean) == rate
    assert set(noisy) <= set(range(10))


# Fano's inequality


def test_the_entropy_is_that_of_the_noise():
    """Half wrong among ten classes is 2.585 bits a label; in pairs it is a coin."""
    uniform = limit.label_entropy(limit.uniform_noise(0.5, 10))
    np.testing.assert_allclose(uniform, 1 + 0.5 * log2(9))
    np.testing.assert_allclose(limit.label_entropy(limit.pair_noise(0.5, [1, 2, 2])), [1, 1, 0])


@pytest.mark.parametrize("noise", [0.1, 0.5, 0.8])
def test_who_knows_nothing_misses_the_wrong_labels(noise):
    """Without information the error is the rate of uniform noise at least: r0(0) = p."""
    entropy = limit.label_entropy(limit.uniform_noise(noise, 10))[0]
    assert limit.least_error(0.0, entropy, 10) == pytest.approx(noise, abs=1e-6)


def test_who_knows_all_may_fit_all():
    """With the labels' whole entropy or more the bound on the error is zero: r0(H) = 0."""
    np.testing.assert_array_equal(limit.least_error([2.0, 2.5], 2.0, 10), 0)


def test_the_error_falls_with_information():
    """Each further bit allows for fewer errors."""
    errors = limit.least_error(np.linspace(0, 2.5, 40), 2.585, 10)
    assert np.all(np.diff(errors) < 0)


@pytest.mark.parametrize("n_classes", [2, 3, 10])
def test_the_error_is_where_the_inequality_becomes_true(n_classes):
    """The bound is the first point of a fine grid at which Fano's inequality holds."""
    entropy = 0.9 * log2(n_classes)
    r = np.linspace(1e-5, 1 - 1e-5, 100_001)
    for information in (0.0, 0.2, 0.5):
        uncertainty = -(r * np.log2(r) + (1 - r) * np.log2(1 - r)) + r * log2(n_classes - 1)
        slow = r[np.argmax(uncertainty >= entropy - information)]
        assert limit.least_error(information, entropy, n_classes) == pytest.approx(slow, abs=2e-5)


def test_the_bound_can_be_read_from_both_sides():
    """The least information at the least error is the information that it was given."""
    information = np.linspace(0, 2.5, 11)
    errors = limit.least_error(information, 2.585, 10)
    np.testing.assert_allclose(limit.least_information(errors, 2.585, 10), information, atol=1e-6)


def test_labels_without_any_pattern_have_a_bound_too():
    """Labels at full entropy cannot be met more often than by chance unless memorised."""
    assert limit.least_error(0.0, log2(10), 10) == pytest.approx(0.9)


# Gradients


def test_the_true_gradient_is_that_of_cross_entropy(logits, y):
    """What the labels send back is the derivative of the cross-entropy."""
    slope = jax.grad(lambda a: -jax.nn.log_softmax(a)[jnp.arange(N), y].sum())(logits)
    np.testing.assert_allclose(limit.true_gradient(logits, y), slope, atol=1e-6)


def test_the_classifier_gets_the_predicted_gradient(logits, guess):
    """The surrogate's derivative by the logits is s(a) - s(a_q), as a mean over samples."""

    def loss(a):
        return limit.surrogate(limit.predicted_gradient(a, guess), a)

    difference = jax.nn.softmax(logits) - jax.nn.softmax(guess)
    np.testing.assert_allclose(jax.grad(loss)(logits), difference / N, atol=1e-6)


def test_gaussian_information_is_the_brier_score(logits, guess, y):
    """Whatever the classifier says, the squared miss is the predictor's Brier score."""
    loss = limit.information_loss(
        "gaussian", limit.predicted_gradient(logits, guess), limit.true_gradient(logits, y)
    )
    p = softmax(np.asarray(guess), axis=1)
    brier = sum((p[i, k] - (int(y[i]) == k)) ** 2 for i in range(N) for k in range(C)) / N
    assert float(loss) == pytest.approx(brier, rel=1e-5)


def test_laplace_information_is_twice_the_chance_of_a_miss(logits, guess, y):
    """Whatever the classifier says, the absolute miss is 2 (1 - p_y) of the predictor."""
    loss = limit.information_loss(
        "laplace", limit.predicted_gradient(logits, guess), limit.true_gradient(logits, y)
    )
    p = softmax(np.asarray(guess), axis=1)
    twice = np.mean([2 * (1 - p[i, int(y[i])]) for i in range(N)])
    assert float(loss) == pytest.approx(twice, rel=1e-5)


@pytest.mark.parametrize(
    ("form", "variance", "kurtosis"), [("gaussian", 0.09, 3), ("laplace", 0.18, 6)]
)
def test_sampled_gradients_have_their_moments(form, variance, kurtosis):
    """Draws have the predicted mean, variance sigma^2 or 2 b^2 in each logit, and their tails."""
    mean = jnp.tile(jnp.array([-0.5, 0.0, 0.5]), (60_000, 1))
    drawn = np.asarray(limit.sample_gradient(jax.random.key(1), form, mean, 0.3))
    np.testing.assert_allclose(drawn.mean(axis=0), mean[0], atol=0.01)
    np.testing.assert_allclose(np.cov(drawn.T), variance * np.eye(3), atol=0.006)
    assert np.mean((drawn - mean) ** 4) / variance**2 == pytest.approx(kurtosis, rel=0.1)


def test_the_generalised_loss_lies_between_two_familiar_ones(logits, y):
    """Power 0 is cross-entropy, power 1 the chance of a miss, and between them a bridge."""
    p = jax.nn.softmax(logits)[jnp.arange(N), y]
    for power, expected in [(0.0, -jnp.log(p)), (1e-4, -jnp.log(p)), (1.0, 1 - p)]:
        found = limit.generalised_cross_entropy(logits, y, power)
        assert found == pytest.approx(float(expected.mean()), rel=2e-3)
    half = limit.generalised_cross_entropy(logits, y, 0.5)
    assert half == pytest.approx(float(2 * (1 - jnp.sqrt(p)).mean()), rel=1e-5)


def test_cross_entropy_can_be_differentiated(logits, y):
    """At power 0, where the formula divides by zero, the slope is finite and right."""
    slope = jax.grad(limit.generalised_cross_entropy)(logits, y, 0.0)
    np.testing.assert_allclose(slope, limit.true_gradient(logits, y) / N, atol=1e-6)


# Who learns what


@pytest.mark.parametrize("form", ["gaussian", "laplace"])
def test_the_classifier_learns_the_predictors_soft_labels(small, networks, form):
    """Its update is that of cross-entropy with s(a_q) for labels, whatever beta is."""
    classifier, predictor = networks
    X = jnp.asarray(small[0])

    def soft(classifier):
        chances = jax.nn.softmax(limit.apply(predictor, X))
        return -(chances * jax.nn.log_softmax(limit.apply(classifier, X))).sum(axis=1).mean()

    found, _ = by_network(Limit(form, beta=3.0), networks, small)
    assert_same(found, jax.grad(soft)(classifier), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("form", ["gaussian", "laplace"])
def test_labels_reach_the_predictor_alone(small, networks, form):
    """Permuted labels change the predictor's gradient and leave the classifier's as it is."""
    X, y = small
    classifier, predictor = by_network(Limit(form, beta=1.0), networks, (X, y))
    same, other = by_network(Limit(form, beta=1.0), networks, (X, y[::-1]))
    assert_same(same, classifier, rtol=0, atol=0)
    assert np.abs(other[0][0] - predictor[0][0]).max() > 1e-3


def test_the_penalty_draws_the_predictor_to_the_classifier(small, networks):
    """Beta adds its multiple of the derivative of the squared prediction, to the predictor."""
    classifier, predictor = networks
    X = jnp.asarray(small[0])

    def squared(predictor):
        difference = jax.nn.softmax(limit.apply(classifier, X)) - jax.nn.softmax(
            limit.apply(predictor, X)
        )
        return (difference**2).sum(axis=1).mean()

    without, with_it = (by_network(Limit(beta=b), networks, small) for b in (0.0, 5.0))
    assert_same(with_it[0], without[0], rtol=0, atol=0)
    added = jax.tree.map(lambda a, b: (a - b) / 5, with_it[1], without[1])
    assert_same(added, jax.grad(squared)(predictor), rtol=1e-3, atol=1e-5)


def test_sampling_reaches_the_classifier_alone(small, networks):
    """Noise in the prediction moves the classifier, and the predictor does not feel it."""
    still, noisy = (by_network(Limit(scale=s), networks, small) for s in (0.0, 1.0))
    assert_same(noisy[1], still[1], rtol=0, atol=0)
    assert np.abs(noisy[0][0][0] - still[0][0][0]).max() > 1e-3


# Training


def test_without_penalty_the_predictor_is_a_brier_network(small):
    """A Gaussian predictor at beta 0 is the network that the Brier score alone trains."""
    X, y = (jnp.asarray(each) for each in small)

    def brier(network, rows):
        p = jax.nn.softmax(limit.apply(network, X[rows]))
        return ((p - jnp.eye(C)[y[rows]]) ** 2).sum(axis=1).mean()

    @jax.jit
    def step(network, state, rows):
        return _adam.step(network, jax.grad(brier)(network, rows), state)

    rng = np.random.default_rng(5)
    _, alone = GAUSSIAN.start(rng, 5, (8,), C)
    state = _adam.start(alone)
    for _ in range(3):
        for rows in limit.batches(rng, 30, 10):
            alone, state = step(alone, state, rows)
    assert_same(train_small(small, 5).networks[1], alone, rtol=1e-3, atol=1e-5)


def test_an_epoch_sees_each_sample_once():
    """Batches share no row, and only a remainder sits out."""
    rows = limit.batches(np.random.default_rng(0), 25, 8)
    assert rows.shape == (3, 8)
    assert len(set(rows.ravel())) == 24
    assert set(rows.ravel()) < set(range(25))


def test_numbers_and_data_are_compiled_once(small, monkeypatch):
    """Other seeds, labels, epochs and numbers, whole or not, cost no second compilation."""
    X, y = small
    train_small(small, 0, Limit("gaussian", scale=0.1))
    monkeypatch.setattr(limit.losses, "surrogate", lambda *_: pytest.fail("traced a second time"))
    train_small((X, y[::-1]), 1, Limit("gaussian", beta=2, scale=0.5))
    train_small((X[:29], y[:29]), 1, Limit("gaussian", beta=2, scale=0.5), epochs=4)


def test_a_seed_fixes_the_run(small):
    """The same key gives the same networks, and another one others."""
    first, again, other = (train_small(small, seed).networks for seed in (1, 1, 2))
    assert_same(first, again, rtol=0, atol=0)
    assert np.abs(first[0][0][0] - other[0][0][0]).max() > 0.01


def test_the_accuracy_is_that_of_the_predictions(small):
    """What is watched after the last epoch is what the classifier left predicts."""
    run = train_small(small, 1)
    assert run.accuracy["all"].shape == (3,)
    predicted = limit.predict(run.networks, small[0])
    assert run.accuracy["all"][-1] == pytest.approx(np.mean(predicted == small[1]))


def test_each_watched_set_has_its_own_accuracy(small):
    """Sets of other lengths and labels, in any order, are told apart."""
    X, y = small
    sets = {"some": (X[:7], y[:7]), "all": small, "other": (X[3:20], (y[3:20] + 1) % C)}
    settings = {"n_classes": C, "hidden": (8,), "epochs": 3, "batch_size": 10}
    run = limit.train(GAUSSIAN, *small, np.random.default_rng(1), **settings, watch=sets)
    for name, (table, labels) in sets.items():
        right = np.mean(limit.predict(run.networks, table) == labels)
        assert run.accuracy[name][-1] == pytest.approx(right), name


@pytest.mark.usefixtures("compiled_with_care")
def test_wrong_labels_are_memorised_by_cross_entropy_and_not_by_limit():
    """With half the labels wrong, one fits all of them and the other the right ones."""
    assert accuracies(CROSS_ENTROPY, 0.5)[0] >= 0.99
    assert accuracies(LAPLACE, 0.5)[0] <= 0.60


def test_limit_keeps_its_accuracy_to_the_last_epoch():
    """With half the labels wrong it ends at least 0.20 above cross-entropy."""
    assert accuracies(LAPLACE, 0.5)[1] >= accuracies(CROSS_ENTROPY, 0.5)[1] + 0.20


def test_limit_beats_cross_entropy_stopped_early():
    """Its last epoch is at least 0.02 above the epoch that noisy validation labels would pick."""
    assert accuracies(LAPLACE, 0.5)[1] >= accuracies(CROSS_ENTROPY, 0.5)[2] + 0.02


@pytest.mark.usefixtures("compiled_with_care")
def test_right_labels_cost_limit_little():
    """Without noise the two end within 0.03 of each other."""
    assert abs(accuracies(LAPLACE, 0.0)[1] - accuracies(CROSS_ENTROPY, 0.0)[1]) <= 0.03


def test_memorising_has_its_price_in_bits():
    """Cross-entropy must hold most of the noise's entropy, and LIMIT need hold hardly any."""
    entropy = limit.label_entropy(limit.uniform_noise(0.5, 10))[0]
    errors = [1 - accuracies(method, 0.5)[0] for method in (CROSS_ENTROPY, LAPLACE)]
    memorised, ignored = limit.least_information(errors, entropy, 10)
    assert memorised >= 0.95 * entropy
    assert ignored <= 0.1 * entropy


# Bad input


@pytest.mark.parametrize(
    ("X", "y", "said"),
    [
        pytest.param([[1.0], [np.nan]], [0, 1], "X holds 1 values", id="nan"),
        pytest.param([1.0, 2.0], [0, 1], "X has 1 dimensions", id="one-dimensional"),
        pytest.param([[1.0], [2.0]], [0], "X has 2 samples and y 1", id="lengths"),
        pytest.param([[1.0], [2.0]], [0.0, 1.0], "y is no list of whole numbers", id="fractions"),
        pytest.param([[1.0], [2.0]], [1, 2], "number the classes from 0 to 1", id="too-large"),
        pytest.param([[1.0], [2.0]], [-1, 1], "y goes from -1 to 1", id="negative"),
        pytest.param(np.zeros((0, 1)), np.zeros(0, int), "y is no list", id="none"),
    ],
)
def test_bad_data_are_named(X, y, said):
    """Samples or labels that cannot be learnt from raise one error that says why."""
    with pytest.raises(ValueError, match=said):
        limit.train(FromLabels(), X, y, np.random.default_rng(0), n_classes=2)


def test_bad_sets_to_watch_are_named():
    """An error in a set to watch tells which of them."""
    X, y = np.zeros((4, 2)), np.zeros(4, int)
    with pytest.raises(ValueError, match="X of 'test' holds 8 values"):
        limit.train(
            FromLabels(),
            X,
            y,
            np.random.default_rng(0),
            n_classes=2,
            watch={"test": (X * np.nan, y)},
        )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda: limit.uniform_noise(1.2, 3), "rate is 1.2", id="rate"),
        pytest.param(lambda: limit.uniform_noise(0.5, 1), "n_classes is 1", id="classes"),
        pytest.param(lambda: limit.pair_noise(0.1, [1, 3]), "not in 0 to 1", id="partner"),
        pytest.param(lambda: limit.least_error(-1, 1, 10), "information is negative", id="bits"),
        pytest.param(lambda: limit.least_error(0, 4, 10), "between 0 and 3.322", id="entropy"),
    ],
)
def test_bad_numbers_are_named(make, said):
    """Rates, partners and bits that make no sense raise one error that says so."""
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.parametrize(
    ("method", "said"),
    [
        pytest.param(Limit(beta=-1.0), "has a negative number", id="beta"),
        pytest.param(FromLabels(float("nan")), "or NaN", id="nan"),
        pytest.param(Limit("cauchy"), "one of gaussian, laplace", id="form"),
    ],
)
def test_bad_methods_are_named(method, said):
    """A method whose numbers or form make no sense is an error before any training."""
    with pytest.raises(ValueError, match=said):
        limit.train(
            method, np.zeros((4, 2)), np.zeros(4, int), np.random.default_rng(0), n_classes=2
        )
