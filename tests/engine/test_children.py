"""What a verb starts ends with the verb, however that ends."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from portfolio import children

PACKAGE = Path(children.__file__).parent
PARENT = """
import subprocess, sys, time
from portfolio import children
child = "import time; print('there', flush=True); time.sleep(60)"
grandchild = "import subprocess, sys; subprocess.run([sys.executable, '-c', %r])" % child
{how}
"""
WAYS = {
    "a command": "children.run([sys.executable, '-c', child])",
    "a child of a child": "children.run([sys.executable, '-c', grandchild])",
    "a session of its own": (
        "with children.start([sys.executable, '-c', child], start_new_session=True): pass"
    ),
    "with an environment": "children.run([sys.executable, '-c', child], env={})",
    "started by a library": "children.guard(); subprocess.run([sys.executable, '-c', child])",
}


def begun(how):
    """Start a process that starts others in a way; return it once the last one is there."""
    command = [sys.executable, "-c", PARENT.format(how=how)]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"there\n"
    return process


def wait_for_the_end(processes):
    """Return those that are still running after a minute."""
    return psutil.wait_procs(processes, timeout=60)[1]


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_a_killed_process_leaves_nothing_running(how):
    """Neither its children nor theirs live on, nor the warden that sees to it."""
    with begun(how) as process:
        started = psutil.Process(process.pid).children(recursive=True)
        assert len(started) >= 2
        process.kill()
        process.wait()
        assert wait_for_the_end(started) == []


def test_children_may_end_before_their_parent():
    """A process that ends of itself ends its warden too, and at once."""
    program = "import sys\nfrom portfolio import children\nchildren.run([sys.executable, '-V'])"
    before = time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert time.monotonic() - before < 60


def test_a_process_that_is_stopped_ends_what_it_leaves(tmp_path):
    """Where Ctrl-C ends a verb, the warden ends the rest, and says nothing of itself."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom portfolio import children\n"
        "code = \"import sys, time; print('there', flush=True); \"\n"
        "code += \"open(sys.argv[1], 'w').close(); time.sleep(60)\"\n"
        "child = children.start([sys.executable, '-c', code, sys.argv[1]])\n"
        "while not Path(sys.argv[1]).exists():\n    time.sleep(0.01)\n"
        "children.end()\n"
        "child.returncode = 0"
    )
    command = [sys.executable, "-W", "error", "-c", program, tmp_path / "said"]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"there\n"
        assert process.stdout.read() == b"", "the child holds it open until it ends"
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_another_programs_children_are_let_be():
    """Only what carries the mark of the one that was killed is ended."""
    with begun(WAYS["a command"]) as process, begun(WAYS["a command"]) as other:
        others = psutil.Process(other.pid).children()
        process.kill()
        process.wait()
        time.sleep(1)
        assert all(child.is_running() for child in others)
        other.kill()
        assert wait_for_the_end(others) == []


def test_every_process_is_started_in_one_place():
    """No other module of the engine starts one past the warden."""
    named = {"Popen", "run", "call", "check_call", "check_output", "popen", "system"}
    for path in PACKAGE.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))))
        found = {
            ast.unparse(node)
            for node in calls
            if isinstance(node, ast.Attribute)
            and node.attr in named
            and ast.unparse(node.value) in {"subprocess", "os"}
        }
        annotations = {"subprocess.Popen"}
        if path.name != "children.py":
            assert found <= annotations, path
