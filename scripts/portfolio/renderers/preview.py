"""Preview with the embedded renderer: render on save, and show open pages what came of it."""

import threading
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path

from watchfiles import watch

from portfolio.renderers.inputs import watched
from portfolio.renderers.rendered import Rendered
from portfolio.renderers.serving import Handler, Server

_SETTLED, _LONGEST = 20, 200
"""Milliseconds: a render begins after that long without another save, or at the latest."""


def preview(
    root: Path,
    render: Callable[[], str],
    *,
    port: int,
    tell: Callable[[str], None],
    browse: bool = False,
) -> None:
    """Serve ``_site`` on the loopback address until interrupted, rendering after each save.

    What ``render`` returns says what went wrong; open pages show it. With ``browse``, the site is
    opened in a browser.
    """
    rendered = Rendered(root / "_site")
    handler = partial(Handler, rendered=rendered, directory=str(root / "_site"))
    with Server(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        tell(f"{address} (Ctrl-C ends it)")
        rendered.renew(render())
        if browse:
            webbrowser.open(address)
        saves = watch(
            root,
            watch_filter=watched(root),
            step=_SETTLED,
            debounce=_LONGEST,
            raise_interrupt=False,
        )
        for _changes in saves:
            rendered.renew(render())
        server.shutdown()
