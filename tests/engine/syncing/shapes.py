"""What the services answer, in the shapes that they have, of works that nobody wrote."""

import json
from xml.sax.saxutils import escape

KINDS = {
    "article": ("journal-article", "article", "journal"),
    "inproceedings": ("conference-paper", "article", "conference"),
    "misc": ("preprint", "preprint", "repository"),
}


def orcid_list(works, changed=1_600_000_000_000):
    """Return ORCID's groups of works: summaries, which have no authors."""
    groups = []
    for number, work in enumerate(works, 1):
        known = {"doi": work.get("doi"), "arxiv": work.get("arxiv")}
        ours = [_external(kind, told, "self") for kind, told in known.items() if told]
        ours += [_external("doi", told, "version-of") for told in work.get("version_of", ())]
        summary = {
            "put-code": work.get("code", number),
            "last-modified-date": {"value": changed},
            "title": {"title": {"value": work["title"]}, "subtitle": None},
            "external-ids": {"external-id": ours} if ours else None,
            "type": KINDS[work["kind"]][0],
            "publication-date": {"year": {"value": str(work["year"])}, "month": None, "day": None},
            "journal-title": {"value": work["venue"]} if work.get("venue") else None,
            "url": None,
        }
        groups.append(
            {
                "last-modified-date": {"value": changed},
                "external-ids": {"external-id": ours},
                "work-summary": [summary],
            }
        )
    return {"last-modified-date": {"value": changed}, "group": groups, "path": "/x/works"}


def orcid_bulk(works):
    """Return ORCID's whole works, which tell the contributors."""
    return {
        "bulk": [
            {
                "work": {
                    "put-code": work.get("code", number),
                    "contributors": {
                        "contributor": [
                            {
                                "credit-name": {"value": name},
                                "contributor-attributes": {"contributor-role": "author"},
                            }
                            for name in work["authors"]
                        ]
                    },
                }
            }
            for number, work in enumerate(works, 1)
        ]
    }


def openalex_page(works):
    """Return a page of OpenAlex's works, the last one."""
    meta = {"count": len(works), "per_page": 200, "next_cursor": None}
    return {"meta": meta, "results": [openalex_work(work) for work in works]}


def openalex_work(work):
    """Return a work as OpenAlex tells it."""
    _, kind, place = KINDS[work["kind"]]
    source = {"display_name": work["venue"], "type": place} if work.get("venue") else None
    places = [{"landing_page_url": f"https://doi.org/{work['doi']}"}] if work.get("doi") else []
    if work.get("arxiv"):
        places.append({"landing_page_url": f"http://arxiv.org/abs/{work['arxiv']}"})
    pages = (work.get("pages", "") + "-").split("-")
    return {
        "id": f"https://openalex.org/{work['name']}",
        "doi": f"https://doi.org/{work['doi']}" if work.get("doi") else None,
        "title": work["title"],
        "type": kind,
        "publication_year": work["year"],
        "publication_date": f"{work['year']}-01-01",
        "authorships": [
            {"raw_author_name": name, "author": {"display_name": name}} for name in work["authors"]
        ],
        "primary_location": {"source": source},
        "locations": places,
        "biblio": {
            "volume": work.get("volume") or None,
            "issue": None,
            "first_page": pages[0] or None,
            "last_page": pages[1] or None,
        },
        "cited_by_count": work.get("cited", 0),
        "is_retracted": work.get("retracted", False),
    }


def dblp_bib(works):
    """Return a person's bibliography as dblp gives it."""
    return "\n\n".join(map(_dblp_entry, works)) + "\n"


def _dblp_entry(work):
    preprint = work["kind"] == "misc"
    kind = "article" if preprint else work["kind"]
    venue = "CoRR" if preprint else work["venue"]
    fields = {
        "author": " and\n                  ".join(work["authors"]),
        "title": f"{{{work['title']}}}",
        "journal" if kind == "article" else "booktitle": venue,
        "volume": f"abs/{work['arxiv']}" if preprint else work.get("volume", ""),
        "pages": work.get("pages", "").replace("-", "--"),
        "year": str(work["year"]),
        "doi": work.get("doi", ""),
        "eprinttype": "arXiv" if preprint else "",
        "eprint": work["arxiv"] if preprint else "",
        "timestamp": "Mon, 01 Jan 2024 00:00:00 +0100",
        "biburl": f"https://dblp.org/rec/{work['name']}.bib",
        "bibsource": "dblp computer science bibliography, https://dblp.org",
    }
    lines = ",\n".join(f"  {name:<12} = {{{said}}}" for name, said in fields.items() if said)
    return f"@{kind}{{DBLP:{work['name']},\n{lines}\n}}"


def atom_feed(works):
    """Return arXiv's feed of preprints."""
    entries = "".join(map(_atom_entry, works))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:arxiv="http://arxiv.org/schemas/atom">{entries}</feed>\n'
    )


def _atom_entry(work):
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in work["authors"])
    doi = f"<arxiv:doi>{work['doi']}</arxiv:doi>" if work.get("doi") else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{work['arxiv']}v{work.get('version', 1)}</id>"
        f"<published>{work['year']}-03-01T00:00:00Z</published>"
        f"<title>{escape(work['title'])}</title><summary>It is so.</summary>{people}{doi}"
        '<arxiv:primary_category term="cs.LG"/></entry>'
    )


def bib_entry(work):
    """Return an entry of the owner's own."""
    venue = {"article": "journal", "inproceedings": "booktitle"}.get(work["kind"], "")
    fields = {
        "title": work.get("latex") or work["title"],
        "author": " and ".join(work["authors"]),
        venue: work.get("venue", ""),
        "volume": work.get("volume", ""),
        "pages": work.get("pages", "").replace("-", "--"),
        "year": str(work["year"]),
        "doi": work.get("doi", ""),
        "eprint": work.get("arxiv", ""),
        "archiveprefix": "arXiv" if work.get("arxiv") else "",
        "note": work.get("note", ""),
    }
    lines = "".join(f"  {name} = {{{said}}},\n" for name, said in fields.items() if name and said)
    return f"@{work['kind']}{{{work['key']},\n{lines}}}\n"


def dumped(said):
    """Return what is said as JSON, as it goes over the wire."""
    return json.dumps(said).encode()


def _external(kind, told, how):
    return {
        "external-id-type": kind,
        "external-id-value": told,
        "external-id-normalized": {"value": told.lower(), "transient": True},
        "external-id-relationship": how,
    }
