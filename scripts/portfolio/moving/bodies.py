"""The Markdown of other templates as ours: no markup of theirs, and pictures come along."""

import re
from collections.abc import Callable, Collection
from html import unescape

from portfolio import pandoc
from portfolio.moving import scholar

# An element ends before the next of its kind begins: each unclosed one would otherwise be
# followed to the end of the text.
_LIQUID_PICTURE = re.compile(
    r"\{%-?\s*include\s+(?:figure|video)[^%]*?\bpath=\"([^\"]+)\"([^%]*)%\}"
)
_SAID = re.compile(r"\b(?:title|caption|alt)=\"([^\"]*)\"")
_CODE = re.compile(
    r"\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?((?:(?!\{%-?\s*highlight\b).)*?)"
    r"\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_LIQUID = re.compile(r"\{%(?:(?!\{%).)*?%\}|\{\{[<%](?:(?!\{\{).)*?[>%]\}\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(?![<%])[^{}]*?(?:'([^']*)'|\"([^\"]*)\")?[^{}]*\}\}")
_KRAMDOWN = re.compile(r"\{:[^{}\n]*\}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DROPPED = re.compile(
    r"<(script|style)\b.*?(?:</\1>|\Z)|<(form)\b(?:[^<>]*/>|(?:(?!<\2\b).)*?</\2>|[^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_FRAMED = re.compile(
    r"<(iframe|video|audio|embed|object)\b(?:[^<>]*/>|(?:(?!<\1\b).)*?</\1>|[^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_PLAYED = re.compile(r"\b(?:src|data)=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_TITLED = re.compile(r"\btitle=[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_SHOWN = re.compile(
    r"\{\{[<%]\s*(youtube|vimeo|video)\s+[\"']?(?:id=)?([^\s\"'>%]+)[^{>%]*[>%]\}\}"
)
_PLAYERS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_DIV = re.compile(r"^[ \t]*:{3,}.*$\n?", re.MULTILINE)
_ATTRIBUTES = re.compile(r"(?<=[\])])\{[^{}\n]*\}")
_CELL = re.compile(r"\A```\{=?\.?(\w+)[^}\n]*\}")
_IMAGE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref=[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(
    r"</?(?:p|div|section|center|figure|figcaption|ul|ol|table|tr|br)\b[^<>]*>", re.IGNORECASE
)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>((?:(?!<h\1\b).)*?)</h\1>", re.DOTALL | re.IGNORECASE)
_MARKED = re.compile(r"^(#{1,6})[ \t]+", re.MULTILINE)
_STRONG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:i|em)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PICTURE = re.compile(r"!\[((?:(?!!\[)[^\]])*)\]\(([^()\s]+)(?:\s+[^()]*)?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)")
_NOTES = re.compile(r"^\[\^[^\]]+\]:(.*(?:\n[ \t]+.*)*)\n?", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\[\]]+\]")
_MAY_WARN = re.compile(r"\$|\[\^|:::|\\begin|\\\(")
_ATTRIBUTE = re.compile(r"\b(\w+)=[\"']([^\"']*)[\"']")
_AT = re.compile(r"(?<![\\\w.])@(?=([A-Za-z][\w:.+/-]*))")
_FENCE = re.compile(r"(^```.*?^```[ \t]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_EMOJI = re.compile(r"(?<![\w:]):[a-z_]+:(?!\w)")


def body(text: str, picture: Callable[[str], str], cited: Collection[str] = ()) -> str:
    """Return a text as Markdown of ours; ``picture`` gives the new address of one, or nothing.

    The keys that are ``cited`` stay citations; other words with an @ before them are words.
    """
    text = _CODE.sub(lambda found: f"```{found[1]}\n{found[2].strip()}\n```", text)
    parts = _FENCE.split(text)
    kept = [
        _CELL.sub(r"```\1", part) if number % 2 else _prose(part, picture, cited)
        for number, part in enumerate(parts)
    ]
    kept = _levelled(kept)
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def _levelled(parts: list[str]) -> list[str]:
    """Return parts, of which every second is code, with headings from the second level on."""
    before = 1

    def heading(found: re.Match[str]) -> str:
        nonlocal before
        before = max(2, min(len(found[1]), before + 1))
        return f"{'#' * before} "

    return [part if n % 2 else _MARKED.sub(heading, part) for n, part in enumerate(parts)]


def _prose(text: str, picture: Callable[[str], str], cited: Collection[str]) -> str:
    text = _ATTRIBUTES.sub("", _DIV.sub("", _sub(_COMMENT, "", text, "-->")))
    text = films_in(_SHOWN.sub(_player, text), picture, "[{}]({})".format)
    text = _LIQUID_PICTURE.sub(_included, text)
    text = scholar.as_pandoc(text, cited)
    text = _sub(_LIQUID, "", text, "}")
    text = _VALUE.sub(lambda found: found[1] or found[2] or "", text)
    text = _DROPPED.sub("", _KRAMDOWN.sub("", text))
    text = _IMAGE.sub(_of_image, text)
    text = _sub(_ANCHOR, _linked_words, text, "</a>")
    text = _HEADING.sub(
        lambda found: f"\n{'#' * int(found[1])} {_TAG.sub('', found[2]).strip()}\n", text
    )
    text = _ITEM.sub("\n- ", text)
    text = _BREAK.sub("\n", text)
    text = _EMPHASIS.sub("*", _STRONG.sub("**", text))
    text = _EMOJI.sub("", unescape(_TAG.sub("", text)))
    text = "\n".join(line if line.startswith("    ") else line.strip() for line in text.split("\n"))
    text = _PICTURE.sub(lambda found: _placed(found[1], found[2], picture), text)
    text = _LINK.sub(lambda found: _linked(found[1], found[2], picture), text)
    return _AT.sub(lambda found: "@" if is_key(found[1], cited) else r"\@", text)


def _linked_words(found: re.Match[str]) -> str:
    return f"[{_TAG.sub('', found[2]).strip()}]({found[1]})"


def _sub(
    pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], text: str, closer: str
) -> str:
    """Return a text with what matches replaced; behind the last ``closer`` nothing is sought.

    There each beginning would be followed to the end of the text in vain.
    """
    end = text.rfind(closer) + len(closer)
    return pattern.sub(new, text[:end]) + text[end:] if end >= len(closer) else text


def is_key(word: str, keys: Collection[str]) -> bool:
    """Whether a word behind an @ is one of the keys, as a sentence may end with it."""
    return word.rstrip(":.+/-") in keys


def keys_in(text: str, keys: Collection[str]) -> set[str]:
    """Return those of the keys that a text cites."""
    words = (word.rstrip(":.+/-") for word in _AT.findall(text))
    return {word for word in words if word in keys}


def _included(found: re.Match[str]) -> str:
    said = _SAID.search(found[2])
    return f"\n\n![{said[1] if said else ''}]({found[1]})\n\n"


def _player(found: re.Match[str]) -> str:
    """Return a link to what a film's shortcode shows."""
    href = found[2] if "://" in found[2] else _PLAYERS.get(found[1], "") + found[2]
    return f"[Video]({href})" if "://" in href else ""


def films_in(text: str, file: Callable[[str], str], link: Callable[[str, str], str]) -> str:
    """Return HTML with links to what frames and films show, elsewhere or in files that come too."""

    def shown(found: re.Match[str]) -> str:
        element = found.group()
        played, titled = _PLAYED.search(element), _TITLED.search(element)
        href = re.sub(r"^//", "https://", unescape(played[1])) if played else ""
        words = titled[1] if titled else "Video" if _is_film(element) else href
        return link(words, href) if "://" in href or (href and file(href)) else ""

    return _FRAMED.sub(shown, text)


def _is_film(element: str) -> bool:
    return bool(re.search(r"<video|youtube|youtu\.be|vimeo", element, re.IGNORECASE))


def _of_image(found: re.Match[str]) -> str:
    said = dict(_ATTRIBUTE.findall(found[1]))
    return f"![{said.get('alt', '')}]({said['src']})" if said.get("src") else ""


def _placed(alt: str, href: str, picture: Callable[[str], str]) -> str:
    """Return a picture at its new address; one that is elsewhere becomes a link, else words."""
    if found := picture(href):
        return f"![{alt}]({found})"
    return f"[{alt or href}]({href})" if "://" in href else alt


def _linked(words: str, href: str, file: Callable[[str], str]) -> str:
    """Return a link; one into the old site leads to what came along of it, or is words alone."""
    if href.startswith(("mailto:", "#", "tel:")):
        return f"[{words}]({href})"
    if found := file(href.partition("#")[0]):
        return f"[{words}]({found})"
    if "://" in href:
        return f"[{words}]({href})"
    return f"[{words}](/publications/index.html)" if "publication" in href else words


def sound(text: str, *, seconds: float = 20) -> str:
    """Return Markdown of which Pandoc makes a page without a word: else without what it minds.

    What it minds are formulas that are none, and footnotes that nothing leads to.
    """
    if not _MAY_WARN.search(text) or not _said_of(text, seconds):
        return text
    for plain in (_without_formulas(text), _without_notes(text)):
        if not _said_of(plain, seconds):
            return plain
    plain = _without_formulas(_without_notes(text))
    return plain if not _said_of(plain, seconds) else plain.replace(":::", "")


def _without_formulas(text: str) -> str:
    return re.sub(r"(?<!\\)\$", r"\\$", text)


def _without_notes(text: str) -> str:
    """Return Markdown whose footnotes stand in a list at its end, without marks that lead there."""
    notes = [found[1].strip() for found in _NOTES.finditer(text)]
    told = _NOTE.sub("", _NOTES.sub("", text)).rstrip()
    return "\n".join([told, "", *(f"- {note}" for note in notes)]) if notes else told


def _said_of(text: str, seconds: float) -> str:
    try:
        return pandoc.to_html(text, "--from=markdown", seconds=seconds).warning
    except pandoc.PandocError as error:
        return str(error)


def literal(text: str) -> str:
    """Return Markdown that shows a text of one line as it is."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#$@^~" else letter for letter in text)


def in_short(text: str) -> str:
    """Return the first paragraph of Markdown, as one line."""
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return next((part for part in paragraphs if part and part[0] not in "#!|`"), "")
