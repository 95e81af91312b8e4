"""How long 10,000 entries take to load and to export, beside what pybtex takes to parse them.

Run it with ``python tests/engine/benchmarks/bibliography.py [ENTRIES]``; each round it prints the
processor's seconds for loading, and for ``portfolio export --format csl-json`` as a program beside
one that only parses; at last the most memory that was in use.
"""

import random
import resource
import subprocess
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
PARSE = """
from pybtex.database.input.bibtex import Parser
Parser().parse_file("publications/publications.bib")
"""


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


def seconds_of(folder, *command):
    """Return the processor's seconds that a program takes in ``folder``, from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def most():
    """Return the MiB that this process or one of its programs had in use at most."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(one.ru_maxrss for one in used) / 1024


def say(what, ours, theirs):
    """Print how long ours and pybtex's take, and their ratio."""
    print(f"{what}: ours {ours:.2f} s, pybtex {theirs:.2f} s, ratio {ours / theirs:.2f}")  # noqa: T201  for people to read


def main():
    """Time both in turn, the names we remember forgotten before each round."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "publications", "publications.bib")
        path.parent.mkdir()
        Path(folder, "_quarto.yml").write_text("project: {type: portfolio}\n")
        for number in range(ROUNDS):
            text = bibliography(count, seed=number)
            path.write_text(text, encoding="utf-8")
            names.parse_name.cache_clear()
            ours = seconds(lambda: load_bibliography(Path(folder)))
            theirs = seconds(lambda: Parser().parse_file(str(path)))
            say("load", ours, theirs)
            export = seconds_of(folder, "-m", "portfolio", "export", "--format", "csl-json")
            say("export", export, seconds_of(folder, "-c", PARSE))
    print(f"{len(text) / 1e6:.1f} MB of BibTeX, {most():.0f} MiB at most by any")  # noqa: T201  the same


if __name__ == "__main__":
    main()
