"""The engine uses nothing that only one kind of system has."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "portfolio"
SOURCES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "_extensions" / "portfolio").rglob("*.py")])

MODULES = {"fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource", "spwd", "syslog"}
MODULES |= {"termios", "tty"}
OF_OS = {"chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg"}
OF_OS |= {"getpgid", "getuid", "killpg", "lchown", "mkfifo", "nice", "sched_getaffinity", "setgid"}
OF_OS |= {"setpgid", "setsid", "setuid", "uname", "wait3", "wait4", "waitid"}
OF_SIGNAL = {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2"}
OF_SIGNAL |= {"alarm", "pause", "setitimer"}
RUNS = {"run", "start", "Popen", "check_output", "check_call", "call"}


def faults(source):
    """Yield what in a module only POSIX has, or depends on a machine's own encoding."""
    for node in unguarded(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield node.module
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            only = {"os": OF_OS, "signal": OF_SIGNAL}.get(node.value.id, set())
            if node.attr in only:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call):
            yield from of_call(node)


def unguarded(node):
    """Yield the nodes that run on every system: not those below a question about the system."""
    yield node
    for child in ast.iter_child_nodes(node):
        asks = isinstance(child, ast.If | ast.IfExp) and any(
            word in ast.unparse(child.test) for word in ("os.name", "sys.platform", "hasattr(")
        )
        if not asks:
            yield from unguarded(child)


def of_call(call):
    """Yield what is wrong with one call: text needs an encoding, written text its line ends."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    words = [each.value for each in call.args if isinstance(each, ast.Constant)]
    owner = ast.unparse(call.func).rpartition(".")[0]
    if name == "read_text" and not call.args and "encoding" not in named:
        yield "read_text without an encoding"
    if name == "write_text" and not {"encoding", "newline"} <= named.keys():
        yield "write_text without an encoding and line ends"
    if name in {"open", "fdopen"} and owner not in {"Image", "webbrowser"}:
        mode = named.get("mode", ast.Constant("")).value
        binary = any(isinstance(word, str) and "b" in word for word in [*words, mode])
        if owner != "os" or name == "fdopen":
            yield from () if binary or "encoding" in named else [f"{name} without an encoding"]
    if owner in {"subprocess", "children"} and name in RUNS:
        as_text = {"text", "universal_newlines"} & named.keys()
        yield from ["text of a process without an encoding"] if as_text else []
        yield from ["preexec_fn"] if "preexec_fn" in named else []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_runs_on_every_system(path):
    """It uses nothing that Windows lacks, and no encoding or line end of the machine's own."""
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from pwd import getpwnam",
        "os.fork()",
        "if who: os.geteuid()",
        "os.kill(1, signal.SIGKILL)",
        "open('a')",
        "path.open('w')",
        "os.fdopen(handle, 'w')",
        "path.read_text()",
        "path.write_text('a', encoding='utf-8')",
        "subprocess.run(['a'], text=True)",
        "subprocess.Popen(['a'], preexec_fn=f)",
        "children.run(['a'], text=True)",
    ],
)
def test_what_only_posix_has_is_found(source):
    """Each of these is refused."""
    assert len(list(faults(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "if os.name == 'posix': os.geteuid()",
        "if hasattr(os, 'sched_getaffinity'): os.sched_getaffinity(0)",
        "open('a', 'rb')",
        "path.open(encoding='utf-8', newline='')",
        "path.read_text('utf-8')",
        "path.write_text('a', encoding='utf-8', newline='\\n')",
        "subprocess.run(['a'], encoding='utf-8')",
        "Image.open(path)",
        "os.open(os.devnull, os.O_WRONLY)",
    ],
)
def test_what_every_system_has_is_let_be(source):
    """None of these is refused."""
    assert list(faults(source)) == []


def test_the_command_line_speaks_unicode_to_any_console(tmp_path):
    """Names in any letters are printed where the console has a code page of its own."""
    (tmp_path / "_quarto.yml").write_text(
        "owner: {name: 王小明, site: https://wang.example}\n", encoding="utf-8"
    )
    (tmp_path / "publications").mkdir()
    entry = "@misc{waves, title = {Волны}, author = {王, 小明}}\n"
    (tmp_path / "publications" / "publications.bib").write_text(entry, encoding="utf-8")
    (tmp_path / "index.qmd").write_text("Replace this: 你好\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "portfolio", "check"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "(你好)" in ran.stdout.decode("utf-8")
