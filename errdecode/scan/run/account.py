"""What a part of a scan comes to: counts that merge in any order, and may leave their process."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from errdecode.scan.model import Place, Sighting, Skipped, Unreadable
from errdecode.scan.tally import Tally

Item = Sighting | Unreadable


class Account:
    """The tally of some ranges, and how much was read; it holds no secret."""

    def __init__(self, *, show_secrets: bool = False) -> None:
        self.tally = Tally(show_secrets=show_secrets)
        self.skipped: list[Skipped] = []
        self.notes: list[str] = []
        """What happened to the scan itself, such as the death of a process."""
        self.ranges = 0
        self.files = 0
        self.bytes = 0
        self.lines = 0
        self.taken = 0
        """Bytes as stored, before decompression."""
        self.newlines: dict[str, dict[int, int]] = {}
        """Newlines in each whole range of the files that were split, by where it starts."""
        self.items: list[Item] = []
        """Each error, masked, where they were asked for; a line is counted from its range's."""
        self.engine = ""
        self.unfinished = False
        """Whether it was stopped before its end."""

    def merge(self, other: Account) -> Account:
        """Add what another one counted, but for its items; returns this one."""
        self.tally.merge(other.tally)
        self.skipped += other.skipped
        self.notes += other.notes
        self.ranges += other.ranges
        self.files += other.files
        self.bytes += other.bytes
        self.lines += other.lines
        self.taken += other.taken
        for file, counts in other.newlines.items():
            self.newlines.setdefault(file, {}).update(counts)
        self.engine = self.engine or other.engine
        self.unfinished = self.unfinished or other.unfinished
        return self


def merge_accounts(accounts: Iterable[Account]) -> Account:
    """One account of many; `accounts` are used up."""
    first, *others = accounts
    for other in others:
        first.merge(other)
    return first


class Lines:
    """Line numbers in files that were split: how many lines stand before each range."""

    def __init__(
        self, newlines: dict[str, dict[int, int]], step: int, count: Callable[[str, int], int]
    ) -> None:
        """`step`: bytes of a range. `count` gives the newlines of a range, by file and start, when
        the account does not know them: it was skipped, or not reached."""
        self._newlines, self._step, self._count = newlines, step, count
        self._sums: dict[str, list[int]] = {}

    def before(self, file: str, offset: int) -> int:
        """Lines before the range in which a byte stands."""
        if file not in self._newlines:
            return 0
        sums = self._sums.setdefault(file, [0])
        known = self._newlines[file]
        number = offset // self._step
        while len(sums) <= number:
            start = (len(sums) - 1) * self._step
            count = known[start] if start in known else self._count(file, start)
            sums.append(sums[-1] + count)
        return sums[number]

    def complete(self, place: Place) -> Place:
        """A place with its line counted from the file's first."""
        return place._replace(line=place.line + self.before(place.file, place.offset))


def complete_lines(tally: Tally, lines: Lines) -> None:
    """Let all places in a tally tell the line in the file, no more the one in the range."""
    for fault in tally.faults():
        fault.exemplars = [one._replace(place=lines.complete(one.place)) for one in fault.exemplars]
    tally.listed = [one._replace(place=lines.complete(one.place)) for one in tally.listed]
