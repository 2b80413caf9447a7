"""Media types (RFC 9110, section 8.3), and which kind of content each of them promises."""

from __future__ import annotations

import re

from errdecode.regex import expression

_TYPE = expression(r"\s*([!#$%&'*+.^_`|~\w-]+/[!#$%&'*+.^_`|~\w-]+)\s*(?:[;,]|\Z)", re.ASCII)
_CHARSET = expression(r";\s*charset\s*=\s*[\"']?([^\s;,\"']+)", re.IGNORECASE)
_KINDS = {
    "text/xml": "xml",
    "application/xml": "xml",
    "application/x-www-form-urlencoded": "form",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "text/json": "json",
    "application/x-json": "json",
    "text/x-json": "json",
    "text/javascript": "json",
    "application/javascript": "json",
}


def media_type(content_type: str | None) -> str | None:
    """Cut the media type out of a Content-Type field: lower case, without parameters.

    None when the field is absent or unusable.
    """
    match = _TYPE.match(content_type or "")
    return match[1].lower() if match else None


def declared_charset(content_type: str | None) -> str | None:
    """Cut the charset parameter out of a Content-Type field, as written."""
    match = _CHARSET.search(content_type or "")
    return match[1] if match else None


def promised_kind(media: str | None) -> str | None:
    """The kind of content that a media type promises; None when it promises nothing certain."""
    if media is None:
        return None
    if media in _KINDS:
        return _KINDS[media]
    suffix = media.rpartition("+")[2] if "+" in media else ""  # RFC 6839
    return suffix if suffix in ("json", "xml") else None
