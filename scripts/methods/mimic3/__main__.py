"""The command ``python -m methods.mimic3 FOLDER TARGET``: from files to the tasks' results."""

import argparse
import sys
import time

from methods.mimic3.benchmark import Settings, run


def main(words: list[str] | None = None) -> int:
    """Run the benchmark; return 0, or 1 where files or a target cannot be used, 130 if stopped."""
    parser = argparse.ArgumentParser(prog="python -m methods.mimic3", description=__doc__)
    parser.add_argument("folder", help="of MIMIC-III's CSV files, compressed or not")
    parser.add_argument("target", help="new folder for results; of a run that stopped, its own")
    parser.add_argument(
        "--published",
        metavar="PARTS",
        help="take the published settings, and the parts that testset.csv and valset.csv name "
        "in this folder",
    )
    named = parser.parse_args(words)
    settings = Settings.published() if named.published else Settings()
    begin = time.monotonic()

    def tell(line: str) -> None:
        seconds = int(time.monotonic() - begin)
        sys.stderr.write(f"{seconds // 60:3}:{seconds % 60:02} {line}\n")

    try:
        found = run(
            named.folder, named.target, settings=settings, official=named.published, tell=tell
        )
    except (OSError, ValueError) as error:  # also InputError
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("stopped: the same command goes on from here\n")
        return 130
    sys.stdout.write(f"{found.round(3).to_string(index=False)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
