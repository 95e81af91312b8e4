"""The process that runs cells of pages: a kernel's own shell, without a kernel's sockets.

It runs as a script of its own, so that cells find no module of the engine that they did not import.
Job and answers are lines of JSON. Given the number of a socket, it forks a process for each job
that comes in through it; without, it does the one job that stands on its standard input.
"""

import codecs
import gc
import importlib
import io
import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib.util import source_from_cache
from typing import IO, Any

from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets.config import Config

Content = dict[str, Any]
Answer = Callable[[Content], None]


class Outputs(Session):
    """Takes what the shell would send to a kernel's clients, and keeps it as a notebook does."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[list[Content]] = []
        self._shown: dict[str, list[Content]] = {}
        self._cleared = False

    def send(self, _: Any, message: Any, content: Any = None, *__: Any, **___: Any) -> None:  # type: ignore[override]
        """Take a message, or one of the type ``message`` with some content."""
        if isinstance(message, dict):
            message, content = message["header"]["msg_type"], message["content"]
        self.take(message, dict(content))

    def take(self, kind: str, content: Content) -> None:
        """Do with a message as clients do that store outputs."""
        name = (content.pop("transient", None) or {}).get("display_id")
        if kind == "clear_output":
            self._cleared = True
            if not content.get("wait"):
                self._clear()
        elif kind == "update_display_data":
            self._update(name, content)
        else:
            self._clear()
            output = {"output_type": kind} | content
            if name:
                self._update(name, content)
                self._shown.setdefault(name, []).append(output)
            self.cells[-1].append(output)

    def write(self, name: str, text: str) -> None:
        """Take printed text; what is printed in several goes is one output."""
        last = self.cells[-1][-1] if self.cells[-1] and not self._cleared else {}
        if last.get("name") == name:
            last["parts"].append(text)
        else:
            self.take("stream", {"name": name, "parts": [text]})

    def whole(self) -> list[list[Content]]:
        """Return the outputs of each cell so far."""
        for output in (output for cell in self.cells for output in cell):
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        return self.cells

    def _update(self, name: str | None, content: Content) -> None:
        for output in self._shown.get(name or "", ()):
            output |= {"data": content["data"], "metadata": content["metadata"]}

    def _clear(self) -> None:
        if self._cleared:
            self.cells[-1].clear()
        self._cleared = False


class Stream(io.TextIOBase):
    """Standard output, or standard error: of this process, and of those that cells start."""

    encoding, errors = "UTF-8", "replace"

    def __init__(self, name: str, number: int, outputs: Outputs) -> None:
        self._name, self._number, self._outputs = name, number, outputs
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with tempfile.TemporaryFile(buffering=0) as file:
            os.dup2(file.fileno(), number)

    def writable(self) -> bool:
        """Return that it is."""
        return True

    def fileno(self) -> int:
        """Return where processes write that are given this stream."""
        return self._number

    def write(self, text: str) -> int:
        """Take text, behind what other processes wrote before."""
        self.drain()
        if text:
            self._outputs.write(self._name, text)
        return len(text)

    def drain(self) -> None:
        """Take what was written without Python's streams."""
        size = os.fstat(self._number).st_size
        if size > self._read and hasattr(os, "pread"):
            written = os.pread(self._number, size - self._read, self._read)
            self._read = size
            self._outputs.write(self._name, self._decoder.decode(written))


class NoKernel:
    """Stands where the shell has its kernel, and remembers whether somebody missed it."""

    def __init__(self) -> None:
        self.missed = False

    def __getattr__(self, name: str) -> Any:
        self.missed = True
        raise AttributeError(name)


class Sight:
    """Notes what cells read: files, variables of the environment, and other programs at all."""

    PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork")
    ABROAD = ("socket.connect", "socket.getaddrinfo", "urllib.Request")

    def __init__(self) -> None:
        self._read: set[str] = set()
        self._written: set[str] = set()
        self._names: set[str] = set()
        self._started = False
        noted = self._names

        class Environment(type(os.environ)):  # type: ignore[misc]
            def __getitem__(self, name: str) -> Any:
                noted.add(str(name))
                return super().__getitem__(name)

        os.environ.__class__ = Environment
        sys.addaudithook(self._note)

    def report(self) -> Content:
        """Return what was read."""
        return {
            "files": sorted(self._read - self._written),
            "variables": sorted(self._names),
            "started": self._started,
        }

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path, mode, flags = arguments
            writes = set(mode or "") & set("wax") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            name = _absolute(path)
            (self._written if writes else self._read).add(name)
            if name.endswith(".pyc"):  # a module's source, which is not opened where this is new
                with suppress(ValueError):
                    self._read.add(source_from_cache(name))
        elif event in {"os.listdir", "os.scandir"} and not isinstance(arguments[0], int):
            self._read.add(_absolute(arguments[0] or "."))
        elif event.startswith((*self.PROGRAMS, *self.ABROAD)):
            self._started = True


def _absolute(path: str | bytes | os.PathLike[str]) -> str:
    return os.path.abspath(os.fsdecode(path))  # noqa: PTH100  as it was named, through any link


class Shell:
    """The shell that runs the cells of one page."""

    def __init__(self) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        # Libraries look for a kernel's application here to tell whether they are in a notebook.
        config = Config({"HistoryManager": {"enabled": False}, "IPKernelApp": {"quiet": True}})
        self._outputs, self._kernel = Outputs(), NoKernel()
        self._shell = shell = ZMQInteractiveShell.instance(config=config, kernel=self._kernel)
        shell.displayhook.session = shell.display_pub.session = self._outputs  # type: ignore[attr-defined]
        self._kernel.missed = False
        sys.path.insert(_place_of_folder(), "")

    def work(self, job: Content, answer: Answer) -> None:
        """Run a page's cells; answer with their outputs, or with the error of one."""
        os.chdir(job["folder"])
        os.environ |= job["variables"]
        sys.argv = [""]
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()  # each page has its own chance
        streams = [Stream(name, n, self._outputs) for n, name in ((1, "stdout"), (2, "stderr"))]
        sys.stdout, sys.stderr = streams
        sight = Sight()
        for number, source in enumerate(job["cells"]):
            answer({"started": number})
            self._outputs.cells.append([])
            error = self._run(source)
            for stream in streams:
                stream.drain()
            if self._kernel.missed:
                return answer({"kernel": True})
            if error:
                return answer({"error": error})
        return answer({"outputs": self._outputs.whole(), "seen": sight.report()})

    def _run(self, source: str) -> list[str] | None:
        """Run a cell; return the name of the error that it raised and what that says."""
        ran = self._shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        error = ran.error_before_exec or ran.error_in_exec
        if error:
            return [type(error).__name__, str(error)]
        if self._shell._last_traceback_during_displayhook:  # noqa: SLF001  as kernels look
            last = self._outputs.cells[-1][-1]
            return [last["ename"], last["evalue"]]
        return None


def _place_of_folder() -> int:
    """Return where kernels put the page's folder among those that modules are looked for in."""
    packages = ("site-packages", "dist-packages")
    found = (number for number, path in enumerate(sys.path) if path.endswith(packages))
    return next(found, len(sys.path))


if hasattr(os, "fork"):  # elsewhere nobody gives it a socket

    def serve(door: socket.socket, shell: Shell, ready: Callable[[], object]) -> None:
        """Fork a process for each job whose channel comes in by the door, until it is closed.

        What is to be ``ready`` is seen to before, once for all. At the end those that still work
        are ended, with all that they started.
        """
        working: set[int] = set()
        while channels := socket.recv_fds(door, 1, 1)[1]:
            working -= {pid for pid in working if os.waitpid(pid, os.WNOHANG)[0]}
            ready()
            pid = os.fork()
            if not pid:
                door.close()
                os.setsid()
                os.set_inheritable(channels[0], False)  # noqa: FBT003  for what cells start
                with socket.socket(fileno=channels[0]) as channel:
                    converse(shell, channel.makefile("rb"), channel.makefile("wb"))
                sys.exit()
            os.close(channels[0])
            working.add(pid)
        for pid in working:
            if not os.waitpid(pid, os.WNOHANG)[0]:
                os.killpg(pid, signal.SIGKILL)


def converse(shell: Shell, jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Do the job that comes in, and say how far it is."""

    def answer(content: Content) -> None:
        answers.write(json.dumps(content, default=json_default).encode() + b"\n")
        answers.flush()

    answer({"pid": os.getpid()})
    shell.work(json.loads(jobs.readline()), answer)


def watch(jobs: IO[bytes]) -> None:
    """End this process when the one that gave it the job has ended."""
    jobs.read()
    os._exit(1)


def preload(modules: list[str], ready: str) -> Callable[[], None]:
    """Import what cells will import; return what gets ready the rest that they will need.

    That is a function without arguments, named as ``module:function``. What fails here fails in
    the cells, and is said there.
    """
    for module in modules:
        with suppress(BaseException):
            importlib.import_module(module)
    gc.freeze()
    module, _, name = ready.partition(":")
    function = getattr(sys.modules.get(module), name, None)

    def call() -> None:
        with suppress(BaseException):
            if function:
                function()

    return call


def main() -> None:
    """Serve the socket of the first argument, or else standard input."""
    shell = Shell()
    if len(sys.argv) > 1:
        door, ready, *modules = sys.argv[1:]
        serve(socket.socket(fileno=int(door)), shell, preload(modules, ready))
    else:
        jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
        job = jobs.readline()
        threading.Thread(target=watch, args=[jobs], daemon=True).start()
        converse(shell, io.BytesIO(job), answers)


if __name__ == "__main__":
    main()
