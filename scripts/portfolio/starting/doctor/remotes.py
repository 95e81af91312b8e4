"""The address of a remote repository taken apart, and where GitHub Pages puts its site."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(
    r"(?:(?P<scheme>https?|ssh|git|git\+ssh)://)?(?:[^@/\s]+@)?(?P<host>[^:/\s@]+)"
    r"(?::\d+(?=/))?[:/]+(?P<owner>[^\s]+?)/(?P<name>[^/\s]+?)(?:\.git)?/*"
)
_GITHUB = re.compile(r"(?:www\.|ssh\.)?github\.com(?:-.+)?|github[\w-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Remote:
    """A repository somewhere: ``owner`` is the user, the group or the path of groups."""

    host: str
    owner: str
    name: str

    @property
    def on_github(self) -> bool:
        """Whether it is at github.com; names of hosts may be aliases of ssh's settings."""
        return bool(_GITHUB.fullmatch(self.host))

    @property
    def address(self) -> str:
        """Where people read it."""
        return f"https://{'github.com' if self.on_github else self.host}/{self.owner}/{self.name}"

    @property
    def pages(self) -> str:
        """Where GitHub Pages serves its site, unless a domain of one's own is set."""
        host = f"{self.owner.lower()}.github.io"
        return f"https://{host}" if self.name.lower() == host else f"https://{host}/{self.name}"

    def is_same(self, other: "Remote") -> bool:
        """Tell whether both name one repository; hosts take no notice of capitals."""
        return self.address.lower() == other.address.lower()


def remote_of(written: str) -> Remote | None:
    """Return the repository that an address names: https, ssh, or ``user@host:owner/name``."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found or (not found["scheme"] and re.match(r"[A-Za-z]:|[./~]", written)):
        return None  # a folder, perhaps on a drive
    return Remote(found["host"].lower(), found["owner"].strip("/"), found["name"])
