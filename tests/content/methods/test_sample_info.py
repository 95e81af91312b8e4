"""Sample information is that of plain refits, whatever shortcut takes their place."""

import math
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from scipy.linalg import expm, solve_continuous_lyapunov
from sklearn.kernel_ridge import KernelRidge
from threadpoolctl import threadpool_limits

from methods.sample_info import (
    Linearised,
    SampleInformation,
    Training,
    information,
    linearised,
    removal_order,
    tangent_kernel,
)
from methods.sample_info.linearised import Array

N, M, D = 9, 5, 14
"""Training samples, new samples and weights of the small problems here."""

TRAININGS = {
    "descent": Training(steps=40, rate=0.01),
    "descent-with-decay": Training(weight_decay=0.7, steps=40, rate=0.01),
    "flow": Training(steps=0.4, rate=1.0, flow=True),
    "flow-with-decay": Training(weight_decay=0.7, steps=0.4, rate=1.0, flow=True),
    "limit": Training(),
    "limit-with-decay": Training(weight_decay=0.7),
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(3)


def see(rng: np.random.Generator, n: int = N, k: int = 1, d: int = D) -> Linearised:
    """Return a network of d random weights as n samples see it."""
    return Linearised(rng.standard_normal((n, k)), rng.standard_normal((n, k, d)))


def refit(seen: Linearised, targets: Array, training: Training) -> Array:
    """Return w_t - w_0, worked out in weights: one step after another, or from the Hessian."""
    J, r = seen.rows, (targets - seen.outputs).ravel()
    H = J.T @ J + training.weight_decay * np.eye(J.shape[1])
    if training.endless:
        return np.linalg.pinv(H) @ J.T @ r
    if training.flow:
        system = np.block([[-H, (J.T @ r)[:, None]], [np.zeros((1, len(H) + 1))]])
        return expm(training.rate * training.steps * system)[:-1, -1]
    w = np.zeros(J.shape[1])
    for _ in range(int(training.steps)):
        w -= training.rate * (J.T @ (J @ w - r) + training.weight_decay * w)
    return w


def refits(seen: Linearised, targets: Array, training: Training) -> Array:
    """Return w - w_-i for each sample i, by as many refits."""
    full = refit(seen, targets, training)
    kept = [np.delete(np.arange(len(seen)), i) for i in range(len(seen))]
    return np.array([full - refit(seen[rows], targets[rows], training) for rows in kept])


def sgd_covariance(seen: Linearised, w: Array, targets: Array, decay: float) -> Array:
    """Return H and the covariance of weights that SGD shakes, in all d weights, by SciPy."""
    J = seen.rows
    H = J.T @ J + decay * np.eye(J.shape[1])
    errors = seen.outputs.ravel() + J @ w - targets.ravel()
    gradients = len(seen) * errors[:, None] * J
    centred = gradients - gradients.mean(axis=0)
    return solve_continuous_lyapunov(H, centred.T @ centred / len(seen))


def test_the_kernel_is_symmetric_and_has_no_negative_eigenvalue(rng: np.random.Generator) -> None:
    """A network's tangent kernel with itself is a Gram matrix, in the order of the outputs."""
    seen = see(rng, k=3)
    kernel = tangent_kernel(seen, seen)
    np.testing.assert_array_equal(kernel, kernel.T)
    assert np.linalg.eigvalsh(kernel).min() > -1e-12
    assert kernel[4, 8] == pytest.approx(seen.jacobians[1, 1] @ seen.jacobians[2, 2])


@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("name", TRAININGS)
def test_training_in_closed_form_is_training(name: str, k: int, rng: np.random.Generator) -> None:
    """Weights and predictions are those reached step by step, along the flow, and at its end."""
    seen, new, targets = see(rng, k=k), see(rng, M, k), rng.standard_normal((N, k))
    model = SampleInformation(TRAININGS[name]).fit(seen, targets)
    w = refit(seen, targets, TRAININGS[name])
    np.testing.assert_allclose(model.weights(), w, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(model.predict(new), new.outputs + new.jacobians @ w, rtol=1e-9)


@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("name", TRAININGS)
def test_leaving_one_out_is_a_refit(name: str, k: int, rng: np.random.Generator) -> None:
    """All changes together are, to nine digits, those of refitting without each sample."""
    seen, new, targets = see(rng, k=k), see(rng, M, k), rng.standard_normal((N, k))
    model = SampleInformation(TRAININGS[name]).fit(seen, targets)
    moves = refits(seen, targets, TRAININGS[name])
    np.testing.assert_allclose(model.weight_changes(), moves, rtol=1e-9, atol=1e-10)
    moved = np.einsum("mkd,nd->nmk", new.jacobians, moves)
    np.testing.assert_allclose(model.prediction_changes(new), moved, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(model.isotropic(), np.sum(moves**2, axis=1) / 2, rtol=1e-8)
    mean = np.mean(np.sum(moved**2, axis=2), axis=1)
    np.testing.assert_allclose(model.functional(new), mean / 2, rtol=1e-8)


def test_many_steps_reach_the_limit(rng: np.random.Generator) -> None:
    """Descent that goes on ends where the limit says, with weight decay and without."""
    seen, targets = see(rng), rng.standard_normal(N)
    for decay in (0.0, 0.5):
        long = SampleInformation(Training(decay, steps=20_000, rate=0.02)).fit(seen, targets)
        ever = SampleInformation(Training(decay)).fit(seen, targets)
        np.testing.assert_allclose(long.weights(), ever.weights(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("flow", [False, True])
def test_slow_directions_keep_their_digits(flow: bool, rng: np.random.Generator) -> None:  # noqa: FBT001
    """A single tiny step moves the weights by the gradient, and flat directions at its pace."""
    seen, targets = see(rng), rng.standard_normal(N)
    gradient = seen.rows.T @ (targets - seen.outputs[:, 0])
    training = Training(steps=1, rate=1e-13, flow=flow)
    model = SampleInformation(training).fit(seen, targets)
    np.testing.assert_allclose(model.weights(), 1e-13 * gradient, rtol=1e-10)
    np.testing.assert_allclose(training.inverse(np.zeros(1)), [1e-13])


@pytest.mark.parametrize("k", [1, 3])
def test_the_limit_is_kernel_ridge_regression(k: int, rng: np.random.Generator) -> None:
    """With weight decay, endless training is scikit-learn's kernel ridge on the residuals."""
    seen, new, targets = see(rng, k=k), see(rng, M, k), rng.standard_normal((N, k))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    ridge = KernelRidge(alpha=0.3, kernel="precomputed")
    ridge.fit(tangent_kernel(seen, seen), (targets - seen.outputs).ravel())
    expected = ridge.predict(tangent_kernel(new, seen)).reshape(M, k)
    np.testing.assert_allclose(model.predict(new) - new.outputs, expected, rtol=1e-9)


def test_the_error_on_the_sample_left_out_is_known(rng: np.random.Generator) -> None:
    """With one output, dual weight over diagonal of the inverse is the leave-one-out error."""
    seen, targets = see(rng), rng.standard_normal((N, 1))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    without = model.predict(seen)[:, 0] - np.diag(model.prediction_changes(seen)[:, :, 0])
    inverse = np.linalg.inv(model.kernel_ + 0.3 * np.eye(N))
    np.testing.assert_allclose(targets[:, 0] - without, model.dual_ / np.diag(inverse), rtol=1e-9)


@pytest.mark.parametrize("k", [1, 2])
def test_influence_is_the_slope_by_a_samples_weight(k: int, rng: np.random.Generator) -> None:
    """It is what the weights of ridge regression lose as a sample begins to count for less."""
    seen, targets, decay, step = see(rng, k=k), rng.standard_normal((N, k)), 0.7, 1e-6
    J, r = seen.rows, (targets - seen.outputs).ravel()

    def weights(counts: Array) -> Array:
        C = np.repeat(counts, k)
        return np.linalg.solve(J.T @ (C[:, None] * J) + decay * np.eye(D), J.T @ (C * r))

    changes = linearised.influence(J @ J.T, r.reshape(N, k), decay) @ J
    for i in range(N):
        slope = (weights(np.ones(N)) - weights(1 - step * np.eye(N)[i])) / step
        np.testing.assert_allclose(changes[i], slope, rtol=1e-4, atol=1e-7)


def test_influence_forgets_that_the_sample_bends_the_loss(rng: np.random.Generator) -> None:
    """So it is too small for each sample, and right where weight decay is all that bends it."""
    seen, targets = see(rng), rng.standard_normal((N, 1))
    model = SampleInformation(Training(weight_decay=0.7)).fit(seen, targets)
    new = see(rng, M)
    assert np.all(model.influence(new) < model.functional(new))
    model = SampleInformation(Training(weight_decay=1e9)).fit(seen, targets)
    np.testing.assert_allclose(model.influence(new), model.functional(new), rtol=1e-6)


@pytest.mark.parametrize("k", [1, 2])
def test_a_kernel_will_do_in_place_of_jacobians(k: int, rng: np.random.Generator) -> None:
    """All but moves of weights can be had from kernels, and is the same; the rest is refused."""
    seen, targets, new = see(rng, k=k), rng.standard_normal((N, k)), see(rng, M, k)
    one = SampleInformation(TRAININGS["limit-with-decay"]).fit(seen, targets)
    other = SampleInformation(TRAININGS["limit-with-decay"])
    other.fit_kernel(tangent_kernel(seen, seen), targets - seen.outputs)
    between = tangent_kernel(new, seen)
    np.testing.assert_array_equal(other.functional(between), one.functional(new))
    np.testing.assert_array_equal(other.influence(between), one.influence(new))
    np.testing.assert_array_equal(other.isotropic(), one.isotropic())
    with pytest.raises(AttributeError, match="knows no Jacobians: call fit with them"):
        other.weights()
    with pytest.raises(ValueError, match=f"new has shape .*: give rows of {N * k}"):
        other.functional(between[:, 1:])


def test_a_copy_adds_nothing_to_its_original(rng: np.random.Generator) -> None:
    """Next to its copy, a sample's information vanishes with the square of the decay."""
    seen, new, targets = see(rng), see(rng, M), rng.standard_normal((N, 1))
    twice = np.r_[0, np.arange(N)]

    def of_first(rows: Array, decay: float) -> float:
        model = SampleInformation(Training(decay)).fit(seen[rows], targets[rows])
        return float(model.functional(new)[0])

    alone = np.arange(N)
    ratios = [of_first(twice, decay) / of_first(alone, decay) for decay in (1.0, 1e-2, 1e-4)]
    assert ratios[0] < 0.5
    assert ratios[1] < 1e-2 * ratios[0]
    assert ratios[2] < 1e-3 * ratios[1]
    assert of_first(twice, 0.0) < 1e-20 * of_first(alone, 0.0)


def test_a_sample_that_the_others_foretell_is_worth_nothing(rng: np.random.Generator) -> None:
    """Information is nowhere negative, and 0 where the others predict the target exactly."""
    seen, new, targets = see(rng), see(rng, M), rng.standard_normal((N, 1))
    training = Training(weight_decay=0.4)
    others = SampleInformation(training).fit(seen[1:], targets[1:])
    targets[:1] = others.predict(seen[:1])
    model = SampleInformation(training).fit(seen, targets)
    for found in (model.functional(new), model.isotropic()):
        assert found[0] < 1e-24
        assert (found[1:] > 1e-6).all()


@pytest.mark.parametrize(("n", "d"), [(20, 6), (6, 15)], ids=["few-weights", "many-weights"])
def test_sgd_noise_is_that_of_the_lyapunov_equation(
    n: int, d: int, rng: np.random.Generator
) -> None:
    """The reduced form agrees with SciPy's Bartels-Stewart solution in all weights."""
    seen, targets = see(rng, n, 1, d), rng.standard_normal((n, 1))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    covariance = 0.1 / 4 * sgd_covariance(seen, model.weights(), targets, 0.3)
    inverse = np.linalg.pinv(covariance, rcond=1e-12, hermitian=True)
    moves = refits(seen, targets, model.training)
    expected = np.einsum("nd,de,ne->n", moves, inverse, moves) / 2
    np.testing.assert_allclose(model.sgd(rate=0.1, batch_size=4), expected, rtol=1e-8)


def test_sgd_shakes_the_weights_as_the_covariance_says(rng: np.random.Generator) -> None:
    """Two thousand runs of SGD scatter around the minimum as the steady state foretells."""
    seen, targets, decay = see(rng, 8, 1, 2), rng.standard_normal((8, 1)), 0.5
    model = SampleInformation(Training(decay)).fit(seen, targets)
    squares, R = information.reduced_jacobian(model.kernel_)
    errors = model.predict(seen) - targets
    noise = information.gradient_noise(R, errors)
    found = information.steady_state(noise, squares + decay, rate=2e-3, batch_size=2)
    J, r, w = seen.rows, (targets - seen.outputs)[:, 0], np.tile(model.weights(), (2000, 1))
    for _ in range(600):
        batch = rng.integers(8, size=(2000, 2))
        residuals = np.einsum("sbd,sd->sb", J[batch], w) - r[batch]
        gradient = 8 / 2 * np.einsum("sb,sbd->sd", residuals, J[batch]) + decay * w
        w -= 2e-3 * gradient
    V = np.linalg.lstsq(R, J, rcond=None)[0].T
    np.testing.assert_allclose(np.cov(w.T), V @ found @ V.T, rtol=0.15, atol=0.05 * found.max())


def test_white_noise_gives_cooks_form(rng: np.random.Generator) -> None:
    """Under Langevin noise, information is the move's length in the Hessian, times b / eta s^2."""
    seen, targets = see(rng), rng.standard_normal((N, 1))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    moves = model.weight_changes()
    hessian = seen.rows.T @ seen.rows + 0.3 * np.eye(D)
    expected = 8 / (0.1 * 2.0**2) * np.einsum("nd,de,ne->n", moves, hessian, moves)
    found = model.langevin(rate=0.1, batch_size=8, sigma=2.0)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_information_scales_with_the_noise(rng: np.random.Generator) -> None:
    """Information goes with b over eta, and with 1 over sigma squared."""
    seen, new, targets = see(rng), see(rng, M), rng.standard_normal((N, 1))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    for noisy in (model.sgd, model.langevin):
        plain = noisy(rate=0.2, batch_size=3)
        np.testing.assert_allclose(noisy(rate=0.1, batch_size=3), 2 * plain)
        np.testing.assert_allclose(noisy(rate=0.2, batch_size=6), 2 * plain)
    np.testing.assert_allclose(model.functional(new, sigma=3.0), model.functional(new) / 9)
    np.testing.assert_allclose(model.isotropic(sigma=3.0), model.isotropic() / 9)
    white = model.langevin(rate=0.2, batch_size=3, sigma=3.0)
    np.testing.assert_allclose(white, plain / 9)


def test_information_in_predictions_is_that_under_fisher_noise(rng: np.random.Generator) -> None:
    """Noise on the weights with the inverse Fisher matrix for covariance gives F-SI."""
    seen, new = see(rng, k=2, d=6), see(rng, M, 2, 6)
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, rng.standard_normal((N, 2)))
    fisher = new.rows.T @ new.rows / M
    found = information.smooth_information(model.weight_changes(), np.linalg.inv(fisher))
    np.testing.assert_allclose(model.functional(new), found, rtol=1e-8)


def test_samples_have_no_order_and_weights_no_axes(rng: np.random.Generator) -> None:
    """Permuting samples permutes their information, and rotating weights changes nothing."""
    seen, new, targets = see(rng), see(rng, M), rng.standard_normal((N, 1))
    model = SampleInformation(Training(weight_decay=0.3)).fit(seen, targets)
    order = rng.permutation(N)
    turn = np.linalg.qr(rng.standard_normal((D, D)))[0]
    turned = Linearised(seen.outputs[order], seen.jacobians[order] @ turn)
    again = SampleInformation(model.training).fit(turned, targets[order])
    np.testing.assert_allclose(again.isotropic(), model.isotropic()[order], rtol=1e-9)
    new_turned = Linearised(new.outputs, new.jacobians @ turn)
    np.testing.assert_allclose(again.functional(new_turned), model.functional(new)[order])
    sgd = {"rate": 0.1, "batch_size": 2}
    np.testing.assert_allclose(again.sgd(**sgd), model.sgd(**sgd)[order], rtol=1e-7)


def test_jacobians_come_in_either_shape(rng: np.random.Generator) -> None:
    """A table of all outputs is the same network, and one output needs no axis of its own."""
    seen = see(rng, k=3)
    np.testing.assert_array_equal(Linearised(seen.outputs, seen.rows).jacobians, seen.jacobians)
    one = see(rng)
    flat = Linearised(one.outputs[:, 0], one.jacobians[:, 0])
    np.testing.assert_array_equal(flat.jacobians, one.jacobians)
    assert len(flat) == len(flat.outputs) == N


@pytest.mark.parametrize(("k", "share"), [(1, 0.01), (2, 0.01), (1, 0.4), (1, 1)])
def test_the_least_informative_leave_first(k: int, share: float, rng: np.random.Generator) -> None:
    """The order is that of refitting what is left and dropping the lowest share, at least one."""
    seen, new, targets = see(rng, k=k), see(rng, M, k), rng.standard_normal((N, k))
    training, left, slow = Training(weight_decay=0.3), np.arange(N), []
    while len(left):
        model = SampleInformation(training).fit(seen[left], targets[left])
        lowest = np.argsort(model.functional(new))[: max(1, math.floor(share * len(left)))]
        slow += left[lowest].tolist()
        left = np.delete(left, lowest)
    kernel, to_new = tangent_kernel(seen, seen), tangent_kernel(new, seen)
    found = removal_order(kernel, targets - seen.outputs, to_new, training, share=share)
    assert found.tolist() == slow


@pytest.mark.parametrize("name", TRAININGS)
def test_the_last_sample_is_worth_all(name: str, rng: np.random.Generator) -> None:
    """Of one sample, the change is the whole training."""
    seen, targets = see(rng, 1, 2), rng.standard_normal((1, 2))
    model = SampleInformation(TRAININGS[name]).fit(seen, targets)
    np.testing.assert_allclose(model.weight_changes(), [model.weights()], rtol=1e-9)


def test_only_rescoring_keeps_one_of_each_pair(rng: np.random.Generator) -> None:
    """Scored once, both copies of a sample leave early; scored anew, one of them stays."""
    seen, new = see(rng), see(rng, M)
    targets, training = rng.choice([-3.0, 3.0], (N, 1)), Training(weight_decay=1e-3)
    pairs = np.r_[np.arange(N), np.arange(N)]
    kernel = tangent_kernel(seen[pairs], seen[pairs])
    residuals, to_new = (targets - seen.outputs)[pairs], tangent_kernel(new, seen[pairs])
    last = removal_order(kernel, residuals, to_new, training, share=0.01)[N:]
    assert len({*(last % N)}) == N
    last = removal_order(kernel, residuals, to_new, training, share=1)[N:]
    assert len({*(last % N)}) < N


@pytest.mark.parametrize(
    ("outputs", "jacobians", "said"),
    [
        pytest.param([1.0, math.nan], np.ones((2, 3)), "outputs hold 1 values", id="nan"),
        pytest.param([1.0, 2.0], [[1.0, math.inf], [0, 0]], "jacobians hold 1", id="infinity"),
        pytest.param([1.0, 2.0], np.ones((3, 4)), r"as \(2, 1, d\) or \(2, d\)", id="rows"),
        pytest.param(np.ones((2, 2)), np.ones((2, 4)), r"\(2, 2, d\) or \(4, d\)", id="outputs"),
        pytest.param(np.ones((2, 2, 2)), np.ones((2, 4)), r"samples by outputs", id="axes"),
        pytest.param([], np.ones((0, 4)), r"shape \(0, 1\)", id="empty"),
    ],
)
def test_what_no_network_sees_is_named(outputs: Array, jacobians: Array, said: str) -> None:
    """Outputs and Jacobians that do not fit each other raise an error that says how they would."""
    with pytest.raises(ValueError, match=said):
        Linearised(outputs, jacobians)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        pytest.param({"weight_decay": -1.0}, "weight_decay is -1.0", id="decay"),
        pytest.param({"steps": 0, "rate": 1.0}, "steps is 0", id="no-steps"),
        pytest.param({"steps": 5}, "rate is None: a finite training needs", id="no-rate"),
        pytest.param({"steps": 5, "rate": -0.1}, "rate is -0.1", id="uphill"),
        pytest.param({"steps": 2.5, "rate": 0.1}, "whole number, or set flow", id="half-steps"),
    ],
)
def test_a_training_that_makes_no_sense_is_named(numbers: dict[str, float], said: str) -> None:
    """Each number out of its range raises an error with its name and value."""
    with pytest.raises(ValueError, match=said):
        Training(**numbers)


def test_descent_that_diverges_is_named(rng: np.random.Generator) -> None:
    """A rate past 2 over the largest curvature is an error that gives the bound."""
    seen = see(rng)
    top = np.linalg.eigvalsh(seen.rows @ seen.rows.T).max() + 0.5
    diverging = SampleInformation(Training(0.5, steps=10, rate=2.001 / top))
    with pytest.raises(ValueError, match=f"give less than {2 / top:.3g}"):
        diverging.fit(seen, np.zeros(N))
    SampleInformation(Training(0.5, steps=10, rate=1.999 / top)).fit(seen, np.zeros(N))


def test_sgd_at_rest_is_named(rng: np.random.Generator) -> None:
    """Where every target is met no gradient has noise, and the error tells the remedy."""
    model = SampleInformation(Training()).fit(see(rng), rng.standard_normal(N))
    with pytest.raises(ValueError, match="SGD is at rest: train with weight decay"):
        model.sgd(rate=0.1, batch_size=2)
    assert np.isfinite(model.langevin(rate=0.1, batch_size=2)).all()


def test_noise_in_too_few_directions_is_named(rng: np.random.Generator) -> None:
    """Few samples with many outputs shake few directions, and the error says what it means."""
    seen, targets = see(rng, 4, 12, 60), rng.standard_normal((4, 12))
    model = SampleInformation(Training(weight_decay=1.0)).fit(seen, targets)
    with pytest.raises(ValueError, match="does not reach every direction"):
        model.sgd(rate=0.1, batch_size=2)
    assert np.isfinite(model.langevin(rate=0.1, batch_size=2)).all()


def test_bad_arguments_are_named(rng: np.random.Generator) -> None:
    """Targets of another shape, no noise, an odd share and an unfitted model each say so."""
    seen, new = see(rng, k=2), see(rng, M, 2)
    model = SampleInformation(Training(weight_decay=1.0))
    with pytest.raises(AttributeError, match="call fit first"):
        model.isotropic()
    with pytest.raises(ValueError, match=r"targets have shape \(9, 1\) and outputs \(9, 2\)"):
        model.fit(seen, np.zeros(N))
    model.fit(seen, np.zeros((N, 2)))
    with pytest.raises(ValueError, match=r"have \(2, 13\) and \(2, 14\) outputs and weights"):
        model.functional(see(rng, M, 2, D - 1))
    with pytest.raises(ValueError, match="sigma is 0"):
        model.functional(new, sigma=0)
    with pytest.raises(ValueError, match="batch_size is 0"):
        model.sgd(rate=0.1, batch_size=0)
    with pytest.raises(ValueError, match="share is 0"):
        removal_order(model.kernel_, model.residuals_, model.kernel_, model.training, share=0)


def test_jacobians_from_anywhere_will_do() -> None:
    """Without JAX, all but the module of networks can be imported."""
    code = "import sys; sys.modules['jax'] = None; import methods.sample_info"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_eigenvalues_of_rounding_count_as_none() -> None:
    """Only what stands out from the largest eigenvalue's last digits is positive."""
    found = linearised.above_rounding(np.array([-1e-3, 0.0, 1e-14, 1e-3, 100.0]))
    np.testing.assert_array_equal(found, [False, False, False, True, True])
