"""Remote paths such as `s3://bucket/logs/`, through fsspec; the network is touched only here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, cast

from errdecode.errors import InputError
from errdecode.regex import expression

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SCHEME = expression(r"([a-zA-Z][a-zA-Z0-9+.-]+)(?:::[^:]+)*://")  # two letters: not a drive


def is_remote(path: str) -> bool:
    """Whether a path names a file system by a scheme."""
    return _SCHEME.match(path) is not None


def list_remote(path: str) -> Iterator[tuple[str, int | None]]:
    """The files a remote path names, itself or those below or matched by it, each with its size in
    bytes. Raises `InputError`."""
    system, inner = _system(path)
    try:
        if "*" in inner or "?" in inner or "[" in inner:
            found = cast("dict[str, dict[str, object]]", system.glob(inner, detail=True))
        else:
            found = cast("dict[str, dict[str, object]]", system.find(inner, detail=True))
    except Exception as fault:  # each file system has its own
        raise InputError(f"{path}: {_said(fault)}", "check the path and credentials") from None
    if not found:
        raise InputError(f"{path}: there is no such file", "check the path and credentials")
    for name in sorted(found):
        if found[name].get("type") == "file" and not _is_hidden(name, inner):
            size = found[name].get("size")
            yield system.unstrip_protocol(name), size if isinstance(size, int) else None


def open_remote(path: str) -> IO[bytes]:
    """Open a remote file for reading. Raises `OSError` with the reason."""
    try:
        system, inner = _system(path)
        return cast("IO[bytes]", system.open(inner, "rb"))
    except OSError:
        raise
    except InputError as fault:
        raise OSError(fault.message) from None
    except Exception as fault:  # each file system has its own
        raise OSError(_said(fault)) from None


def _system(path: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a path, and the path in it. Raises `InputError`."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        hint = "install fsspec (`pip install 'errdecode[dask]'`) and the package of its scheme"
        raise InputError(f"{path}: a remote path needs fsspec", hint) from None
    try:
        return cast("tuple[AbstractFileSystem, str]", url_to_fs(path))
    except ImportError as fault:  # the scheme's package: s3fs, gcsfs, adlfs, pyarrow
        raise InputError(f"{path}: {_said(fault)}", "install what it names") from None
    except ValueError as fault:
        raise InputError(f"{path}: {_said(fault)}", "check the scheme before ://") from None


def _is_hidden(name: str, root: str) -> bool:
    """Whether a part of a name below the path the user gave begins with a dot."""
    below = name[len(root) :] if name.startswith(root) else name
    return any(part.startswith(".") for part in below.split("/") if name != root)


def _said(fault: Exception) -> str:
    lines = str(fault).strip().splitlines()
    return lines[0][:200] if lines else type(fault).__name__
