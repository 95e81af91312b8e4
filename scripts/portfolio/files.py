"""Writing files: whole or not at all, and only when their content changed."""

import os
import tempfile
from pathlib import Path


def write(path: Path, content: str | bytes) -> bool:
    """Write ``content`` to ``path`` in one step; return whether anything changed."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as draft:
        draft.write(data)
    draft_path = Path(name)
    draft_path.chmod(0o644)
    draft_path.replace(path)
    return True
