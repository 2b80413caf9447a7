"""Messages of Protocol Buffers and statuses of gRPC, written as they are sent."""

from __future__ import annotations

import base64


def varint(value: int) -> bytes:
    """A number in base 128."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def message(*fields: tuple[int, int | str | bytes]) -> bytes:
    """A message of numbered fields."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts.append(varint(number << 3) + varint(value))
        else:
            data = value.encode() if isinstance(value, str) else value
            parts.append(varint(number << 3 | 2) + varint(len(data)) + data)
    return b"".join(parts)


def any_of(name: str, data: bytes) -> bytes:
    """A google.protobuf.Any."""
    return message((1, f"type.googleapis.com/{name}"), (2, data))


def encode(data: bytes) -> str:
    """Base64 without padding, as gRPC sends it."""
    return base64.b64encode(data).decode().rstrip("=")


def status(*details: bytes) -> str:
    """A google.rpc.Status as the field carries it."""
    fields = ((3, detail) for detail in details)
    return encode(message((1, 3), (2, "no good"), *fields))
