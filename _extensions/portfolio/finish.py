"""After rendering: let the engine complete the site."""

import sys

from portfolio.__main__ import main

sys.exit(main(["finish"]))
