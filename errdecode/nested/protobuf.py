"""The wire format of Protocol Buffers, read without generated code.

https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from errdecode.model.record import NamedTuple

VARINT, FIXED64, BYTES, START_GROUP, END_GROUP, FIXED32 = range(6)

_MOST_FIELDS = 10_000
_LARGEST_NUMBER = (1 << 29) - 1


class WireField(NamedTuple):
    """One field of a message as it stands on the wire."""

    number: int
    wire: int
    """`VARINT`, `BYTES` and so on; a group is one field without a value."""
    value: int | bytes


class Message(NamedTuple):
    """The fields of a message, as far as they could be read."""

    fields: tuple[WireField, ...]
    complete: bool
    """False when it is damaged, or holds more fields than are read."""


def read_message(data: bytes) -> Message:
    """Read the fields of a message up to its end or the first damage; never raises.

    Groups are skipped, however deep, as one field each.
    """
    fields: list[WireField] = []
    groups: list[int] = []
    at = 0
    while at < len(data):
        read = _read_field(data, at)
        if read is None or len(fields) >= _MOST_FIELDS:
            return Message(tuple(fields), False)
        field, at = read
        if field.wire == END_GROUP:
            if not groups or groups.pop() != field.number:
                return Message(tuple(fields), False)
            continue
        if not groups:
            fields.append(field)
        if field.wire == START_GROUP:
            groups.append(field.number)
    return Message(tuple(fields), not groups)


def _read_field(data: bytes, at: int) -> tuple[WireField, int] | None:
    """Read the field at a byte, and where the next one begins; None when it is damaged."""
    tag = _read_varint(data, at)
    if tag is None:
        return None
    number, wire = tag[0] >> 3, tag[0] & 7
    at = tag[1]
    if not 1 <= number <= _LARGEST_NUMBER or wire > FIXED32:
        return None
    if wire in (START_GROUP, END_GROUP):
        return WireField(number, wire, b""), at
    if wire == VARINT:
        varint = _read_varint(data, at)
        return (WireField(number, wire, varint[0]), varint[1]) if varint else None
    size = {FIXED64: 8, FIXED32: 4}.get(wire)
    if size is None:
        length = _read_varint(data, at)
        if length is None:
            return None
        size, at = length
    if size > len(data) - at:
        return None
    return WireField(number, wire, data[at : at + size]), at + size


def _read_varint(data: bytes, at: int) -> tuple[int, int] | None:
    """Read a base-128 number of at most ten bytes, and where it ends; None when it is cut off."""
    value = 0
    for index, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at + index + 1
    return None
