"""Secrets that are known by their shape, wherever they stand: tokens, private keys, card numbers.

Each shape starts with a literal, so a text without any costs one substring search per literal; a
pattern is only tried where its literal stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdecode.redact.marks import Hit
from errdecode.regex import expression

_TOKEN_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

SHAPES: tuple[tuple[str, str], ...] = (
    ("eyJ", r"[\w-]{5,}\.[\w-]{4,}\.?[\w-]*\.?[\w-]*\.?[\w-]*"),  # RFC 7519 and RFC 7516
    ("AKIA", r"[A-Z2-7]{16}(?!\w)"),
    ("ASIA", r"[A-Z2-7]{16}(?!\w)"),
    *((f"gh{kind}_", r"[A-Za-z0-9]{30,}") for kind in "pousr"),
    ("github_pat_", r"\w{22,}"),
    ("glpat-", r"[\w-]{20,}"),
    *((f"gl{kind}-", r"[\w-]{20,}") for kind in ("dt", "rt", "cbt", "ptt", "ft", "soat", "agent")),
    *((f"xox{kind}-", r"[\w-]{10,}") for kind in "abcdeprs"),
    ("xapp-", r"\d-[\w-]{10,}"),
    *((f"{kind}_{mode}_", r"\w{10,}") for kind in ("sk", "rk") for mode in ("live", "test")),
    ("whsec_", r"[\w+/=]{16,}"),
    ("AIza", r"[\w-]{35}"),
    ("ya29.", r"[\w-]{20,}"),
    ("GOCSPX-", r"[\w-]{20,}"),
    ("SG.", r"[\w-]{16,}\.[\w-]{16,}"),
    ("SK", r"[0-9a-f]{32}(?!\w)"),
    ("npm_", r"[A-Za-z0-9]{36}"),
    ("pypi-AgE", r"[\w-]{20,}"),  # a macaroon of version 2, with its length and its location
    ("pypi-", r"[\w-]{50,}"),
    ("sk-ant-", r"[\w-]{16,}"),
    ("sk-", r"(?=[\w-]*\d)[\w-]{20,}"),
    *((f"shp{kind}_", r"[0-9a-fA-F]{32}") for kind in ("at", "ca", "pa", "ss")),
    *((f"d{kind}_v1_", r"[0-9a-f]{64}") for kind in ("op", "oo", "or")),
    ("key-", r"[0-9a-f]{32}(?!\w)"),
    ("hf_", r"[A-Za-z]{30,}"),
    ("hvs.", r"[\w-]{20,}"),
    ("dckr_pat_", r"[\w-]{20,}"),
    ("lin_api_", r"\w{30,}"),
    ("glsa_", r"\w{30,}"),
    ("sq0atp-", r"[\w-]{22}"),
    ("sq0csp-", r"[\w-]{43}"),
    ("ATATT3x", r"[\w=-]{20,}"),
    ("dapi", r"[0-9a-f]{32}(?!\w)"),
    ("NRAK-", r"[A-Z0-9]{27}"),
    ("AGE-SECRET-KEY-1", r"[A-Z0-9]{40,}"),
    ("EAA", r"(?=[A-Za-z_-]{0,64}[0-9])[\w-]{24,}+(?![+/=])"),  # of Meta and of Square
    ("gsk_", r"[A-Za-z0-9]{40,}"),
    ("ntn_", r"[A-Za-z0-9]{40,}"),
    ("figd_", r"[\w-]{30,}"),
    ("PMAK-", r"[0-9a-f]{24}-[0-9a-f]{34}"),
)
"""What a token begins with, and the expression that follows it; sources: the providers' own pages
on secret scanning and key formats."""
_TAILS = tuple((literal, expression(tail, re.ASCII)) for literal, tail in SHAPES)

_TELEGRAM = expression(r"[\w-]{33,35}(?![\w-])", re.ASCII)
_BOT = expression(r"\d{5,16}(?::|%3[Aa])[\w-]{16,}", re.ASCII)
_DISCORD = expression(r"[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,40}", re.ASCII)

_KEY_LABEL = expression(r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINES = expression(r"[A-Za-z0-9+/=\s\\:,.-]*", re.ASCII)

_BEARER = expression(r"[A-Za-z0-9._~+/-]{8,}={0,2}")
_SIGNED = expression(r"[\w-]{3,}(?:\.[\w-]{3,}){1,4}", re.ASCII)
_MIXED = expression(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])", re.ASCII)

_CARD = expression(
    r"[2-6](?:(?<![\w.+/-].)|(?<=\\[nrt].))"
    r"\d{3}[ -]?\d{4,6}[ -]?\d{4,5}[ -]?\d{0,4}[ -]?\d{0,3}",
    re.ASCII,
)
_CARD_ISSUER = expression(
    r"4(?:\d{12}|\d{15}|\d{18})$"  # Visa (13 digits were given out until the 1990s)
    r"|(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d*$(?<=^\d{16})"  # Mastercard
    r"|3[47]\d{13}$"  # American Express
    r"|(?:6011|65|64[4-9])\d*$|35(?:2[89]|[3-8]\d)\d*$|62\d*$"  # Discover, JCB, UnionPay
    r"|3(?:0[0-5]|[689])\d{11}$"  # Diners Club
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d*$",  # Maestro
    re.ASCII,
)
_IDENTIFIER = expression(
    r"(?:id|ids|time|timestamp|nonce|sequence|offset|trace|span)"
    r"(?:\\*[\"'])?\s{0,4}[:=]\s{0,4}\[?(?:\\*[\"'])?$",
    re.IGNORECASE,
)


def find_shapes(text: str) -> list[Hit]:
    """Find every secret that is known by its shape; hits may overlap and are in no order."""
    if len(text) < 12:
        return []
    hits: list[Hit] = []
    for literal, tail in _TAILS:
        if literal in text:
            hits += _tokens(text, literal, tail)
    if ":AA" in text:
        hits += _telegram_tokens(text)
    if "/bot" in text:
        hits += _bots_of_paths(text)
    if "." in text:
        hits += (
            Hit(found.start(), found.end(), found[0])
            for found in _DISCORD.finditer(text)
            if stands_free(text, found.start())
        )
    if "-----BEGIN " in text:
        hits += _private_keys(text)
    hits += _scheme_tokens(text)
    hits += _cards(text)
    return hits


def card_prefix(digits: str) -> int:
    """Count the leading characters of a card number to hide, all but four digits; 0: it is none.

    `digits` may hold blanks and dashes.
    """
    bare = digits.replace(" ", "").replace("-", "")
    if not 13 <= len(bare) <= 19 or not _CARD_ISSUER.match(bare) or not _luhn(bare):
        return 0
    if len(bare) == 13 and _is_article(bare):
        return 0
    kept = 0
    for at in range(len(digits) - 1, -1, -1):
        kept += digits[at].isdigit()
        if kept == 4:
            return at
    return 0


def stands_free(text: str, at: int) -> bool:
    """Tell whether a token may start here: not within a word, an escape (`\\n`, `%20`) apart."""
    if at == 0 or text[at - 1] not in _TOKEN_CHARACTERS:
        return True
    before = text[max(0, at - 6) : at]
    return before[-2:-1] == "\\" or before[-3:-2] == "%" or before[:2] == "\\u"


def _tokens(text: str, literal: str, tail: re.Pattern[str]) -> Iterator[Hit]:
    at = text.find(literal)
    while at >= 0:
        found = tail.match(text, at + len(literal)) if stands_free(text, at) else None
        end = found.end() if found else at + len(literal)
        if found:
            while text[end - 1] == ".":
                end -= 1
            yield Hit(at, end, text[at:end])
        at = text.find(literal, end)


def _telegram_tokens(text: str) -> Iterator[Hit]:
    """Find bot tokens: 8 to 10 digits, a colon and 35 characters that start with AA."""
    at = text.find(":AA")
    while at >= 0:
        found = _TELEGRAM.match(text, at + 1)
        start = at
        while start > at - 11 and text[start - 1 : start].isdigit():
            start -= 1
        if found and 8 <= at - start <= 10:
            yield Hit(start, found.end(), text[start : found.end()])
        at = text.find(":AA", at + 3)


def _bots_of_paths(text: str) -> Iterator[Hit]:
    """Find bot tokens of any length in addresses: https://core.telegram.org/bots/api"""
    at = text.find("/bot")
    while at >= 0:
        found = _BOT.match(text, at + 4)
        if found:
            yield Hit(found.start(), found.end(), found[0])
        at = text.find("/bot", found.end() if found else at + 4)


def _private_keys(text: str) -> Iterator[Hit]:
    """Find PEM blocks (RFC 7468), cut-off ones and those in escaped strings included."""
    at, last = text.find("-----BEGIN "), text.rfind("-----END ")
    while at >= 0:
        label = _KEY_LABEL.match(text, at + 11)
        end = at + 11
        if label:
            finish = text.find("-----END ", label.end()) if label.end() <= last else -1
            close = text.find("-----", finish + 9) if finish >= 0 else -1
            lines = _KEY_LINES.match(text, label.end())
            end = close + 5 if close >= 0 else lines.end() if lines else label.end()
            yield Hit(at, end, text[at:end].replace("\\n", "\n"))
        at = text.find("-----BEGIN ", end)


def _scheme_tokens(text: str) -> Iterator[Hit]:
    """Find what follows `Bearer` or `Basic` in running text, when it looks like a credential."""
    for scheme in ("earer ", "EARER ", "asic "):
        at = text.find(scheme)
        while at >= 0:
            start = at + len(scheme)
            found = _BEARER.match(text, start)
            if found and _looks_random(found[0]):
                yield Hit(start, found.end(), found[0])
            at = text.find(scheme, found.end() if found else start)


def _looks_random(token: str) -> bool:
    if any(c.isdigit() for c in token):
        return True
    if len(token) >= 20 and token.isalpha():
        return True
    if len(token) >= 16 and _MIXED.match(token):
        return True
    return bool(_SIGNED.fullmatch(token))  # parts as in a signed token, or a bare name


def _cards(text: str) -> Iterator[Hit]:
    for found in _CARD.finditer(text):
        digits = found[0].rstrip(" -")
        end = found.start() + len(digits)
        hidden = 0 if _goes_on(text, end) else card_prefix(digits)
        start = found.start()
        if hidden and not _IDENTIFIER.search(text, max(0, start - 32), start):
            raw = digits[:hidden].replace(" ", "").replace("-", "")
            yield Hit(start, start + hidden, raw)


def _goes_on(text: str, end: int) -> bool:
    """Tell whether digits that end here are part of something longer."""
    after = text[end : end + 2]
    return (
        after[:1].isalnum() or after[:1] in ("_", "-") or (after[:1] == "." and after[1:].isdigit())
    )


def _is_article(digits: str) -> bool:
    """Check the last digit of an article number (GS1 General Specifications, section 7.9)."""
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def _luhn(digits: str) -> bool:
    """Check the last digit (ISO/IEC 7812-1, annex B)."""
    total = sum(map(int, digits[-1::-2]))
    return (total + sum(sum(divmod(2 * int(c), 10)) for c in digits[-2::-2])) % 10 == 0
