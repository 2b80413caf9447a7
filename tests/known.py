"""Captures and a body of which each way to call the program has something to say."""

from __future__ import annotations

KNOWN = "talonone-unknown-attribute-session.paste"
UNKNOWN = "unknown-house-style.http"
NO_ERROR = "http-status-200.http"
INVALID = (
    '{"message": "The submitted data was invalid", '
    '"errors": [{"title": "T", "details": "D", "source": {"pointer": "/size"}}]}'
)
