"""The MIMIC-III benchmarks: four prediction tasks made of tables of intensive care.

Harutyunyan, Khachatrian, Kale, Ver Steeg and Galstyan, "Multitask learning and benchmarking with
clinical time series data", Scientific Data 6, 96 (2019), arXiv 1703.07771; the pipeline follows
their code, YerevaNN/mimic3-benchmarks. The data are described by Johnson et al., "MIMIC-III, a
freely accessible critical care database", Scientific Data 3, 160035 (2016). Nothing of MIMIC-III
is here: give the path of your own credentialed copy, or of the synthetic cohort.

    cohort.write(folder, subjects=2000, seed=0)      # CSV files of the schema
    report = episodes.extract(folder, target)        # the same call for a copy of MIMIC-III
    print(report.table(), *report.lines())           # rows kept and dropped, and problems
    stays = episodes.load(target)                    # hours (n,) and values (n, 17) of each stay

    samples = tasks.mortality(stays)  # or decompensation, length_of_stay, phenotyping
    X = features.extract(stays, samples.stay, samples.hour)  # (n, 714)
    # or, (n, bins, 76) and (n,):
    X, lengths = discretizer.discretise_all(stays, samples.stay, samples.hour)
    trained, validated, tested = splits.split(stays)  # places of stays, by subject
    samples.of(trained)                              # the samples of those stays only

Or all of it at once, to the results of the benchmark's linear models on all four tasks, in memory
that hardly grows with the cohort; a run that was stopped goes on where it was:

    python -m methods.mimic3 FOLDER TARGET [--published PARTS]

Models are in ``logistic`` (linear ones, on the 714 features) and ``networks`` (recurrent ones, on
the grid, in JAX); ``metrics`` judges both as the benchmark does, with bootstrap intervals.

Where the original is ambiguous there is an option: ``cleaning.Cleaning`` (inspired oxygen,
Fahrenheit, ranges, units, simultaneous values), ``features.extract(constant_skew=...)`` and
``discretizer.Grid(merge=...)`` (duplicate categories of the coma scale). By default we read as it
meant; ``Cleaning.published()``, ``benchmark.Settings.published()`` and ``splits.official`` do what
it did, which a test holds equal on a synthetic cohort, cell by channel and sample by stay.
"""
