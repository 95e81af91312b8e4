"""Preview with the embedded renderer: serve the site here only, render on save, reload the page."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from watchfiles import watch

from portfolio.renderers.inputs import watched
from portfolio.renderers.serving import Handler, Rendered, Server


def preview(
    root: Path, render: Callable[[], None], *, port: int, tell: Callable[[str], None]
) -> None:
    """Serve ``_site`` on the loopback address until interrupted, rendering after each save."""
    rendered = Rendered()
    handler = partial(Handler, rendered=rendered, directory=str(root / "_site"))
    with Server(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tell(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
        for _changes in watch(root, watch_filter=watched(root), raise_interrupt=False):
            render()
            rendered.count += 1
        server.shutdown()
