"""Preview with the embedded renderer: render on save, and show open pages what came of it."""

import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from watchfiles import watch

from portfolio.inputs import watched
from portfolio.renderers.ports import HERE, listening
from portfolio.renderers.rendered import Rendered
from portfolio.renderers.serving import Handler, Server
from portfolio.renderers.sources import Sources

_SETTLED, _LONGEST = 20, 200
"""Milliseconds: a render begins after that long without another save, or at the latest."""
_QUIET = 300
"""Milliseconds after which a watcher that has seen nothing is known to be watching."""
_PAUSE = 0.2
"""Seconds before saves are watched for again, where that failed."""


def preview(  # noqa: PLR0913  all but two are options, with names
    root: Path,
    render: Callable[[], str],
    *,
    port: int,
    tell: Callable[[str], None],
    browse: bool = False,
    afterwards: Callable[[], None] = lambda: None,
) -> None:
    """Serve ``_site`` on the loopback address until interrupted, rendering after each save.

    What ``render`` returns says what went wrong; open pages show it. What is to be done
    ``afterwards`` waits until the page is shown and nobody saves. With ``browse``, the site is
    opened in a browser. Raises RenderError where the port cannot be used.
    """
    rendered = Rendered(root / "_site")
    handler = partial(Handler, rendered=rendered, directory=str(root / "_site"))
    with listening(port):
        server = Server((HERE, port), handler)
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HERE}:{server.server_port}/"
        tell(f"{address} (Ctrl-C ends it)")
        known = Sources.of(root)
        rendered.renew(render())
        if browse:
            webbrowser.open(address)
        done = False
        for saved in _saves(root, known, tell):
            if saved:
                rendered.renew(render())
            elif not done:
                afterwards()
            done = not saved
        server.shutdown()


def _saves(root: Path, known: Sources, tell: Callable[[str], None]) -> Iterator[bool]:
    """Yield whether something was saved, since the sources were ``known`` to begin with.

    That is so at once when something is, and every now and then when nothing is.

    The watcher stops at names that are no UTF-8, and has to look again and again where the system
    tells nobody of saves, or of no more. What is saved while it starts it does not see.
    """
    polling = failed = False
    while True:
        watching = watch(
            root,
            watch_filter=watched(root),
            step=_SETTLED,
            debounce=_LONGEST,
            rust_timeout=_QUIET,
            yield_on_timeout=True,
            force_polling=polling or None,
            raise_interrupt=False,
        )
        try:
            for number, changes in enumerate(watching):
                yield bool(changes or (number == 0 and (failed or known.saved())))
        except RuntimeError:
            pass
        except OSError as error:
            if not polling:
                tell(f"portfolio: saves are noticed a little later than elsewhere: {error}")
            polling = True
        else:
            return
        failed = True
        time.sleep(_PAUSE)
