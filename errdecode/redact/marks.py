"""How a secret is covered: a bullet for each character, and for a long one a tag to compare by.

A mask has as many code points as what it hides, so every offset stays true. A secret of 20
characters or more starts with `‹tag›`: six hex digits of a hash under a key that only this user
has. Equal secrets get equal tags, and a tag says nothing to anyone without the key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from errdecode.model.record import NamedTuple
from errdecode.regex import expression

TAGGED = 20
"""From this many characters on, a secret gets a tag."""

_TAG_WIDTH = 8  # six digits and two brackets
_MASK = expression("(?:‹[0-9a-f]{6}›|<[0-9a-f]{6}>)?[•＊·🞄*\r\n]*")
_PLACEHOLDER = expression(
    r"\$\{?[A-Z][A-Z0-9_]{2,}\}?|%[A-Z][A-Z0-9_]{2,}%|\{\{[^{}]*\}\}|<[A-Za-z _-]+>|\[[A-Z _]+\]"
    r"|[xX]{3,}|\.{3,}|…"
)

_keys: dict[str, bytes | None] = {}


class Hit(NamedTuple):
    """A half-open range of a text that is to be covered."""

    start: int
    end: int
    raw: str
    """The secret as its owner knows it, without escapes: what its tag is made of. Empty: no tag."""
    echoed: bool = True
    """Whether the secret is looked for elsewhere; not when it may be an ordinary word."""


def is_masked(value: str) -> bool:
    """Tell whether there is nothing left to hide: a mask, or a placeholder such as `$TOKEN`."""
    return bool(_MASK.fullmatch(value) or _PLACEHOLDER.fullmatch(value))


def merge(hits: Iterable[Hit]) -> list[Hit]:
    """Put hits in order and make one of those that overlap; the first, longest one names it."""
    merged: list[Hit] = []
    for hit in sorted(hits, key=_by_place):
        if merged and hit.start < merged[-1].end:
            last = merged[-1]
            if hit.end > last.end:
                merged[-1] = Hit(last.start, hit.end, last.raw, last.echoed)
        elif hit.end > hit.start:
            merged.append(hit)
    return merged


def cover(value: str, hits: Iterable[Hit], encoding: str = "ascii") -> str:
    """Cover merged hits in a text, character for character; line breaks stay.

    For a text in a Unicode `encoding`, a mask also takes as many bytes as what it hides, so that
    byte offsets stay true. Where bullets would not, it is made of asterisks.
    """
    parts: list[str] = []
    done = 0
    for hit in hits:
        parts.append(value[done : hit.start])
        parts.append(_mask(value[hit.start : hit.end], hit.raw, encoding))
        done = hit.end
    parts.append(value[done:])
    return "".join(parts)


def hide(raw: str) -> str:
    """Mask a whole string."""
    return _mask(raw, raw, "ascii")


def _by_place(hit: Hit) -> tuple[int, int, bool]:
    return (hit.start, -hit.end, not hit.raw)


def _mask(hidden: str, raw: str, encoding: str) -> str:
    """Mask one secret; `hidden` is what stands in the text, `raw` the secret without escapes."""
    if is_masked(hidden):
        return hidden
    narrow = "*" if encoding.startswith("utf-8") else "•"
    covered = narrow * len(hidden)
    if not hidden.isascii() or "\n" in hidden or "\r" in hidden:
        covered = _bullets(hidden, narrow)
    fits = len(hidden) >= TAGGED and covered[:_TAG_WIDTH] == narrow * _TAG_WIDTH
    tag = _tag(raw) if fits and len(raw) >= TAGGED else None
    if tag is None:
        return covered
    return (f"<{tag}>" if narrow == "*" else f"‹{tag}›") + covered[_TAG_WIDTH:]


def _bullets(hidden: str, narrow: str) -> str:
    """Cover each character by one as wide, and in UTF-8 as long: `*`, `·`, `•`, `🞄`."""
    from unicodedata import east_asian_width

    covered = []
    for character in hidden:
        if character in "\r\n":
            covered.append(character)
        elif character < "\x80":
            covered.append(narrow)
        elif character >= "\U00010000":
            covered.append("🞄")
        elif east_asian_width(character) in "WF":
            covered.append("＊")
        else:
            covered.append("·" if character < "\u0800" and narrow == "*" else "•")
    return "".join(covered)


def _tag(raw: str) -> str | None:
    """Derive a secret's tag; None when this user's key can be neither read nor made."""
    key = _user_key(_key_path())
    if key is None:
        return None
    from hashlib import blake2s

    return blake2s(raw.encode("utf-8", "surrogatepass"), key=key, digest_size=3).hexdigest()


def _key_path() -> str:
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
        return os.path.join(base, "errdecode", "key")
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):  # the specification has relative paths ignored
        base = os.path.expanduser("~/.local/state")
    return os.path.join(base, "errdecode", "key")


def _user_key(path: str) -> bytes | None:
    if path not in _keys:
        _keys[path] = _read_key(path) or _make_key(path)
    return _keys[path]


def _read_key(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            key = file.read(33)
    except OSError:
        return None
    return key if len(key) == 32 else None


def _make_key(path: str) -> bytes | None:
    """Write a new key for its owner alone; the first of several processes wins."""
    draft = f"{path}.{os.urandom(4).hex()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
        _publish(draft, path)
    except OSError:
        return None
    return _read_key(path)


def _publish(draft: str, path: str) -> None:
    """Give a whole file its name, unless another process was first."""
    try:
        os.link(draft, path)
    except OSError:
        if _read_key(path) is None:  # no hard links here, or what bears the name is no key
            os.replace(draft, path)
            return
    os.unlink(draft)
