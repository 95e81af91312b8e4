"""Python imports this as it starts: in what a notebook starts, the run's witness wakes first.

Then it makes way for the ``sitecustomize`` of the machine or the author, if there is one.
"""

import importlib
import sys
from pathlib import Path

_here = str(Path(__file__).parent)
sys.path[:] = [path for path in sys.path if path != _here]
try:
    from portfolio.figures import witness
except ImportError:  # a Python that does not have the engine
    pass
else:
    witness.watch()
del sys.modules["sitecustomize"]
try:
    importlib.import_module("sitecustomize")
except ModuleNotFoundError:
    sys.modules["sitecustomize"] = sys  # the import that found this file wants something there
