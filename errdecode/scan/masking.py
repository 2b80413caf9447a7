"""Sightings without secrets: what a tally or a line of output says of an error.

Texts of one error come again in the next, so what was masked once is remembered.
"""

from __future__ import annotations

from functools import lru_cache

from errdecode.redact import Secrets, mask
from errdecode.scan.model import Context, Sighting

_NONE = Secrets({}, {})


@lru_cache(maxsize=1 << 12)
def hide_often(text: str) -> str:
    """Mask the secrets in a text that is likely to come again."""
    return mask(text, _NONE)


def hide(text: str | None) -> str | None:
    """Mask the secrets in a text, if there is one."""
    return None if text is None else hide_often(text)


def hide_sighting(sighting: Sighting) -> Sighting:
    """Mask all that a log or a server said; the words of errdecode itself stay as they are."""
    return sighting._replace(
        context=_hide_context(sighting.context),
        code=hide(sighting.code),
        pointer=hide(sighting.pointer),
        title=hide(sighting.title),
        message=hide(sighting.message),
    )


def _hide_context(context: Context) -> Context:
    return context._replace(
        level=hide(context.level),
        request_id=hide(context.request_id),
        trace_id=hide(context.trace_id),
        method=hide(context.method),
        url=hide(context.url),
    )
