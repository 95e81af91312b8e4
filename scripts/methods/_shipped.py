"""Real data that packages ship: read where they are installed, never copied here.

The packages themselves are not imported, as only their files are wanted.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd


def stock_returns(first: str = "2004", last: str = "2022") -> pd.DataFrame:
    """Return daily log returns in percent, days by 20 shares of the S&P 500, as skfolio ships them.

    Raise ModuleNotFoundError where that is not installed.
    """
    prices = pd.read_csv(
        _file("skfolio", "datasets/data/sp500_dataset.csv.gz"), index_col=0, parse_dates=True
    )
    # numpy publishes no type for what it gives back of a frame
    return 100 * np.log(prices).diff().loc[first:last].dropna()  # type: ignore[attr-defined,no-any-return]


def resting_brain() -> pd.DataFrame:
    """Return 250 scans by 31 regions of a resting brain's fMRI, as nitime ships them.

    Raise ModuleNotFoundError where that is not installed.
    """
    return pd.read_csv(_file("nitime", "data/fmri_timeseries.csv"))


def _file(package: str, path: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"no data of {package}: python -m pip install {package}")
    return Path(found.submodule_search_locations[0]) / path
