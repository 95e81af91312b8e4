"""The objective of T-CorEx and its gradient, a block of variables at a time.

A block's arrays stay in the processor's cache, and blocks share only what factors sum up over
all variables. Equation numbers are those of notebooks/tcorex.ipynb.
"""

from dataclasses import dataclass

import numpy as np

from methods.tcorex.windows import Array, Band, Windows


@dataclass
class Block:
    """Some of the variables: b of them, in T periods with N samples in all."""

    x: Array
    """Standardised samples, shape (N, b)."""
    W: Array
    """Weights of m factors, shape (T, m, b)."""
    square: Array
    """Mean squares of the standardised samples of each period, shape (T, b)."""
    around: Array
    """Mean squares over the window of each period, shape (T, b)."""
    direct: Array
    """Derivative of the objective by the correlations with the variables, shape (T, m, b)."""


@dataclass(frozen=True)
class Factors:
    """The factors at given weights: sums over all variables."""

    Z: Array
    """Their means for each sample and each period's weights, shape (N, T, m): Eq. (1)."""
    WW: Array
    """Products of the weights of each period, shape (T, m, m)."""

    def __add__(self, other: "Factors") -> "Factors":
        return Factors(self.Z + other.Z, self.WW + other.WW)


@dataclass(frozen=True)
class Moments:
    """Second moments of the factors under a share of noise: Eqs. (5) and (6)."""

    eps: float
    z: Array
    """Deviations of the factors in the window of each period, shape (T, m)."""
    U: Array
    """Factors' means in units of their deviations, shape (N, T, m)."""
    G: Array
    """Second moments of the factors in the samples that judge a period, same units, (T, m, m)."""


@dataclass(frozen=True)
class Slopes:
    """The objective of a block, and its derivatives by what the blocks share."""

    value: float
    U: Array
    """By the factors' means, shape (N, T, m)."""
    G: Array
    """By their second moments, shape (T, m, m)."""
    z: Array
    """By the logarithms of their deviations, shape (T, m)."""

    def __add__(self, other: "Slopes") -> "Slopes":
        return Slopes(
            self.value + other.value, self.U + other.U, self.G + other.G, self.z + other.z
        )


def make_block(x: Array, W: Array, windows: Windows) -> Block:
    """Return the block of standardised samples x (N, b) with weights W (T, m, b)."""
    square = np.array([np.mean(x[rows] ** 2, axis=0) for rows in windows.own])
    return Block(x, W, square, windows.weights.T @ x**2, np.zeros_like(W))


def factors(block: Block, windows: Windows) -> Factors:
    """Return what the block adds to the factors; zero where a period does not see a sample."""
    n_periods, m, _ = block.W.shape
    Z = np.zeros((len(block.x), n_periods, m), block.W.dtype)
    for band in windows.bands:
        W = block.W[band.periods].reshape(-1, block.W.shape[2])
        seen = block.x[band.rows] @ W.T  # Eq. (1)
        Z[band.rows, band.periods] = seen.reshape(len(seen), -1, m)
    return Factors(Z, block.W @ block.W.transpose(0, 2, 1))


def moments(found: Factors, windows: Windows, eps: float) -> Moments:
    """Return Eqs. (5) and (6), with a share of noise eps in [0, 1]."""
    c, e = 1 - eps**2, eps**2
    squares = np.einsum("nt,ntj->tj", windows.weights, found.Z**2)
    z = np.sqrt(c * squares + e * np.einsum("tjj->tj", found.WW) + 1)  # Eq. (5)
    U = found.Z / z
    G = e * found.WW + np.eye(z.shape[1], dtype=z.dtype)
    G /= z[:, :, None] * z[:, None, :]
    for t, (rows, weights) in enumerate(windows.judges):
        G[t] += c * (weights * U[rows, t].T) @ U[rows, t]  # Eq. (6)
    return Moments(eps, z, U, G)


def heard(block: Block, known: Moments, windows: Windows, band: Band) -> Array:
    """Return what the factors of a band hear of the variables, shape (periods, m, b).

    These are their covariances with factors of unit variance, Eq. (5), but for the noise's share.
    """
    c = 1 - known.eps**2
    U = known.U[band.rows, band.periods]
    weighted = c * windows.weights[band.rows, band.periods, None] * U
    R = weighted.reshape(len(U), -1).T @ block.x[band.rows]
    return R.reshape(*U.shape[1:], -1)


def correlations(block: Block, known: Moments, windows: Windows) -> Array:
    """Return the correlations of factors and variables without noise, shape (T, m, b): Eq. (5)."""
    R = np.concatenate([heard(block, known, windows, band) for band in windows.bands])
    R /= np.sqrt(block.around)[:, None]
    return np.clip(R, -windows.largest, windows.largest, out=R)


def predict(block: Block, known: Moments, windows: Windows) -> Slopes:
    """Return the block's part of the objective, Eq. (9), and derivatives; set ``block.direct``."""
    c, e = 1 - known.eps**2, known.eps**2
    found = Slopes(0.0, np.zeros_like(known.U), np.zeros_like(known.G), np.zeros_like(known.z))
    errors = 0.0
    for band in windows.bands:
        R = heard(block, known, windows, band)
        for t, Rt in enumerate(R, band.periods.start):
            np.add(Rt, (e / known.z[t])[:, None] * block.W[t], out=Rt)
            errors += _judge(block, known, windows, t, Rt, found)
        dU = block.x[band.rows] @ R.reshape(-1, R.shape[2]).T
        weights = c * windows.weights[band.rows, band.periods, None]
        found.U[band.rows, band.periods] += weights * dU.reshape(len(dU), *R.shape[:2])
    return Slopes(errors, found.U, found.G, found.z)


def _judge(  # noqa: PLR0913, PLR0917  all that one period's errors hang on
    block: Block, known: Moments, windows: Windows, t: int, R: Array, found: Slopes
) -> float:
    """Return sum of log errors / 2 of a period; turn what is heard, R, into their derivative.

    Variables are in units of their deviation in the window, so R holds correlations whatever
    the periods around have; in other units it might pass 1, and Eq. (7) would believe it.
    """
    c, e = 1 - known.eps**2, known.eps**2
    unit, rows = np.sqrt(c * block.around[t] + e), windows.own[t]
    R /= unit
    M, square = R, np.ones_like(unit)
    if not windows.weighted:
        x = block.x[rows]
        M = (c / len(x) * known.U[rows, t]).T @ x
        M += (e / known.z[t])[:, None] * block.W[t]
        M /= unit  # Eq. (6)
        square = (c * block.square[t] + e) / unit**2
    errors, dR, dM, found.G[t], found.z[t] = _predict_period(
        R, M, known.G[t], square, windows.largest
    )
    dR /= unit
    dM /= unit
    np.add(dR, dM, out=block.direct[t])
    R[...] = block.direct[t] if windows.weighted else dR
    if not windows.weighted:
        found.U[rows, t] += c / len(x) * (x @ dM.T)
    return errors + float(np.log(unit).sum())


def _predict_period(
    R: Array, M: Array, G: Array, square: Array, largest: float
) -> tuple[float, Array, Array, Array, Array]:
    """Return sum of log errors / 2 of one period, and derivatives by R, M, G and log deviations.

    The arrays R and M have shape (m, b), G (m, m) and square (b,); none of them changes.
    """
    R = np.clip(R, -largest, largest)
    R2 = R * R
    K = 1 / (1 - R2)
    B = R * K  # Eq. (7)
    S1 = 1 + np.add.reduce(R * B, axis=0)
    A = B / S1  # Eq. (7)
    H = G @ A
    H -= M
    gain = np.add.reduce(A * H, axis=0)
    error = square + gain - np.add.reduce(A * M, axis=0)  # Eq. (8)
    dA = H / error
    dM = A / -error
    dG = dM @ A.T / -2
    dS = -gain / (error * S1)
    dR = dA * (1 + R2)
    dR /= S1
    dR += R * (2 * dS)
    K *= K
    dR *= K
    capped = np.abs(R) >= largest
    if capped.any():  # seldom
        dR[capped] = 0  # Eq. (5) is flat there
    dz = -np.einsum("ji,ji->j", dA, A) - np.einsum("ji,ji->j", dR, R)
    return float(np.log(error).sum()) / 2, dR, dM, dG, dz


def value(slopes: Slopes, known: Moments) -> float:
    """Return the objective of all periods, Eq. (9), in nats; less is better."""
    return slopes.value + float(np.log(known.z).sum())


@dataclass(frozen=True)
class Pull:
    """What a block needs for its gradient: Eq. (9) taken back to the weights."""

    Z: Array
    """Derivative by the factors' means, shape (N, T, m)."""
    WW: Array
    """Twice the derivative by the products of the weights, shape (T, m, m)."""
    direct: Array
    """What the block's own ``direct`` is multiplied with, shape (T, m)."""


def pull(slopes: Slopes, known: Moments, windows: Windows) -> Pull:
    """Return the derivatives by what the blocks share, taken back through Eqs. (5) and (6)."""
    c, e = 1 - known.eps**2, known.eps**2
    dlog = 1 + slopes.z  # by the logarithms of the deviations
    dU = slopes.U + c * windows.weights[:, :, None] * dlog * known.U
    for t, (rows, weights) in enumerate(windows.judges):
        dU[rows, t] += 2 * c * weights[:, None] * (known.U[rows, t] @ slopes.G[t])
    WW = 2 * e * slopes.G / (known.z[:, :, None] * known.z[:, None, :])
    diagonal = np.arange(known.z.shape[1])
    WW[:, diagonal, diagonal] += e * dlog / known.z**2
    return Pull(dU / known.z, WW, e / known.z)


def gradient(block: Block, pulled: Pull, windows: Windows) -> Array:
    """Return the derivative of Eq. (9) by the block's weights, shape (T, m, b)."""
    dW = np.empty_like(block.W)
    for band in windows.bands:
        x = block.x[band.rows]
        dZ = pulled.Z[band.rows, band.periods].reshape(len(x), -1)
        np.matmul(dZ.T, x, out=dW[band.periods].reshape(-1, x.shape[1]))
    if pulled.direct.any():
        dW += pulled.direct[:, :, None] * block.direct
        dW += pulled.WW @ block.W
    return dW
