"""Every error of a scan as a line of JSON, in the order of the files, while the scan goes on."""

from __future__ import annotations

import json

from errdecode.model import JSON
from errdecode.render import View
from errdecode.render.scan import Findings
from errdecode.render.scan.json import VERSION, sighting_json, unreadable_json
from errdecode.scan.histogram import usable
from errdecode.scan.masking import hide_often, hide_sighting
from errdecode.scan.model import Sighting, Unreadable


def line(item: Sighting | Unreadable, *, show_secrets: bool = False) -> str:
    """One error, or what could not be read, as a line; masked unless secrets are to be shown."""
    value: dict[str, JSON] = {"version": VERSION}
    if isinstance(item, Unreadable):
        reason = item.reason if show_secrets else hide_often(item.reason)
        value |= {"kind": "unreadable", **unreadable_json(item._replace(reason=reason))}
    else:
        shown = item if show_secrets else hide_sighting(item)
        context = shown.context._replace(time=usable(shown.context.time))
        value |= {"kind": "error", **sighting_json(shown._replace(context=context))}
    return json.dumps(value) + "\n"


def render(findings: Findings, view: View) -> str:
    """Nothing: all lines have been written by now."""
    del findings, view
    return ""
