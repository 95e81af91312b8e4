"""The kinds there are. A new one is an entry here, and its words in ``pages/languages``."""

from collections.abc import Mapping

from portfolio.records.kinds.schema import ADDRESS, FLAG, NAMES, Field, Kind

SLIDES = Field("slides", "its slides", ADDRESS, aliases=("slides_url", "presentation"))
VIDEO = Field("video", "a recording", ADDRESS, aliases=("recording", "video_url", "youtube"))
CODE = Field("code", "its source", ADDRESS, aliases=("repository", "repo", "github", "source"))
DATA = Field("data", "its data", ADDRESS, aliases=("dataset",))
DOI = Field("doi", "its DOI", aliases=("DOI",))
PLACE = Field("place", "town and country, or online", aliases=("location", "city", "venue"))
DEPARTMENT = Field("department", "the part of it", aliases=("unit", "division", "faculty"))


def _title(about: str, *aliases: str) -> Field:
    return Field("title", about, needed=True, aliases=("name", *aliases))


def _institution(about: str, *aliases: str) -> Field:
    common = ("organisation", "organization", "institution", "university", "school", "company")
    return Field("institution", about, aliases=(*aliases, *common))


_KINDS = (
    Kind("education", "Degrees and studies.", (
        _title("the degree, such as PhD in Physics", "degree", "area", "studytype"),
        _institution("the university or school"), DEPARTMENT, PLACE,
        Field("advisors", "who advised it", NAMES,
              aliases=("advisor", "supervisor", "supervisors")),
        Field("thesis", "the title of the thesis"),
        Field("grade", "grade or distinction", aliases=("score", "gpa", "honours", "honors")),
    ), ("institution", "department", "place"), ("grade",), view="timeline"),
    Kind("positions", "Positions and jobs, internships too.", (
        _title("the position", "position", "role"),
        _institution("whom it is with", "employer", "work"), DEPARTMENT, PLACE,
    ), ("institution", "department", "place"), view="timeline"),
    Kind("awards", "Awards, prizes and honours.", (
        _title("the award", "award", "honour", "honor"),
        _institution("who gave it", "by", "awarder", "issuer"),
        Field("amount", "how much, with its currency", aliases=("value",)),
    ), ("institution", "amount")),
    Kind("grants", "Grants and funding.", (
        _title("what was funded", "project"),
        _institution("who funded it", "funder", "agency", "sponsor"),
        Field("number", "the grant's number", aliases=("grant", "award_number", "id_number")),
        Field("amount", "how much, with its currency", aliases=("value", "sum")),
        Field("role", "what you are in it, such as principal investigator"),
    ), ("institution", "number", "amount"), ("role",)),
    Kind("talks", "Talks, lectures and posters.", (
        _title("the talk's title", "talk"),
        Field("event", "the conference, seminar or series",
              aliases=("conference", "at", "meeting", "occasion", "publisher")),
        _institution("who was host", "host"), PLACE,
        Field("type", "invited, keynote, tutorial, poster ...", aliases=("kind", "talk_type")),
        SLIDES, VIDEO, Field("poster", "its poster", ADDRESS),
    ), ("event", "institution", "place"), ("type",), ("slides", "video", "poster"), "year"),
    Kind("teaching", "Courses taught, and help with them.", (
        _title("the course", "course"),
        Field("code", "the course's number", aliases=("number", "course_number")),
        Field("role", "lecturer, teaching assistant ...", aliases=("type", "position")),
        _institution("where", "venue"), DEPARTMENT, PLACE,
        Field("level", "for whom, such as undergraduate", aliases=("audience",)),
        SLIDES, VIDEO,
        Field("syllabus", "its syllabus", ADDRESS),
        Field("materials", "what students get", ADDRESS, aliases=("material", "notes")),
    ), ("role", "institution", "department", "place"), ("level",),
        ("syllabus", "materials", "slides", "video")),
    Kind("people", "Students, members of a group, co-authors.", (
        Field("name", "the person's name", needed=True, aliases=("title",)),
        Field("role", "what they are in the group", aliases=("position", "job", "job_title")),
        Field("spellings", "other ways to write the name", NAMES, aliases=("aliases", "aka")),
        _institution("where they are", "affiliation"), DEPARTMENT, PLACE,
        Field("now", "what became of them, such as Professor at Sea Institute",
              aliases=("next", "current", "currently", "destination")),
        Field("thesis", "the title of the thesis"),
        Field("email", "an address of e-mail", aliases=("mail", "e_mail")),
        Field("orcid", "the ORCID iD"),
        Field("scholar", "Google Scholar's id or address",
              aliases=("google_scholar", "google_scholar_id")),
        Field("github", "the name or address at GitHub"),
        Field("pronouns", "such as she/her"),
        Field("alumnus", "whether they have left", FLAG, aliases=("alumni", "former", "left")),
    ), ("role", "institution", "department", "place"), ("pronouns",), view="cards"),
    Kind("projects", "Research projects.", (
        _title("the project", "project"),
        Field("role", "what you are in it"),
        _institution("with whom, or who funds it", "funder", "partners"),
        Field("status", "running, finished ...", aliases=("state",)),
        CODE, DATA, VIDEO,
    ), ("role", "institution"), ("status",), ("code", "data", "video"), "cards"),
    Kind("software", "Software that you wrote or maintain.", (
        _title("its name", "package_name"),
        Field("role", "author, maintainer ..."),
        Field("language", "what it is written in", aliases=("languages", "programming_language")),
        Field("version", "its newest version"),
        Field("licence", "its licence", aliases=("license",)),
        CODE, DOI,
        Field("documentation", "its documentation", ADDRESS, aliases=("docs", "manual")),
        Field("package", "where it can be installed from", ADDRESS,
              aliases=("pypi", "cran", "npm", "download")),
    ), ("role", "language", "version", "licence"), (), ("code", "documentation", "package"),
        "cards"),
    Kind("datasets", "Data sets that you published.", (
        _title("its name", "dataset"),
        _institution("where it is kept", "repository", "archive", "publisher"),
        Field("version", "its newest version"),
        Field("licence", "its licence", aliases=("license",)),
        Field("size", "how much it is"), DOI, CODE,
        Field("data", "where it can be had", ADDRESS, aliases=("download",)),
    ), ("institution", "version", "size", "licence"), (), ("data", "code")),
    Kind("service", "Reviewing, committees, organising, memberships.", (
        _title("what you were, such as Reviewer", "role", "position"),
        _institution("for whom", "event", "venue", "conference", "journal", "for"),
        PLACE,
    ), ("institution", "place")),
    Kind("patents", "Patents, granted and applied for.", (
        _title("its title", "patent"),
        Field("number", "its number", aliases=("patent_number",)),
        Field("office", "the patent office, such as EPO", aliases=("country", "issuer")),
        Field("status", "granted, pending ...", aliases=("state",)),
    ), ("office", "number"), ("status",)),
    Kind("press", "What others say of your work.", (
        _title("the headline", "headline"),
        Field("outlet", "newspaper, broadcaster, site",
              aliases=("publisher", "source", "publication_name", "media")),
        Field("author", "who wrote it", NAMES, aliases=("authors", "journalist")),
        VIDEO,
    ), ("outlet", "author"), (), ("video",)),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
"""All kinds by their names, in the order of a CV."""
