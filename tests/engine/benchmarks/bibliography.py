"""How long 10,000 entries take to load, beside what pybtex takes to parse the same file.

Run it with ``python tests/engine/benchmarks/bibliography.py [ENTRIES]``; it prints one line a round
and the most memory that was in use.
"""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from pybtex.database.input.bibtex import Parser

from portfolio.records.bibliography import load_bibliography
from portfolio.records.people import names

FAMILIES = ["Smith", "Li", "Müller", r"M{\"u}ller", "San Martin", "van der Berg", r"Erd{\H o}s"]
FAMILIES += ["O'Neil", "Byronson*", "Abu-El-Haija", r"{\'O} Briain", "{The ATLAS Collaboration}"]
WORDS = "deep learning of structure for graphs with noise and bounds in high dimensions".split()  # noqa: SIM905  words read best as words
ROUNDS = 3


def bibliography(count, seed):
    """Return the text of ``count`` entries: a tenth with formulas, a tenth with emphasis."""
    chance = random.Random(seed)
    return "\n".join(entry(number, chance) for number in range(count))


def entry(number, chance):
    """Return one entry with what an export gives: authors, venue, identifiers, an abstract."""
    authors = " and ".join(
        f"{chance.choice(FAMILIES)}, {chance.choice('ABCDEFGH')}{chance.choice(['.', 'nna'])}"
        for _ in range(chance.randint(2, 6))
    )
    title = " ".join(chance.choices(WORDS, k=9))
    marked = {0: r"$\alpha$-divergence and ", 1: r"\emph{E. coli} and ", 2: r"{TideNet} \& "}
    abstract = " ".join(chance.choices(WORDS, k=120))
    return f"""@article{{key{number},
  title = {{{marked.get(number % 10, "")}{title} {number}}},
  author = {{{authors}}},
  journal = {{Journal of {chance.choice(WORDS)}}},
  volume = {{{number % 50}}}, number = 3, pages = {{{number}--{number + 9}}},
  year = {{{1990 + number % 35}}}, month = mar,
  doi = {{10.1000/abc.{number}}},
  url = {{https://example.org/~{number}}},
  abstract = {{{abstract} -- 50\\% of $n_{{{number % 100}}}$.}},
}}
"""


def seconds(do):
    """Return the processor's seconds that calling ``do`` takes."""
    start = time.process_time()
    do()
    return time.process_time() - start


def main():
    """Time both readers in turn, the names we remember forgotten before each round."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "publications", "publications.bib")
        path.parent.mkdir()
        for number in range(ROUNDS):
            text = bibliography(count, seed=number)
            path.write_text(text, encoding="utf-8")
            names.parse_name.cache_clear()
            ours = seconds(lambda: load_bibliography(Path(folder)))
            theirs = seconds(lambda: Parser().parse_file(str(path)))
            print(f"ours {ours:.2f} s, pybtex {theirs:.2f} s, ratio {ours / theirs:.2f}")  # noqa: T201  for people to read
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(text) / 1e6:.1f} MB of BibTeX, {peak:.0f} MiB at most")  # noqa: T201  the same


if __name__ == "__main__":
    main()
