"""What became of every file of a source, and how many papers it holds by another count."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from portfolio.content import files
from portfolio.moving.keys import title_of
from portfolio.moving.source import Source

_TEMPLATES = re.compile(
    r"(?:.*/)?(?:_layouts|_includes|_sass|_plugins|_extensions|_styles|_scripts|layouts|themes|node_modules"
    r"|bin|_cite|_site|assets/(?:css|js|fonts|webfonts|libs|plotly|bibliography)|archetypes|i18n"
    r"|lighthouse_results)/.*"
    r"|.*\.(?:s?css|js|rb|lock|woff2?|ttf|eot|map|liquid|gemspec|ya?ml\.example|sh|Rproj|ejs|lua)"
    r"|(?:.*/)?(?:Gemfile.*|LICENSE.*|README.*|CONTRIBUTING.*|CHANGELOG.*|FAQ.*|INSTALL.*"
    r"|CUSTOMIZE.*|ANALYTICS.*|SEO.*|TROUBLESHOOTING.*|QUICKSTART.*|AGENTS.*|CLAUDE.*|Makefile"
    r"|Dockerfile.*|docker-compose.*|package.*\.json|purgecss.*|robots\.txt|netlify\.toml|theme.*"
    r"|hugoblox\.ya?ml|go\.(?:mod|sum)|_config.*\.ya?ml|404\.(?:md|html)|requirements\.txt|_quarto.*\.ya?ml|_metadata\.ya?ml|_brand\.ya?ml|CNAME|favicon.*"
    r"|browserconfig\.xml|.*\.webmanifest|sitemap\.xml|index\.xml)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*[{(]", re.MULTILINE)
_NO_PAPERS = {"comment", "string", "preamble", "xdata", "set", "control"}
_SHOWN = 4
_WAYS = {
    ".md": "copy its text into a page of yours, NAME.qmd",
    ".html": "copy its text into a page of yours, NAME.qmd",
    ".qmd": "copy it, and see what `portfolio check` says",
    ".bib": "import it by itself",
    ".ipynb": "copy it into notebooks/ if a paper has its name",
    ".yml": "nothing reads it here",
    ".json": "nothing reads it here",
}
_PICTURE = "no page that came along names it"
_OUTPUTS = ("docs", "_site", "public", "_book", "_freeze", "site_libs")
_SETTINGS = ("_quarto.yml", "_config.yml", "hugo.yaml", "config.toml", "go.mod", "content")
_TITLE = re.compile(r"^[ \t]*title\s*=\s*[{\"](.*?)[}\"]\s*,?[ \t]*$", re.MULTILINE | re.IGNORECASE)


def entries_in(text: str) -> int:
    """Return how many entries a .bib begins, by its lines alone and not by our reader."""
    return sum(kind.lower() not in _NO_PAPERS for kind in _ENTRY.findall(text))


def other_lists(
    source: Source, taken: Collection[Path], papers: int, titles: Collection[str]
) -> Iterator[str]:
    """Yield the .bib files that were not read, and how many papers each holds.

    Those whose ``titles`` are all among the papers that came along are not named.
    """
    made = made_in(source)
    for path in files(source.root, source.root, apart=made):
        if path.suffix == ".bib" and path not in taken:
            text = path.read_text(encoding="utf-8", errors="replace")
            count = entries_in(text)
            told = [title_of(one.strip("{}")) for one in _TITLE.findall(text)]
            if count == len(told) and set(told) <= set(titles):
                continue
            more = ", which is more" if count > papers else ""
            if count:
                yield f"{source.name(path)} holds {_count(count, 'paper')}{more}: import it too?"


def made_in(source: Source) -> frozenset[str]:
    """Return the folders that hold what was made of the rest."""
    there = (name for name in _OUTPUTS if (source.root / name / "index.html").is_file())
    is_made = any((source.root / name).exists() for name in _SETTINGS)
    return frozenset(there if is_made else ())


def left_behind(source: Source, taken: Collection[Path], samples: Collection[Path]) -> list[str]:
    """Return lines that account for each file of a source: the first says how many are what."""
    here, own = 0, 0
    made, made_files = made_in(source), defaultdict[str, int](int)
    by_place = defaultdict[tuple[str, str], list[str]](list)
    for path in files(source.root, source.root):
        name = source.name(path)
        folder, top = name.rpartition("/")[0], name.partition("/")[0]
        if path in samples:
            by_place["", "a sample of the template"].append(name)
        elif path in taken:
            here += 1
        elif top in made:
            made_files[top] += 1
        elif _TEMPLATES.fullmatch(name):
            own += 1
        else:
            by_place[folder, _WAYS.get(path.suffix.lower(), _PICTURE)].append(name)
    rest = sum(map(len, by_place.values()))
    total = here + own + rest + sum(made_files.values())
    lines = [f"  of {_count(total, 'file')} {here} came along or were read, {rest} did not:"]
    lines += [
        f"  {_some(names)}: {why}"
        for (_, why), names in sorted(by_place.items(), key=lambda x: x[1])
    ]
    lines += [
        f"  {folder}: {_count(number, 'file')} made of the others: nothing needs to be done"
        for folder, number in sorted(made_files.items())
    ]
    if own:
        lines.append(f"  {_count(own, 'file')} of the template's own: nothing needs to be done")
    return lines


def _some(names: Iterable[str]) -> str:
    names = sorted(names)
    more = f" and {len(names) - _SHOWN} more there" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
