"""From the paths a user names to the sources: files, folders, globs, archives, streams."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from errdecode.errors import InputError
from errdecode.scan.model import Skipped
from errdecode.scan.sources.content import reason_of
from errdecode.scan.sources.opening import Source, find_members
from errdecode.scan.sources.remote import is_remote, list_remote

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
Identity = tuple[int, int] | str
"""Device and inode of a file or folder; where a system has none, and for remote ones, its name."""


def find_sources(paths: Iterable[str]) -> Iterator[Source | Skipped]:
    """The sources of all paths in their order, a folder's sorted by name; a file counts once,
    however often and by whatever names it comes.

    A path is a file, a folder, a glob that no shell expanded, `-`, or an address of fsspec. Raises
    `InputError` for one that does not exist.
    """
    seen: dict[Identity, str] = {}
    for path in paths:
        if path == "-":
            yield Source("-", "-", stream=True)
        elif is_remote(path):
            for file, size in list_remote(path):
                if file not in seen:
                    seen[file] = file
                    yield from _look_into(file, size)
        elif os.path.lexists(path):
            yield from _find_named(path, seen)
        else:
            for one in _expand(path):
                yield from _find_named(one, seen)


def _expand(pattern: str) -> list[str]:
    """The paths a glob matches, sorted; `**` crosses folders. Raises `InputError` for none."""
    from glob import glob, has_magic

    found = sorted(glob(pattern, recursive=True)) if has_magic(pattern) else []
    if not found:
        matches = "no file matches it" if has_magic(pattern) else "there is no such file"
        raise InputError(f"{pattern}: {matches}", "check the path")
    return found


def _find_named(path: str, seen: dict[Identity, str]) -> Iterator[Source | Skipped]:
    """The sources of a path that the user named: a pipe is read here, in a folder it is not."""
    try:
        mode = os.stat(path).st_mode
    except OSError as fault:
        yield Skipped(path, reason_of(fault))
        return
    if stat.S_ISDIR(mode):
        for one in files_in(path, seen):
            yield from [one] if isinstance(one, Skipped) else _find_file(one, seen)
    elif stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        yield Source(path, path, stream=True)
    else:
        yield from _find_file(path, seen)


def files_in(folder: str, seen: dict[Identity, str]) -> Iterator[str | Skipped]:
    """The paths of the files in a folder and the folders in it, without hidden ones, sorted."""
    waiting: list[tuple[str, bool]] = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            status = os.stat(path)
            entries = sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True)
        except OSError as fault:
            yield Skipped(path, reason_of(fault))
            continue
        first = _known(path, status, seen)
        if first is not None:
            if first != path:
                yield Skipped(path, f"a link to {first}, which is scanned already", True)
            continue
        waiting += [
            (entry.path, _is_folder(entry)) for entry in entries if not entry.name.startswith(".")
        ]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _find_file(path: str, seen: dict[Identity, str]) -> Iterator[Source | Skipped]:
    try:
        status = os.stat(path)
    except OSError as fault:
        yield Skipped(path, reason_of(fault))
        return
    odd = next((name for test, name in _KINDS if test(status.st_mode)), None)
    first = _known(path, status, seen)
    if first == path:
        return
    if odd:
        yield Skipped(path, odd)
    elif first is not None:
        yield Skipped(path, f"the same file as {first}, which is scanned already", True)
    else:
        yield from _look_into(path, status.st_size)


def _known(path: str, status: os.stat_result, seen: dict[Identity, str]) -> str | None:
    """The path by which a file or folder came before; None when it comes for the first time."""
    identity = identify(path, status)
    first = seen.get(identity)
    if first is None:
        seen[identity] = path
    return first


def identify(path: str, status: os.stat_result) -> Identity:
    """What tells a file or folder from all others, whatever it is called."""
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def _look_into(path: str, size: int | None) -> Iterator[Source | Skipped]:
    try:
        for one in find_members(path, path, size):
            yield one if isinstance(one, Source) else Skipped(*one)
    except OSError as fault:
        yield Skipped(path, reason_of(fault))
