"""Words come apart into letters: the benchmark's images, its score, and who does well on it."""

import warnings
from collections.abc import Iterator
from string import ascii_lowercase

import numpy as np
import pytest
from sklearn.decomposition import PCA, FastICA
from threadpoolctl import threadpool_limits

from methods.linear_corex import Array, standardise
from methods.minsyn import MinSyn, model, synergy, words

N_HIDDEN = 3 * 7  # each place is known by seven letters, and the eighth by their absence
NOISE = 0.1


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


def pixels(strings: tuple[str, ...]) -> Array:
    """Return the pixels of each string that vary between words, one row for each string."""
    varies = np.ptp(words.draw(words.WORDS), axis=0) > 0
    return words.draw(strings)[:, varies]


@pytest.fixture(scope="module")
def x() -> Array:
    """Return the standardised pixels of the words."""
    return standardise(pixels(words.WORDS))[0]


@pytest.fixture(scope="module")
def encoders(x: Array) -> dict[str, Array]:
    """Return linear encoders (m, p) of standardised pixels."""
    with warnings.catch_warnings(action="ignore"):  # on ICA's convergence, of no concern here
        ica = FastICA(N_HIDDEN, whiten="unit-variance", random_state=0).fit(x).components_
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.standard_normal((N_HIDDEN, N_HIDDEN)))[0]
    settings = {"noise": NOISE, "random_state": 0}
    X = pixels(words.WORDS)
    return {
        "minsyn": MinSyn(N_HIDDEN, **settings).fit(X).weights_,
        "allowed": MinSyn(N_HIDDEN, price=0, **settings).fit(X).weights_,
        "pca": PCA(N_HIDDEN).fit(x).components_,
        "ica": ica,
        "turned": turn @ ica,
    }


@pytest.fixture(scope="module")
def slots(encoders: dict[str, Array]) -> dict[str, float]:
    """Return the slot R^2 of each encoder on strings that it never saw."""
    _, mean, scale = standardise(pixels(words.WORDS))
    unseen = (pixels(words.unseen()) - mean) / scale
    return {name: words.slot_r2(unseen @ V.T, words.unseen()) for name, V in encoders.items()}


def test_words_and_unseen_strings_are_all_there_are() -> None:
    """Each of the 512 strings is a word for training or a string for the test, never both."""
    assert len(words.WORDS) >= 120
    assert len(set(words.WORDS)) == len(words.WORDS)
    assert len(set(words.WORDS) | set(words.unseen())) == 512
    assert not set(words.WORDS) & set(words.unseen())


def test_every_letter_is_seen_in_training() -> None:
    """At each place, each letter stands in several words."""
    assert words.one_hot(words.WORDS).sum(axis=1).min() >= 4


def test_a_word_is_drawn_letter_by_letter() -> None:
    """The images of words that share a letter at a place agree there, and nowhere else."""
    man, mug = words.draw(["man", "mug"])
    assert man.shape == (words.HEIGHT, 3 * words.WIDTH)
    np.testing.assert_array_equal(man[:, : words.WIDTH], mug[:, : words.WIDTH])
    for place in (1, 2):
        columns = slice(place * words.WIDTH, (place + 1) * words.WIDTH)
        assert np.abs(man[:, columns] - mug[:, columns]).max() > 0.5


def test_letters_look_different() -> None:
    """There are as many images of a letter, each with ink of full strength, as letters."""
    images = words.draw(words.WORDS).reshape(-1, words.HEIGHT, 3, words.WIDTH)
    drawn = {image.tobytes() for image in images.transpose(0, 2, 1, 3).reshape(-1, 16, 14)}
    assert len(drawn) == len(set("".join(words.LETTERS)))
    assert images.max(axis=(1, 3)).min() > 0.9
    assert images.min() == 0


def test_the_images_have_seven_dimensions_for_each_place(x: Array) -> None:
    """Three places with eight letters each leave 21 directions in which images differ."""
    assert np.linalg.matrix_rank(x) == N_HIDDEN


def test_one_hot_marks_the_letters() -> None:
    """The letter at each place has a one, and all others a zero."""
    marks = words.one_hot(["spy"])
    found = [words.LETTERS[place][np.argmax(marks[place, 0])] for place in range(3)]
    assert found == ["s", "p", "y"]
    assert marks.sum() == 3


@pytest.mark.parametrize("string", ["xyz", "at", "spry", "SPY", ""])
def test_misspelt_strings_are_named(string: str) -> None:
    """A string of other letters, or of another length, is an error that shows the letters."""
    for task in (words.draw, words.one_hot):
        with pytest.raises(ValueError, match=f"'{string}' is not spelt with the letters asph"):
            task([string])


def test_latents_of_one_letter_score_one() -> None:
    """Latents that know the letter at one place, in any coding, have slot R^2 1 there."""
    strings = words.unseen()
    code = np.array(
        [[ascii_lowercase.index(a) ** k for a in word for k in (1, 2)] for word in strings]
    )
    assert words.slot_r2(code, strings) == pytest.approx(1)
    place = np.argmax(words.explained_by_place(code, strings), axis=0)
    np.testing.assert_array_equal(place, [0, 0, 1, 1, 2, 2])


def test_latents_of_all_letters_score_a_third() -> None:
    """A latent that weighs all places alike is explained by each to a third."""
    strings = (*words.WORDS, *words.unseen())  # every combination once, so places are independent
    shares = words.explained_by_place(words.one_hot(strings)[:, :, :1].sum(axis=0), strings)
    np.testing.assert_allclose(shares, 1 / 3)


def test_the_score_is_a_regression_on_indicators(x: Array) -> None:
    """R^2 is that of least squares on the one-hot letters of one place."""
    rng = np.random.default_rng(2)
    Z = x @ rng.standard_normal((x.shape[1], 2)) + rng.standard_normal((len(x), 2))
    for H, r2 in zip(
        words.one_hot(words.WORDS), words.explained_by_place(Z, words.WORDS), strict=True
    ):
        residual = Z - H @ np.linalg.lstsq(H, Z)[0]
        np.testing.assert_allclose(r2, 1 - residual.var(axis=0) / Z.var(axis=0))


def test_letters_that_do_not_occur_do_no_harm() -> None:
    """A few strings suffice for a score, whichever letters they leave out."""
    assert words.slot_r2([[1.0], [2.0]], ["spy", "hat"]) == pytest.approx(1)


@pytest.mark.parametrize("value", [3.0, np.nan])
def test_constant_latents_are_named(value: float) -> None:
    """A latent that says nothing has no R^2, and the error tells which one it is."""
    with pytest.raises(ValueError, match=r"latents \[1\] are constant"):
        words.slot_r2([[1.0, value], [2.0, value]], ["spy", "hat"])


def test_paying_for_synergy_separates_letters(slots: dict[str, float]) -> None:
    """MinSyn's latents keep to one place; with synergy allowed, or in PCA, they do not."""
    assert slots["minsyn"] >= 0.98
    assert slots["allowed"] <= 0.70
    assert slots["pca"] <= 0.75


def test_the_information_is_kept(x: Array, encoders: dict[str, Array]) -> None:
    """Both ends of the ablation tell nearly the same about the pixels."""
    paid, allowed = (
        synergy.information(*model.readout_correlations(encoders[name], x, NOISE)).mean()
        for name in ("minsyn", "allowed")
    )
    assert paid == pytest.approx(allowed, rel=0.05)


def test_synergy_has_its_order(x: Array, encoders: dict[str, Array]) -> None:
    """From MinSyn over ICA and PCA to ICA turned at random there is ever more CI synergy."""
    values = [
        synergy.ci_synergy(*model.readout_correlations(encoders[name], x, NOISE)).mean()
        for name in ("minsyn", "ica", "pca", "turned")
    ]
    assert np.all(np.diff(values) > 0.03)


def test_turning_two_latents_adds_synergy(x: Array, encoders: dict[str, Array]) -> None:
    """Latents of different letters have least synergy unturned, at the same information."""
    V = encoders["minsyn"] / (encoders["minsyn"] @ x.T).std(axis=1, keepdims=True)
    place = np.argmax(words.explained_by_place(x @ V.T, words.WORDS), axis=0)
    a, b = (int(np.argmax(place == here)) for here in (0, 2))
    told, lost = [], []
    for angle in np.radians([0, 15, 30, 45, -15, -30, -45]):
        turned = V.copy()
        turned[a] = np.cos(angle) * V[a] + np.sin(angle) * V[b]
        turned[b] = np.cos(angle) * V[b] - np.sin(angle) * V[a]
        R, Rz = model.readout_correlations(turned, x, NOISE)
        told.append(synergy.information(R, Rz).mean())
        lost.append(synergy.ci_synergy(R, Rz).mean())
    np.testing.assert_allclose(told, told[0], rtol=1e-9)
    assert np.argmin(lost) == 0
    assert lost[3] - lost[0] > 0.003
