"""Training, validation and test parts, by patient."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.mimic3.reports import InputError
from methods.mimic3.stays import Stay

Indices = NDArray[np.intp]

FILES = ("testset.csv", "valset.csv")
"""Who is tested and validated on in the published benchmark, as its repository names them."""


def split(
    stays: Sequence[Stay | int], *, validation: float = 0.15, test: float = 0.15, seed: int = 0
) -> tuple[Indices, Indices, Indices]:
    """Return the places of the stays to train on, to validate on, and to test on.

    ``stays`` are stays, or the subject of each. No subject is in two parts. Shares are of
    subjects, as near as whole subjects allow; the parts hang on the seed and the set of subjects,
    not on the order of stays. The original fixes 15 % of the subjects for testing, and 18 % of
    the others for validation: see ``official``.
    """
    if not (validation >= 0 and test >= 0 and validation + test < 1):
        raise ValueError(
            f"validation is {validation} and test {test}: give shares that leave some to train on"
        )
    subject_of = _subjects(stays)
    subjects = np.random.default_rng(seed).permutation(np.unique(subject_of))
    cuts = np.rint(len(subjects) * np.array([test, test + validation])).astype(int)
    tested, validated, _ = np.split(subjects, cuts)
    return _places(subject_of, validated, tested)


def official(stays: Sequence[Stay | int], folder: Path | str) -> tuple[Indices, Indices, Indices]:
    """Return the places of the stays of the benchmark's own parts, as ``split`` does.

    ``folder`` holds the ``FILES`` of YerevaNN/mimic3-benchmarks: lines ``subject,1`` for the
    subjects of a part and ``subject,0`` for others; whom neither names is trained on. Raise
    InputError where a file cannot be used, or a subject is in both parts.
    """
    paths = [locate(folder, name) for name in FILES]
    tested, validated = map(_named, paths)
    if both := sorted(tested & validated):
        what = f"{paths[1]}: {both[0]}: is in {FILES[0]} too: take one of them out"
        raise InputError([what])
    subject_of = _subjects(stays)
    return _places(subject_of, sorted(validated), sorted(tested))


def _subjects(stays: Sequence[Stay | int]) -> NDArray[np.int64]:
    each = [stay.subject_id if isinstance(stay, Stay) else stay for stay in stays]
    return np.array(each, dtype=np.int64)


def locate(folder: Path | str, name: str) -> Path:
    """Return the path of one of the ``FILES``; raise InputError where it is missing."""
    path = Path(folder, name)
    if not path.is_file():
        raise InputError([f"{path}: is missing: copy it from mimic3-benchmarks"])
    return path


def _named(path: Path) -> set[int]:
    """Return the subjects that a file puts into its part."""
    named = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        subject, _, chosen = line.strip().partition(",")
        if not (subject.isdecimal() and chosen in {"0", "1"}):
            raise InputError([f"{path}:{number}: is no subject and 0 or 1 ({line}): write 100,0"])
        if chosen == "1":
            named.add(int(subject))
    return named


def _places(
    subject_of: NDArray[np.int64], validated: ArrayLike, tested: ArrayLike
) -> tuple[Indices, Indices, Indices]:
    test, validation = np.isin(subject_of, tested), np.isin(subject_of, validated)
    parts = (~test & ~validation, validation, test)
    trained_on, validated_on, tested_on = map(np.flatnonzero, parts)
    return trained_on, validated_on, tested_on
