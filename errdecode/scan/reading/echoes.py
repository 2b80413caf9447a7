"""Masks in what is shown of an error the secrets that stand elsewhere in its body: nothing in the
line itself tells that they are some."""

from __future__ import annotations

from collections.abc import Callable

from errdecode.model import JSON
from errdecode.redact import find_secrets, mask
from errdecode.redact.members import named_values
from errdecode.redact.names import NONE, WEAK, classify
from errdecode.regex import expression
from errdecode.scan.cut.json_values import Missing
from errdecode.scan.reading.answers import Answer, Around, exchange_of

SHORTEST = 6
"""Characters of a secret that is looked for."""
LONGEST = 64 << 10
"""Bytes of a body that is searched for secrets."""
_NESTED = frozenset((dict, list))
_MOST = 4000
_PAIRED = frozenset("input actual received given".split())
"""Besides `value`: members that hold what a neighbour names."""
_telling: dict[tuple[str, ...], bool] = {}
"""Whether objects with these members may hold a secret by name."""
_TOKEN = expression(rb"[^\s\"'<>(),;:=]{6,200}")
_WORD = expression(rb"[A-Za-z]?[a-z]+[.!?]?")


def hide_echoes(answer: Answer, value: JSON | Missing, raw: Callable[[], bytes | None]) -> Answer:
    """Mask echoes in title and message; the body is only searched where there may be one.

    `value` is the body's, where it is JSON: members with telling names are looked at first.
    """
    said = f"{answer.title or ''} {answer.message or ''}"
    if len(said) < SHORTEST:
        return answer
    if not isinstance(value, Missing):
        if not _may_tell(value) or not any(
            one in said for one in named_values(value) if len(one) >= SHORTEST
        ):
            return answer
        text = raw()
    else:
        text = raw()
        if text is None or not _comes_twice(said, text):
            return answer
    if text is None or len(text) > LONGEST:
        return answer
    secrets = find_secrets(exchange_of(text, Around()))
    return answer._replace(
        title=answer.title and mask(answer.title, secrets),
        message=answer.message and mask(answer.message, secrets),
    )


def _may_tell(value: JSON) -> bool:
    """Whether a value has a member whose name tells of a secret, or that may be paired with one."""
    stack: list[JSON] = [value]
    while stack:
        node = stack.pop()
        if type(node) is dict:
            names = tuple(node)
            tells = _telling.get(names)
            if tells or (tells is None and _learn(names)):
                return True
            stack += [
                child for child in node.values() if type(child) is dict or type(child) is list
            ]
        elif type(node) is list:
            stack += [child for child in node if type(child) in _NESTED]
    return False


def _learn(names: tuple[str, ...]) -> bool:
    if len(_telling) > _MOST:
        _telling.clear()
    kinds = [classify(name) for name in names]
    paired = any("value" in name.lower() or name.lower() in _PAIRED for name in names)
    _telling[names] = tells = paired or any(kind not in (NONE, WEAK) for kind in kinds)
    return tells


def _comes_twice(said: str, text: bytes) -> bool:
    """Whether something in a text that is no plain word stands in a body more than once."""
    return any(
        text.count(token) > 1
        for token in _TOKEN.findall(said.encode("utf-8", "surrogatepass"))
        if _WORD.fullmatch(token) is None
    )
