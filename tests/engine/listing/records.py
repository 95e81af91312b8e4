"""Invented records of every sort, as many as one asks for, always the same ones."""

import random

OWNER = """owner:
  name: Ada Byron
  spellings: [A. Byron]
  site: https://byron.example
  repository: https://code.example/byron/site
"""
HOME = "---\ntitle: Ada Byron\n---\n\n[All publications](publications/index.qmd)\n"
ENGINE = [
    "engine", "loom", "tide", "wave", "lattice", "signal", "measure", "kernel", "spectrum",
    "tensor", "knot", "graph", "orbit", "cell", "glacier", "moss", "lantern", "harbour",
    "needle", "archive",
]  # fmt: skip
WORDS = ["on", "of", "in", "under", "with", "beyond", "between", "without", "toward"]
OTHERS = (
    "Doe, Jane", 'M{\\"u}ller, Max', "{\\O}rjan, Kari", "Ng, Wei", "O'Brien, Tom{\\'a}{\\v s}",
    "van der Waals, Ximena", "王, 小明", "Иванова, Анна", "محمدی, سارا", "Hovhannisyan, Արամ",
    "Gonz{\\'a}lez-Ruiz, Luc{\\'i}a", "Bj{\\o}rnsson, Quentin", "Sato, Hanako", "Okafor, Ngozi",
)  # fmt: skip
TITLES = (
    r"Rates of order $O(\sqrt{n \log n})$ for ${\ell}_1$ looms",
    "深度学习中的信息瓶颈：一种统一的观点",
    "Быстрые оценки ковариации временных рядов",
    "اندازه‌گیری اطلاعات در شبکه‌های عصبی",
    (
        "Über das Gefüge der Gezeiten: eine Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
        "bauunterbeamtengesellschaft erzählt"
    ),
    r"\emph{Moss} at CO$_2$ levels of 400 \& more",
)
VENUES = (
    ("article", "journal", "Journal of Invented Engines", "JIE"),
    ("inproceedings", "booktitle", "Proceedings of the Conference on Looms (LOOMS)", ""),
    ("inproceedings", "booktitle", "Symposium on Tides", "Tides"),
    ("article", "journal", ("Transactions of the Society for the Study of Very Long Names of"
     " Journals and of Their Abbreviations"), ""),
    ("incollection", "booktitle", "Handbook of Lanterns", ""),
    ("misc", "howpublished", "", ""),
    ("phdthesis", "school", "University of Invented Studies", ""),
    ("techreport", "institution", "Harbour Institute", ""),
)  # fmt: skip
NOTES = (
    "Best Paper Award",
    "Spotlight",
    (
        "Outstanding Paper, runner-up (one of the best tenth of a per cent of 12,000 submissions"
        " from ninety countries, as judged by the committee of the prize)"
    ),
)
TOPICS = ("tides", "looms", "Graph theory", "information", "moss", "harbours", "Lanterns", "knots")


def bibliography(count: int = 207, *, seed: int = 7) -> str:
    """Return the entries: long titles, thirty authors, formulas, other scripts, no years."""
    chance = random.Random(seed)
    return "\n".join(_entry(number, chance) for number in range(count))


def _entry(number: int, chance: random.Random) -> str:
    kind, field, venue, abbr = VENUES[number % len(VENUES)]
    fields = {"title": _title(number, chance), "author": _authors(number, chance)}
    fields |= {field: venue} if venue else {}
    fields |= {"abbr": abbr} if abbr else {}
    if number % 23:
        fields["year"] = "in press" if number % 29 == 1 else str(2026 - number * 15 // 220)
    if chance.random() < 0.6:
        fields |= {"eprint": f"2{number % 10}01.{number:05}", "archivePrefix": "arXiv"}
    if chance.random() < 0.5:
        fields["doi"] = f"10.5555/invented.{number}"
    if chance.random() < 0.3:
        fields["code"] = f"https://code.example/byron/{number}"
    if chance.random() < 0.2:
        fields["pdf"] = f"https://byron.example/{number}.pdf"
    if number % 11 == 3:
        fields["note"] = NOTES[number // 11 % len(NOTES)]
    if number % 50 == 2:
        fields |= {"selected": "true", "summary": "What was invented, and what it is good for."}
    fields["keywords"] = ", ".join(chance.sample(TOPICS, k=number % 4))
    fields["abstract"] = f"The abstract of work {number}, which no list shows."
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{work{number},\n{lines}}}"


def _title(number: int, chance: random.Random) -> str:
    if number % 9 == 4:
        return TITLES[number // 9 % len(TITLES)] + f", part {number}"
    length = 30 if number % 40 == 5 else chance.randint(2, 6)
    words = [chance.choice(ENGINE)]
    for _ in range(length):
        words += [chance.choice(WORDS), chance.choice(ENGINE)]
    return f"{' '.join(words).capitalize()}, part {number}"


def _authors(number: int, chance: random.Random) -> str:
    count = 30 if number % 20 == 7 else 9 if number % 20 == 9 else chance.randint(0, 7)
    names = [chance.choice(OTHERS) if n < len(OTHERS) else f"Helper{n}, H." for n in range(count)]
    names.insert(chance.randint(0, len(names)), "Byron, Ada")
    return " and ".join(names) + (" and others" if number % 33 == 8 else "")
