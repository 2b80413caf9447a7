"""Makes a change in a response, as detection sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from errdecode.clue import LONGEST_SUBJECT, Seen
from errdecode.model import JSON, Body, Change, Text
from errdecode.pointer import Tokens, parse


def apply(changes: Sequence[Change], seen: Seen) -> Seen:
    """The response after some changes, made in this order; what is there already stays as it is.

    A JSON body is written anew, so that clues on its text see the change, too.
    """
    for change in changes:
        if change.at.startswith("header:"):
            seen = _set_field(seen, change.at.removeprefix("header:"), change.value)
        elif change.at == "status" and isinstance(change.value, int):
            seen = seen._replace(status=change.value)
        elif change.at in ("host", "path"):
            value = None if change.value is None else str(change.value)
            host, path = (value, seen.path) if change.at == "host" else (seen.host, value)
            seen = seen._replace(host=host, path=path)
        elif change.at == "text":
            seen = seen._replace(body=_cut(seen.body, str(change.value)))
        else:
            seen = seen._replace(body=_edit_body(seen.body, change))
    return seen


def _set_field(seen: Seen, name: str, value: JSON) -> Seen:
    headers = dict(seen.headers or {})
    headers.pop(name.lower(), None)
    if value is not None:
        headers[name.lower()] = str(value)
    if name.lower() != "content-type":
        return seen._replace(headers=headers)
    media_type = None if value is None else str(value).partition(";")[0].strip().lower()
    shown = headers if seen.headers is not None else None
    body = seen.body._replace(media_type=media_type)
    return seen._replace(headers=shown, media_type=media_type, body=body)


def _cut(body: Body, pattern: str) -> Body:
    """A page or a text without the passages that an expression finds."""
    text = body.text.value
    cut = re.sub(pattern, "", text[:LONGEST_SUBJECT]) + text[LONGEST_SUBJECT:]
    value = cut if isinstance(body.value, str) else body.value
    return body._replace(text=Text(cut), value=value)


def _edit_body(body: Body, change: Change) -> Body:
    tokens = parse(change.at).tokens
    if tokens is None:
        return body
    value = _edit(body.value, tokens, change)
    if body.kind != "json":
        return body._replace(value=value)
    return body._replace(value=value, text=Text(json.dumps(value, ensure_ascii=False)), tree=None)


def _edit(value: JSON, tokens: Tokens, change: Change) -> JSON:
    """A copy of a value with the change in it; only what lies on the way is copied."""
    if not tokens:
        return change.value
    way: list[tuple[JSON, str]] = []
    for token in tokens:
        way.append((value, token))
        value = step(value, token)
    made = change.value
    remove = change.op == "remove"
    for parent, token in reversed(way):
        made = _with(parent, token, made, remove=remove)
        remove = False
    return made


def step(value: JSON, token: str) -> JSON:
    """The member or item of a value; None where there is none."""
    if isinstance(value, dict):
        return value.get(token)
    if isinstance(value, list) and token.isdecimal() and int(token) < len(value):
        return value[int(token)]
    return None


def _with(parent: JSON, token: str, child: JSON, *, remove: bool) -> JSON:
    """A copy of an object or array with one member put, or left out; others stay as they are."""
    if isinstance(parent, dict):
        rest = {name: value for name, value in parent.items() if name != token or not remove}
        return rest if remove else {**rest, token: child}
    if isinstance(parent, list) and token.isdecimal():
        at = int(token)
        return [*parent[:at], *([] if remove else [child]), *parent[at + 1 :]]
    return parent
