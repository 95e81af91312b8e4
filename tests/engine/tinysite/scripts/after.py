"""Add a file to the rendered site, as a project's post-render script may."""

import os
import sys
from pathlib import Path

output = Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"])
(output / f"after-{sys.argv[1]}.txt").write_text("written after the render", encoding="utf-8")
