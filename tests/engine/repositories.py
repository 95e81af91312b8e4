"""Repositories of git, for tests and benchmarks of sites that are kept in one."""

import os
import subprocess

SOMEBODY = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"}
SOMEBODY |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in SOMEBODY.items()}
SOMEBODY |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
"""An environment in which git knows one author, whoever uses this machine."""


def git(root, *arguments):
    """Run git in a folder, whoever uses this machine; return what it says."""
    command = ["git", *arguments]
    ran = subprocess.run(
        command,
        cwd=root,
        env=os.environ | SOMEBODY,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return ran.stdout
