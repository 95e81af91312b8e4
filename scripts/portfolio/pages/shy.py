"""Addresses of e-mail: as good as any for people, and unreadable to the simplest harvesters.

Those look for an @ in the source. Browsers and screen readers see no difference.
"""

import re

_LINK = re.compile(r'(<a\b[^>]*\shref=")(mailto:[^"?]*)([^>]*>)(.*?)(</a>)', re.DOTALL)


def shy(html: str) -> str:
    """Return a page whose links to addresses of e-mail spell them by their letters' numbers."""
    return _LINK.sub(_spelt, html) if 'href="mailto:' in html else html


def _spelt(link: re.Match[str]) -> str:
    before, href, said, words, after = link.groups()
    address = href.removeprefix("mailto:")
    words = words.replace(address, _numbers(address)) if address else words
    return f"{before}{_numbers(href)}{said}{words}{after}"


def _numbers(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)
