"""Watches folders and globs for files that come to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from errdecode.scan.sources.find import Identity, files_in, find_sources, identify
from errdecode.scan.sources.opening import Source
from errdecode.scan.sources.remote import is_remote

_BEFORE_DATE = ".-_~"
"""What stands between a log's name and what a rotation adds to it."""


class Watch:
    """Finds files that were not there before.

    What logs are rotated into is not new: a file under another name, and a copy whose name begins
    with that of a followed one, as `app.log.1` and `app.log-20261123.gz` do.
    """

    def __init__(self, paths: Iterable[str], sources: Iterable[Source]) -> None:
        """`sources` are what was found at the `paths` so far."""
        self.paths = [path for path in paths if _may_gain(path)]
        """Those of the paths at which files may come: folders and globs."""
        self._followed = {source.path for source in sources}
        self._met: dict[Identity, int] = {}
        """Files that came before, and their bytes at that time."""
        self._meet(self._followed)

    def look(self) -> list[Source]:
        """The sources in files that came since the last look and are no longer empty, without
        archives and what is compressed."""
        if not self.paths:
            return []
        self._meet(self._followed)
        new = self._meet(_paths_at(self.paths))
        ours = [path for path in new if not self._is_rotated(path)]
        found = [
            one for one in find_sources(ours) if isinstance(one, Source) and one.can_be_split()
        ]
        self._followed |= {one.path for one in found}
        return found

    def _meet(self, paths: Iterable[str]) -> list[str]:
        """Remember the files at some paths, and give those that hold a new one; the number of a
        file that was deleted may be given to another, which then is shorter."""
        new = []
        for path in paths:
            try:
                status = os.stat(path)
            except OSError:
                continue
            identity, size = identify(path, status), status.st_size
            if size and size < self._met.get(identity, size + 1) and path not in self._followed:
                new.append(path)
            if size or path in self._followed:
                self._met[identity] = size
        return new

    def _is_rotated(self, path: str) -> bool:
        return any(
            path.startswith(name) and path[len(name)] in _BEFORE_DATE
            for name in self._followed
            if name != path
        )


def _may_gain(path: str) -> bool:
    """Whether files may come to a path: to what is there and no folder, none do."""
    if path == "-" or is_remote(path):
        return False
    return os.path.isdir(path) or not os.path.lexists(path)


def _paths_at(paths: Iterable[str]) -> Iterator[str]:
    """The files in folders and of globs."""
    from glob import glob

    for path in paths:
        for place in [path] if os.path.isdir(path) else sorted(glob(path, recursive=True)):
            if not os.path.isdir(place):
                yield place
                continue
            yield from (one for one in files_in(place, {}) if isinstance(one, str))
