"""A port that cannot be used is named in a line, before anything is rendered."""

import errno
import os
from socket import socket

import pytest

from portfolio.__main__ import main
from portfolio.renderers import RenderError
from portfolio.renderers.ports import free_port, listening, read_port


@pytest.mark.parametrize(("said", "port"), [("", 0), ("0", 0), ("8080", 8080), (" 80 ", 80)])
def test_a_port_is_a_number(said, port):
    """Nothing, or zero, leaves the choice to the system."""
    assert read_port(said) == port


@pytest.mark.parametrize("said", ["abc", "-1", "65536", "80.5", "1e3", "http", "99999999999"])
def test_what_is_no_port_is_named(said):
    """With the variable, what it may be, and a way out."""
    with pytest.raises(RenderError) as refused:
        read_port(said)
    assert str(refused.value) == (
        f"PORT={said}: it is no port: use a number up to 65535; PORT=0 takes any that is free"
    )


@pytest.mark.parametrize("quarto", [False, True], ids=["embedded", "quarto"])
def test_a_port_in_use_is_named(project, monkeypatch, capsys, quarto):
    """By whichever renderer; the verb ends with one line and no site."""
    (project / ".portfolio").mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setattr("portfolio.renderers.build.choose", lambda *_: "quarto" if quarto else None)
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main(["preview"]) == 1
    assert capsys.readouterr().err == (
        f"PORT={port}: another program uses it: end that, or choose another port; "
        "PORT=0 takes any that is free\n"
    )
    assert not (project / "_site").exists()


def test_a_port_of_administrators_is_named():
    """Below 1024 most systems let nobody else listen."""
    with pytest.raises(RenderError, match="PORT=80: only administrators may use it"), listening(80):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_free_port_is_found():
    """One that is asked for is given; for zero, some one."""
    port = free_port(0)
    assert port > 1023
    assert free_port(port) == port
