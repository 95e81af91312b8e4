"""CVs that are data: JSON Resume, RenderCV's YAML and what al-folio had before them, as rows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.moving.source import plain

Row = dict[str, Any]
_OF_JSON = {
    "work": "positions", "volunteer": "service", "education": "education", "awards": "awards",
    "projects": "projects", "certificates": "awards",
}  # fmt: skip
_FIELDS = {
    "position": "title", "degree": "title", "studytype": "title", "name": "title",
    "company": "institution", "organization": "institution", "awarder": "institution",
    "issuer": "institution", "startdate": "start", "enddate": "end", "start_date": "start",
    "end_date": "end", "location": "place", "url": "link", "website": "link", "score": "grade",
    "year": "date", "description": "summary", "honor": "title", "honour": "title",
    "award": "title", "class": "title", "course": "title", "university": "institution",
    "company_name": "institution", "school": "institution", "date_start": "start",
    "date_end": "end", "term": "date", "conference": "institution", "event": "institution",
    "key": "", "id": "", "company_url": "link", "organization_url": "link", "company_logo": "",
    "certificate_url": "link", "icon": "", "logo": "",
}  # fmt: skip
_TAKEN = {"title", "institution", "place", "start", "end", "date", "link", "summary", "grade"}
"""The fields that rows are made of; what else is told stands in their summaries."""
_HEADED = {"studytype", "area", "degree", "position", "company", "name", "label", "details"}
"""Fields of which titles are made."""
_ABOUT = {"basics", "meta", "$schema"}
_SECTIONS = (
    ("education", r"education|studies|degrees|academic background"),
    ("positions", r"experience|employment|positions?|work|appointments|internships?"),
    ("awards", r"honou?rs?|awards?|prizes|scholarships|fellowships"),
    ("grants", r"grants?|funding"),
    ("talks", r"talks?|presentations?|invited|lectures|seminars"),
    ("teaching", r"teaching|courses"),
    ("service", r"service|review|committees?|volunteer|organi[sz]\w*|memberships?"),
    ("software", r"software|open source"),
    ("projects", r"projects?"),
    ("patents", r"patents?"),
    ("press", r"press|media"),
)


def kind_of_section(title: str) -> str:
    """Return the kind of things that a section of a CV is about, or nothing."""
    for kind, pattern in _SECTIONS:
        if re.search(rf"\b(?:{pattern})\b", title, re.IGNORECASE):
            return kind
    return ""


def is_json_resume(data: Any) -> bool:
    """Whether data are a CV by JSON Resume."""
    return isinstance(data, Mapping) and isinstance(data.get("basics"), Mapping)


def is_rendercv(data: Any) -> bool:
    """Whether data are a CV by RenderCV."""
    cv = data.get("cv") if isinstance(data, Mapping) else None
    return isinstance(cv, Mapping) and isinstance(cv.get("sections"), Mapping)


def of_json_resume(data: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield kinds and rows of a CV by JSON Resume."""
    for section, kind in _OF_JSON.items():
        for one in _list(data.get(section)):
            row = row_of(kind, one)
            if section == "work":
                row = _headed(row, one, "position", "name")
            elif section == "volunteer":
                row = _headed(row, one, "position", "organization")
            elif section == "education":
                area, study = plain(one.get("area")), plain(one.get("studyType"))
                row["title"] = " in ".join(filter(None, (study, area))) or row.get("title", "")
            yield kind, row


def of_rendercv(data: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield kinds and rows of a CV by RenderCV; its publications are a bibliography's."""
    for title, entries in data["cv"]["sections"].items():
        kind = kind_of_section(str(title).replace("_", " "))
        for one in _list(entries) if kind else ():
            row = row_of(kind, one)
            if kind == "education":
                area, degree = plain(one.get("area")), plain(one.get("degree"))
                row["title"] = " in ".join(filter(None, (degree, area)))
            elif one.get("position"):
                row = _headed(row, one, "position", "company")
            elif one.get("label"):
                row |= {"title": plain(one["label"]), "summary": plain(one.get("details"))}
            yield kind, row


def of_time_tables(data: Any) -> Iterator[tuple[str, Row]]:
    """Yield kinds and rows of the CV that al-folio had: sections with ``contents``."""
    for section in data if isinstance(data, list) else ():
        said = section if isinstance(section, Mapping) else {}
        kind = kind_of_section(plain(said.get("title")))
        for one in _list(said.get("contents")) if kind else ():
            if one.get("title"):
                yield kind, row_of(kind, one)
            for item in one.get("items") or () if not one.get("title") else ():
                if plain(item):
                    yield kind, {"title": plain(item), "date": plain(one.get("year"))}


def papers_of(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the publications of a CV: those of RenderCV have authors, those of JSON Resume none."""
    if is_json_resume(data):
        yield from _list(data.get("publications"))
    else:
        for entries in data["cv"]["sections"].values():
            yield from (one for one in _list(entries) if one.get("authors") and one.get("title"))


def left_of(data: Any) -> Iterator[str]:
    """Yield the sections of a CV of which nothing, or not everything, becomes a row."""
    if is_json_resume(data):
        sections = {name: said for name, said in data.items() if name not in _ABOUT}
        kinds = {name: _OF_JSON.get(name, "") for name in sections}
    elif is_rendercv(data):
        sections = data["cv"]["sections"]
        kinds = {name: kind_of_section(str(name).replace("_", " ")) for name in sections}
    else:
        tables = [each for each in data if isinstance(each, Mapping)] if _is_list(data) else []
        sections = {plain(each.get("title")): each.get("contents") for each in tables}
        kinds = {name: kind_of_section(name) for name in sections}
    papers = [id(one) for one in papers_of(data)] if _is_whole(data) else []
    for name, said in sections.items():
        if _is_list(said) and said and all(id(one) in papers for one in said):
            continue
        if said and not (kinds[name] and _is_list(said) and len(_list(said)) == len(said)):
            yield str(name)


def _is_whole(data: Any) -> bool:
    return is_json_resume(data) or is_rendercv(data)


def row_of(kind: str, one: Mapping[str, Any]) -> Row:
    """Return a record as a row of a kind's table; what no column is for stands in its summary."""
    row: Row = {}
    for name, value in one.items():
        target = _FIELDS.get(str(name).lower(), str(name).lower())
        if isinstance(value, list):
            target, value = "summary", "; ".join(filter(None, map(_words, value)))  # noqa: PLW2901
        if isinstance(value, Mapping) and target == "date":
            value = " ".join(filter(None, (plain(value.get(n)) for n in ("day", "month", "year"))))  # noqa: PLW2901
        if isinstance(value, Mapping):
            value = ", ".join(filter(None, map(plain, value.values())))  # noqa: PLW2901
        if not target or (target not in _TAKEN and str(name).lower() in _HEADED):
            continue
        if said := plain(value):
            if target not in _TAKEN:
                target, said = "summary", f"{name}: {said}"
            row[target] = (
                f"{row[target]}; {said}" if target == "summary" and target in row else said
            )
    if kind == "talks" and "institution" in row:
        row["event"] = row.pop("institution")
    return row


def _headed(row: Row, one: Mapping[str, Any], title: str, where: str) -> Row:
    """Return a row whose title and place are those of two fields."""
    said = {"title": plain(one.get(title)), "institution": plain(one.get(where))}
    return row | {name: text for name, text in said.items() if text}


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ": ".join(filter(None, (plain(value.get("title")), plain(value.get("value")))))
    return plain(value)


def _list(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if _is_list(value) else []


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
