"""Training, validation and test parts, by patient."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from methods.mimic3.stays import Stay

Indices = NDArray[np.intp]


def split(
    stays: Sequence[Stay], *, validation: float = 0.15, test: float = 0.15, seed: int = 0
) -> tuple[Indices, Indices, Indices]:
    """Return the places of the stays to train on, to validate on, and to test on.

    No subject is in two parts. Shares are of subjects, as near as whole subjects allow; the
    parts hang on the seed and the set of subjects, not on the order of stays. The original
    fixes 15 % of the subjects for testing, and 18 % of the others for validation.
    """
    if not (validation >= 0 and test >= 0 and validation + test < 1):
        raise ValueError(
            f"validation is {validation} and test {test}: give shares that leave some to train on"
        )
    subject_of = np.array([stay.subject_id for stay in stays], dtype=np.int64)
    subjects = np.random.default_rng(seed).permutation(np.unique(subject_of))
    cuts = np.rint(len(subjects) * np.array([test, test + validation])).astype(int)
    tested, validated, trained = np.split(subjects, cuts)
    places = [np.flatnonzero(np.isin(subject_of, part)) for part in (trained, validated, tested)]
    return places[0], places[1], places[2]
