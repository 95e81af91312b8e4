"""Where the repository shows the files of a site: at the commit that stored them, and elsewhere."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from portfolio import children

_BLOB = {
    "github.com": "{home}/{kind}/{commit}/{path}",
    "gitlab.com": "{home}/-/{kind}/{commit}/{path}",
    "codeberg.org": "{home}/src/commit/{commit}/{path}",
    "bitbucket.org": "{home}/src/{commit}/{path}",
}
_SERVICES = {
    "github.com": {
        "Colab": "https://colab.research.google.com/github/{name}/blob/{commit}/{path}",
        "Binder": "https://mybinder.org/v2/gh/{name}/{commit}?labpath={quoted}",
        "nbviewer": "https://nbviewer.org/github/{name}/blob/{commit}/{path}",
    },
    "gitlab.com": {"Binder": "https://mybinder.org/v2/gl/{quoted_name}/{commit}?labpath={quoted}"},
}
_SECONDS = 20


@dataclass(frozen=True)
class Repository:
    """The repository of the project at ``root``, at its public ``address``; empty if none is."""

    root: Path
    address: str

    def shows(self, path: str, of: str = "") -> str:
        """Return where a file, or a folder (``data/``), can be read, at the commit of ``of``.

        Nothing where the host is not one that we know, or the repository does not hold the file.
        """
        is_there = not of or path in self.holds
        return self._filled(_BLOB.get(self._host, ""), path, of or path) if is_there else ""

    def opens(self, notebook: str) -> Iterator[tuple[str, str]]:
        """Yield the services that open a notebook so that it can be run or read, by name."""
        for name, address in _SERVICES.get(self._host, {}).items():
            if filled := self._filled(address, notebook, notebook):
                yield name, filled

    def _filled(self, address: str, path: str, of: str) -> str:
        name = urlsplit(self.address).path.strip("/")
        commit = self.commits.get(of, "")
        if not (address and name and commit):
            return ""
        return address.format(
            home=self.address.rstrip("/"),
            name=name,
            quoted_name=quote(name, safe=""),
            commit=commit,
            kind="tree" if path.endswith("/") else "blob",
            path=quote(path.rstrip("/")),
            quoted=quote(path, safe=""),
        )

    @property
    def _host(self) -> str:
        return urlsplit(self.address).hostname or ""

    @cached_property
    def commits(self) -> dict[str, str]:
        """The last commits that changed notebooks; none for what is not committed as it is."""
        changed = self._git("status", "--porcelain", "-z", "--no-renames", "--", "notebooks")
        dirty = {entry[3:] for entry in changed.split("\0")}
        said = self._git("log", "--format=%x00%H", "--name-only", "--relative", "--", "notebooks")
        found: dict[str, str] = {}
        for entry in said.split("\0")[1:]:
            commit, *paths = entry.split("\n")
            for path in filter(None, paths):
                found.setdefault(path, commit)
        return {path: commit for path, commit in found.items() if path not in dirty}

    @cached_property
    def holds(self) -> frozenset[str]:
        """The files of the last commit, and the folders that they lie in (``data/``)."""
        names = self._git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")
        above = {f"{folder}/" for name in names for folder in PurePosixPath(name).parents}
        return frozenset({*names, *above})

    def _git(self, *arguments: str) -> str:
        """Return what git says, or nothing where there is no git, or no repository."""
        if not (self.root / ".git").exists():
            return ""
        try:
            ran = children.run(
                ["git", "-c", "core.quotePath=false", *arguments],
                cwd=self.root,
                env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return "" if ran.returncode else ran.stdout
