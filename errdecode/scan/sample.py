"""A capped sample of values that comes out the same whatever the order they were met in.

Those with the smallest hashes are kept. As all samples use one hash, two of them can be compared:
below the largest hash that both still hold, each is complete.
"""

from __future__ import annotations

from typing import Generic, TypeVar
from zlib import crc32

_Value = TypeVar("_Value")
_SCATTER = 0x9E3779B1  # odd, so no two are made one; near ones come far apart (Knuth, TAOCP 6.4)


def fingerprint(text: str) -> int:
    """64 bits that stand for a text, the same in every process."""
    from hashlib import blake2b

    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def quick_hash(text: str) -> int:
    """32 bits that stand for a text, the same in every process, ten times as fast."""
    return crc32(text.encode("utf-8", "surrogatepass")) * _SCATTER & 0xFFFFFFFF


class Sample(Generic[_Value]):
    """The values with the `most` smallest fingerprints; of two for one fingerprint, the smaller."""

    __slots__ = ("dropped", "kept", "most", "top")

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: dict[int, _Value] = {}
        self.dropped = False
        """Whether there were more than are kept."""
        self.top = -1
        """The largest fingerprint that is kept."""

    def wants(self, key: int) -> bool:
        """Whether a fingerprint would be kept and is not yet; one that is not is taken note of."""
        if key in self.kept:
            return False
        if len(self.kept) < self.most or key < self.top:
            return True
        self.dropped = True
        return False

    def add(self, key: int, value: _Value) -> None:
        """Add a value under its fingerprint."""
        if key in self.kept:
            if value < self.kept[key]:  # type: ignore[operator]  # values are strings or tuples
                self.kept[key] = value
        elif len(self.kept) < self.most:
            self.kept[key] = value
            self.top = max(self.top, key)
        else:
            self.dropped = True
            if key < self.top:
                del self.kept[self.top]
                self.kept[key] = value
                self.top = max(self.kept)

    def merge(self, other: Sample[_Value]) -> None:
        """Add all values of another sample."""
        self.dropped = self.dropped or other.dropped
        for key, value in other.kept.items():
            self.add(key, value)

    def count(self) -> int:
        """How many different values had a `fingerprint`: exact up to `most`, an estimate beyond.

        The k-th smallest of n even hashes lies near k/n of their range (Bar-Yossef et al.,
        Counting distinct elements in a data stream, 2002).
        """
        if not self.dropped:
            return len(self.kept)
        return round((self.most - 1) * 2.0**64 / (self.top + 1))

    def within(self, other: Sample[_Value]) -> set[int]:
        """The fingerprints of this one of which the other one tells whether it has them."""
        return {key for key in self.kept if not other.dropped or key <= other.top}

    def values(self) -> list[_Value]:
        """The values, by their fingerprints."""
        return [self.kept[key] for key in sorted(self.kept)]
