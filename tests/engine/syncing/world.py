"""Two hundred works that nobody wrote, and what four services and a bibliography say of them.

`world` makes them from a seed. Each has a number, its label: two records are of one work if they
have the same label, whatever they say; that is how false merges are counted. The kinds of
difficulty, with their counts, are those of `CASES`, and `expected` is the group in which a work
belongs; where nothing that services tell can decide, that is the doubtful one.
"""

import random
from dataclasses import dataclass, field

OWNER = "Ada Byron"
_WORDS = """
Bea Cyd Dan Eve Fay Gus Hal Ida Jon Kim Lea Max Nia Ole Pia Quin Ron Sue Tom Uma
Ash Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Katsura Larch Maple Nutmeg Oak Pine Quince
Fast Robust Sparse Deep Causal Private Fair Online Exact Lazy Convex Linear
waves tides currents reefs storms glaciers rivers dunes clouds forests harbours lagoons estuaries
forecasting mapping sampling ranking denoising counting tracing bounding
"""
_FIRST, _LAST, _HOW, _WHAT, _DOING = (line.split() for line in _WORDS.strip().split("\n"))
_JOURNALS = ("Journal of Invented Oceans", "Annals of Salt", "Sea Letters")
_MEETINGS = ("Conference on Neural Tides", "International Symposium on Foam")


@dataclass
class World:
    """What is asked and answered: works by service, entries, and what is true of them."""

    bib: list = field(default_factory=list)
    orcid: list = field(default_factory=list)
    openalex: list = field(default_factory=list)
    dblp: list = field(default_factory=list)
    arxiv: list = field(default_factory=list)
    expected: dict = field(default_factory=dict)
    case_of: dict = field(default_factory=dict)


class Maker:
    """Makes works of one world, each by the rules of its case."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.world = World()
        self.titles = set()
        self.label = 0

    def title(self):
        """Return a title that no other work has, of five words or so."""
        while True:
            how, what, doing = (self.chance.choice(some) for some in (_HOW, _WHAT, _DOING))
            more, other = self.chance.choice(_HOW).lower(), self.chance.choice(_WHAT)
            title = f"{how} {doing} of {what} under {more} {other}"
            if title not in self.titles and what != other:
                self.titles.add(title)
                return title

    def people(self, count=3):
        """Return the owner among others."""
        drawn = self.chance.sample(_LAST, count - 1)
        names = [f"{self.chance.choice(_FIRST)} {family}" for family in drawn]
        names.insert(self.chance.randrange(count), OWNER)
        return names

    def work(self, case, group, **said):
        """Return a work's record with a label of its own, published in a journal unless said."""
        self.label += 1
        self.world.expected[self.label] = group
        self.world.case_of[self.label] = case
        return self.like({"label": self.label}, **said)

    def like(self, work, **said):
        """Return another record of a work, or the first one."""
        year = work.get("year") or self.chance.randrange(2012, 2024)
        number = self.chance.randrange(1000, 9999)
        base = {
            "kind": "article",
            "venue": self.chance.choice(_JOURNALS),
            "title": work.get("title") or self.title(),
            "authors": work.get("authors") or self.people(),
            "year": year,
            "volume": str(year - 2000),
            "pages": f"{number}-{number + 12}",
            "doi": f"10.1000/w{work['label']}",
        }
        return base | work | said

    def preprint(self, work, **said):
        """Return the preprint of a work."""
        plain = {"kind": "misc", "venue": "", "volume": "", "pages": "", "doi": ""}
        number = f"{work['year'] % 100:02}01.{work['label']:05}"
        return work | plain | {"arxiv": number, "year": work["year"] - 1} | said

    def told(self, **records):
        """Have services tell records; each has a name of its own there."""
        for service, record in records.items():
            known = getattr(self.world, service)
            named = record | {"name": f"W{len(known) + 1}", "code": len(known) + 1}
            if service == "dblp":
                named["name"] = f"conf/x/Y{len(known) + 1}"
            known.append(named)

    def have(self, record, **said):
        """Have an entry in the bibliography."""
        self.world.bib.append(record | {"key": f"own{len(self.world.bib) + 1}"} | said)


def plain(make):
    """Everybody tells the same."""
    work = make.work("plain", "same")
    make.have(work)
    make.told(orcid=work, openalex=work, dblp=work)


def missing(make):
    """Two services tell what is not here."""
    work = make.work("missing", "missing")
    make.told(orcid=work, openalex=work)


def without_identifiers(make):
    """Have a paper of a meeting that gives no DOI, under a venue abbreviated in our own entry."""
    venue = "Advances in Neural Information Processing Systems"
    work = make.work("without identifiers", "same", kind="inproceedings", venue=venue, doi="",
                     volume="")  # fmt: skip
    make.have(work, venue="NeurIPS", pages="")
    make.told(orcid=work | {"authors": [OWNER]}, dblp=work)


def missing_without_identifiers(make):
    """Leave such a paper out here."""
    work = make.work("missing without identifiers", "missing", kind="inproceedings", doi="",
                     venue=make.chance.choice(_MEETINGS), volume="")  # fmt: skip
    make.told(orcid=work | {"authors": [], "pages": ""}, dblp=work)


def published_since(make):
    """Have a preprint that is published there, where OpenAlex knows both places."""
    work = make.work("published since", "published")
    preprint = make.preprint(work)
    make.have(preprint)
    make.told(openalex=work | {"arxiv": preprint["arxiv"]}, arxiv=preprint, orcid=work)


def published_unlinked(make):
    """Have a preprint that is published there, as only title and people tell."""
    work = make.work("published since, unlinked", "published")
    make.have(make.preprint(work, year=work["year"] - 2))
    make.told(orcid=work | {"authors": [OWNER]}, dblp=work)


def renamed(make):
    """Publish a preprint under another title, as an identifier tells."""
    work = make.work("renamed", "published")
    preprint = make.preprint(work, title=make.title())
    make.have(preprint)
    make.told(openalex=work | {"arxiv": preprint["arxiv"]}, arxiv=preprint | {"doi": work["doi"]})


def renamed_version_of(make):
    """Publish it so, as ORCID's relationship of the two tells."""
    work = make.work("renamed, version of", "published")
    preprint = make.preprint(work, title=make.title())
    make.have(preprint)
    related = {"version_of": [f"10.48550/arxiv.{preprint['arxiv']}"]}
    make.told(orcid=work | related)


def renamed_here(make):
    """Our own entry has an older title under the same DOI."""
    work = make.work("renamed here", "same")
    make.have(work, title=make.title())
    make.told(orcid=work, openalex=work)


def renamed_unlinked(make):
    """Publish a preprint under nearly its title, as only likeness tells."""
    work = make.work("renamed, unlinked", "doubtful")
    make.have(make.preprint(work, title=work["title"].replace(" under ", " beyond ")))
    make.told(dblp=work)


def subtitled(make):
    """There it has a subtitle, here it has none."""
    work = make.work("subtitled", "same", doi="")
    make.have(work, volume="", pages="")
    make.told(dblp=work | {"title": f"{work['title']}: a view from the shore"})


def reordered(make):
    """Turn the order of the authors around, and abbreviate their first names."""
    work = make.work("reordered", "same", doi="")
    short = [f"{name[0]}. {name.split()[1]}" for name in reversed(work["authors"])]
    make.have(work)
    make.told(dblp=work | {"authors": short}, openalex=work | {"authors": short})


def two_preprints(make):
    """Have a work lie at arXiv and at another server, which gives a DOI."""
    work = make.work("two preprints", "same")
    preprint = make.preprint(work)
    make.have(preprint)
    other = preprint | {"doi": f"10.1101/2020.01.02.{work['label']:06}", "arxiv": ""}
    make.told(arxiv=preprint, openalex=other | {"venue": "bioRxiv"}, orcid=other)


def twice(make):
    """Two papers with one title by the same people: at a meeting, and in a journal a year later."""
    first = make.work("one title, two DOIs", "same", kind="inproceedings", volume="",
                      venue=_MEETINGS[0])  # fmt: skip
    said = {name: first[name] for name in ("title", "authors")}
    second = make.work("one title, two DOIs", "missing", **said, year=first["year"] + 1)
    make.have(first)
    make.told(orcid=first, openalex=first)
    make.told(orcid=second, openalex=second, dblp=second)


def yearly(make):
    """Give the report of each year one title, in another volume."""
    first = make.work("yearly", "same", doi="")
    said = {name: first[name] for name in ("title", "authors", "venue")}
    year = first["year"] + 1
    second = make.work("yearly", "missing", **said, doi="", year=year, volume=str(year - 2000))
    make.have(first)
    make.told(dblp=first)
    make.told(dblp=second)


def parts(make):
    """Divide a work into two parts."""
    first = make.work("parts", "same", doi="")
    title = first["title"]
    second = make.work("parts", "missing", doi="", year=first["year"], authors=first["authors"],
                       title=f"{title}: Part II")  # fmt: skip
    make.have(first)
    make.told(dblp=first)
    make.told(dblp=second)


def namesakes(make):
    """Other people gave a work the same title; the owner wrote both with others."""
    first = make.work("one title, other people", "same", authors=["Bea Ash", OWNER, "Cyd Elm"])
    others = ["Dan Fir", "Eve Oak"]
    second = make.work("one title, other people", "ignored", title=first["title"], authors=others,
                       year=first["year"])  # fmt: skip
    make.have(first)
    make.told(orcid=first, openalex=first)
    make.told(openalex=second)


def foreign(make):
    """OpenAlex gives a work of others to the owner."""
    work = make.work("wrong person", "ignored", authors=["Gus Teak", "Ida Rowan"])
    make.told(openalex=work)


def namesake(make):
    """OpenAlex gives the work of somebody of the same name to the owner."""
    people = [OWNER, "Zeno Zucchini", "Yara Yam"]
    make.told(openalex=make.work("namesake", "doubtful", authors=people, venue="Acta Dentalia"))


def retracted(make):
    """Retract a paper whose entry does not say so."""
    work = make.work("retracted", "corrected")
    make.have(work)
    make.told(orcid=work, openalex=work | {"retracted": True})


def erratum(make):
    """Publish a notice about a paper under a DOI of its own."""
    work = make.work("erratum's paper", "same")
    title = f"Correction to: {work['title']}"
    notice = make.work("erratum", "corrected", title=title, authors=work["authors"],
                       year=work["year"] + 1)  # fmt: skip
    make.have(work)
    make.told(orcid=work, openalex=work)
    make.told(openalex=notice, orcid=notice)


def moved(make):
    """Tell of a DOI another venue than the entry does."""
    work = make.work("moved", "corrected", venue="Annals of Salt")
    make.have(work, venue="Zoological Quarterly")
    make.told(orcid=work, openalex=work)


def written_in_latex(make):
    """Our own title and names are in LaTeX."""
    work = make.work("LaTeX", "same", title=f"{make.title()} in Zürich, 50% naïve", doi="")
    authors = ["Ada Byron", "Jürgen Müller"]
    latex = work["title"].replace("ü", '{\\"u}').replace("ï", '{\\"\\i}').replace("%", "\\%")
    make.have(
        work | {"authors": ["Byron, Ada", 'M{\\"u}ller, J{\\"u}rgen'], "latex": f"{{{latex}}}"}
    )
    make.told(openalex=work | {"authors": authors}, orcid=work | {"authors": authors})


def foreign_script(make):
    """Write title and names in another script."""
    title = f"海浪的预测与测量方法研究 第{make.label}号"
    work = make.work("other script", "same", title=title, authors=["张 伟", OWNER], doi="")
    make.have(work)
    make.told(orcid=work, openalex=work)


def bare(make):
    """ORCID tells a title and a year of what is here, and nothing else."""
    work = make.work("bare", "same")
    make.have(work)
    make.told(orcid=work | {"doi": "", "authors": [], "venue": "", "pages": ""})


CASES = {
    plain: 44, missing: 22, without_identifiers: 14, missing_without_identifiers: 8,
    published_since: 14, published_unlinked: 10, renamed: 8, renamed_version_of: 5,
    renamed_here: 5, renamed_unlinked: 2, subtitled: 8, reordered: 8, two_preprints: 6, twice: 4,
    yearly: 2, parts: 3, namesakes: 2, foreign: 5, namesake: 2, retracted: 2, erratum: 2, moved: 2,
    written_in_latex: 3, foreign_script: 2, bare: 4,
}  # fmt: skip
"""How many times each case is made; `twice` and the four like it make two works each."""


def world(seed=16):
    """Return the two hundred works, in an order that tells nothing."""
    make = Maker(seed)
    for case, times in CASES.items():
        for _ in range(times):
            case(make)
    for service in ("bib", "orcid", "openalex", "dblp", "arxiv"):
        make.chance.shuffle(getattr(make.world, service))
    return make.world
