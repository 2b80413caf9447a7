"""What the program keeps for its next start, in the user's cache: files that may be gone at any
time, and that cost time alone when they are.
"""

from __future__ import annotations

import os


def cache_path(name: str) -> str:
    """Where a file of the cache is, or would be (XDG Base Directory Specification)."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(cache, "errdecode", name)  # pathlib is slow to import


def keep(path: str, data: bytes) -> None:
    """Write a file as a whole, in place of an older one, or leave all as it is.

    A cache that cannot be written is no fault.
    """
    import tempfile
    from contextlib import suppress

    folder, draft = os.path.dirname(path), None
    try:
        os.makedirs(folder, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder)
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError:
        if draft is not None:
            with suppress(OSError):
                os.unlink(draft)
