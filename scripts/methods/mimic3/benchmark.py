"""From a folder of CSV files to the results of all four tasks, in one call.

The models are the benchmark's linear ones, logistic regressions on the 714 features. Memory hardly
grows with the cohort: features are made for one part of the stays at a time, and of the samples
to train on no more than ``Settings.most`` are drawn, as many as the original takes. What is done
is kept in the target, so a run that was stopped goes on where it was.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3 import episodes, features, logistic, metrics, splits, tasks
from methods.mimic3.cleaning import Cleaning
from methods.mimic3.logistic import LogisticRegressions, Penalty
from methods.mimic3.metrics import Interval, Metric
from methods.mimic3.stays import Stay

Array = NDArray[np.float64]
Tell = Callable[[str], None]
Indices = NDArray[np.intp]
Part = tuple[Stay, ...]

_WINDOWS = 20_000
"""So many windows' features are in memory at once, besides those to train on: 110 MiB."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the benchmark is run; by default as we would, see ``published``."""

    cleaning: Cleaning = field(default_factory=Cleaning)
    constant_skew: Literal["nan", "zero"] = "nan"
    """The skewness of equal values: see ``features.extract``."""
    most: int = 100_000
    """So many samples of a task are trained on at most, drawn evenly."""
    redraw: Literal["patients", "samples"] = "patients"
    """What the bootstrap draws: see ``metrics.resample``."""
    seed: int = 0
    """Of the split, the samples drawn to train on, and the bootstrap."""

    @classmethod
    def published(cls) -> Self:
        """Return the settings of the published benchmark, ambiguities and all."""
        return cls(cleaning=Cleaning.published(), constant_skew="zero", redraw="samples")

    def __post_init__(self) -> None:
        """Raise ValueError where an option is none of those that there are."""
        for one in fields(self):
            choices, chosen = get_args(one.type), getattr(self, one.name)
            if choices and chosen not in choices:
                raise ValueError(f"{one.name} is {chosen!r}: give one of {choices}")
        if self.most < 1:
            raise ValueError(f"most is {self.most}: give at least one")


@dataclass(frozen=True)
class Task:
    """A task, the model of its answers, and its measures."""

    name: str
    samples: Callable[[Part], tasks.Samples]
    penalty: Penalty
    measures: dict[str, Metric]
    of_hours: bool = False
    """Whether the answer is a number of hours, which the model tells as one of ten bins."""


def _of_bins(truth: Array, guess: Array, counts: Array) -> Array:
    bins = [metrics.length_of_stay_bin(hours) for hours in (truth, guess)]
    return metrics.kappa(bins[0], bins[1], counts)


_RISK: dict[str, Metric] = {"AUROC": metrics.auroc, "AUPRC": metrics.auprc}
TASKS = (
    Task("mortality", tasks.mortality, logistic.MORTALITY, _RISK),
    Task("decompensation", tasks.decompensation, logistic.DECOMPENSATION, _RISK),
    Task(
        "length of stay",
        tasks.length_of_stay,
        logistic.LENGTH_OF_STAY,
        {"kappa": _of_bins, "MAD in hours": metrics.mean_absolute_deviation},
        of_hours=True,
    ),
    Task(
        "phenotypes",
        tasks.phenotyping,
        logistic.PHENOTYPES,
        {"macro AUROC": metrics.macro_auroc, "micro AUROC": metrics.micro_auroc},
    ),
)


def run(
    source: Path | str,
    target: Path | str,
    *,
    settings: Settings | None = None,
    official: Path | str | None = None,
    tell: Tell = lambda _: None,
) -> pd.DataFrame:
    """Return the results: columns task, measure, value, low, high, trained and tested.

    A measure that is not defined, as where nobody tested died, is NaN.

    ``source`` is as ``episodes.extract`` takes it; ``official`` is the folder of the benchmark's
    own parts, see ``splits.official``, or None for random ones. The target gets ``results.csv``,
    ``rows.csv`` (rows kept and dropped) and ``problems.txt``; ``tell`` hears of progress.
    Raise InputError where files cannot be used, ValueError where the target holds other things
    or a task has no sample to train or test on.
    """
    settings, target = settings or Settings(), Path(target)
    parts = _digest(() if official is None else _files(official))
    target.mkdir(parents=True, exist_ok=True)
    _check_own(target)
    options = episodes.Options(cleaning=settings.cleaning)
    report = episodes.extract(source, target / "episodes", options=options, tell=tell)
    made = _digest([target / "episodes" / "episodes.json"])
    _claim(target, asdict(settings) | {"parts": parts, "episodes": made})
    report.table().to_csv(target / "rows.csv", index=False, lineterminator="\n")
    lines = "".join(f"{line}\n" for line in report.lines())
    (target / "problems.txt").write_text(lines, encoding="utf-8")
    work = _Work(target, settings, _parts(target, settings, official), tell)
    found = pd.concat([work.result(task) for task in TASKS], ignore_index=True)
    found.to_csv(target / "results.csv", index=False, lineterminator="\n")
    return found


def _files(official: Path | str) -> list[Path]:
    """Return the files of the benchmark's own parts."""
    return [splits.locate(official, name) for name in splits.FILES]


def _digest(files: Iterable[Path]) -> str:
    """Return what changes with the content of files."""
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _check_own(target: Path) -> None:
    """Raise ValueError where the folder holds something, and nothing of a run."""
    known = {"settings.json", "episodes"}
    there = {path.name for path in target.iterdir()}
    if there and not there & known:
        raise ValueError(f"{target}: holds other files: name a new folder")


def _claim(target: Path, asked: dict[str, Any]) -> None:
    """Raise ValueError where the folder holds predictions of other settings, parts or episodes."""
    path = target / "settings.json"
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    if held != asked and any(target.glob("*.npz")):
        what = "holds a run with other settings or files"
        raise ValueError(f"{target}: {what}: name another folder")
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(asked, indent=1), encoding="utf-8")
    fresh.replace(path)


def _parts(target: Path, settings: Settings, official: Path | str | None) -> list[Indices]:
    """Return the places of stays to train on, validate on and test on."""
    subjects = [s.subject_id for part in episodes.iterate(target / "episodes") for s in part]
    if official is None:
        return list(splits.split(subjects, seed=settings.seed))
    return list(splits.official(subjects, official))


@dataclass(frozen=True)
class _Work:
    """What a run does with the episodes in its folder, once it is known who is in which part."""

    target: Path
    settings: Settings
    parts: list[Indices]
    tell: Tell

    def result(self, task: Task) -> pd.DataFrame:
        """Return the measures of a task on what is tested on."""
        path = self.target / f"{task.name}.npz"
        if not path.exists():
            self._predict(task, path)
        with np.load(path) as kept:
            truth, guess, owner = kept["truth"], kept["guess"], kept["owner"]
            trained = int(kept["trained"])
        rows = []
        for name, metric in task.measures.items():
            owners = owner if self.settings.redraw == "patients" else np.arange(len(owner))
            draws = metrics.resample(owners, rng=np.random.default_rng(self.settings.seed))
            try:
                interval = metrics.bootstrap_interval(metric, truth, guess, draws)
            except ValueError as error:
                interval = Interval(value=np.nan, low=np.nan, high=np.nan)
                self.tell(f"{task.name}: {name}: {error}")
            else:
                self.tell(f"{task.name}: {name} {interval.value:.3f}")
            rows.append({"task": task.name, "measure": name, **asdict(interval)})
        return pd.DataFrame(rows).assign(trained=trained, tested=len(truth))

    def _predict(self, task: Task, path: Path) -> None:
        """Train on a task's samples, and write what the model says of those to test on."""
        trained, _, tested = self.parts
        drawn = self._drawn(task, trained)
        _check_some(drawn, task, "train")
        blocks = list(self._windows(task, trained, drawn))
        x, y = (np.concatenate([block[part] for block in blocks]) for part in (0, 1))
        del blocks
        self.tell(f"{task.name}: fitting to {len(y):,} samples")
        model = _Model(task).fit(x, y)
        del x
        found = [(y, model.predict(x), who) for x, y, who in self._windows(task, tested)]
        truth, guess, owner = (np.concatenate(part) for part in zip(*found, strict=True))
        _check_some(truth, task, "test")
        fresh = path.with_suffix(".fresh.npz")
        np.savez(fresh, truth=truth, guess=guess, owner=owner, trained=len(y))
        fresh.replace(path)

    def _drawn(self, task: Task, stays: Indices) -> Indices:
        """Return which of the samples of stays are trained on, in order."""
        count = sum(len(samples) for _, samples in self._samples(task, stays))
        rng = np.random.default_rng(self.settings.seed)
        return np.sort(rng.permutation(count)[: self.settings.most])

    def _samples(self, task: Task, stays: Indices) -> Iterator[tuple[Part, tasks.Samples]]:
        """Yield parts of the episodes, each with its samples of these stays."""
        begin = 0
        for part in episodes.iterate(self.target / "episodes"):
            yield part, task.samples(part).of(stays[stays >= begin] - begin)
            begin += len(part)

    def _windows(
        self, task: Task, stays: Indices, drawn: Indices | None = None
    ) -> Iterator[tuple[Array, Array, NDArray[np.int64]]]:
        """Yield features, labels and subjects of the samples of stays, or of those drawn."""
        seen = done = 0
        for part, samples in self._samples(task, stays):
            mine = np.arange(len(samples))
            if drawn is not None:
                mine = drawn[(drawn >= seen) & (drawn < seen + len(samples))] - seen
            seen += len(samples)
            subjects = np.array([stay.subject_id for stay in part])
            for block in np.split(mine, range(_WINDOWS, len(mine), _WINDOWS)):
                stay, hour = samples.stay[block], samples.hour[block]
                skew = self.settings.constant_skew
                x = features.extract(part, stay, hour, constant_skew=skew)
                yield x, samples.label[block], subjects[stay]
            done += len(mine)
            self.tell(f"{task.name}: features of {done:,} samples made")


def _check_some(samples: NDArray[Any], task: Task, do: str) -> None:
    """Raise ValueError where there is none."""
    if not len(samples):
        raise ValueError(f"{task.name}: there is no sample to {do} on: give more stays")


class _Model:
    """The linear model of a task: of the remaining stay, the likeliest of ten bins in hours."""

    def __init__(self, task: Task) -> None:
        self.regressions, self.of_hours = LogisticRegressions(task.penalty), task.of_hours

    def fit(self, x: Array, y: Array) -> Self:
        """Fit to features and labels; a label of one value only is told by that."""
        if self.of_hours:
            self.hours = metrics.bin_hours(y)
            y = logistic.one_of_bins(metrics.length_of_stay_bin(y)).astype(np.float64)
        y = y.reshape(len(y), -1)
        self.alike, self.varied = y.mean(axis=0), np.ptp(y, axis=0) > 0
        if self.varied.any():
            self.regressions.fit(x, y[:, self.varied])
        return self

    def predict(self, x: Array) -> Array:
        """Return risks (n,), or (n, 25) of phenotypes, or remaining hours (n,)."""
        found = np.tile(self.alike, (len(x), 1))
        if len(x) and self.varied.any():
            found[:, self.varied] = self.regressions.predict(x)
        if self.of_hours:
            return logistic.most_likely_hours(found, self.hours)
        return found[:, 0] if found.shape[1] == 1 else found
