"""What a body says of itself by the usual words: that it is an error, or that there is none."""

from __future__ import annotations

import re

from errdecode.extract import as_status
from errdecode.extract.aims import bare_name
from errdecode.model import JSON, Body
from errdecode.patterns import scalar

DENIALS = frozenset({"error", "fail", "failed", "failure"})
"""What a `status` says that is none of HTTP's, where something failed."""
ZEROS = ("0", "00", "000", "0000")
"""Codes of success, as text."""
_ERROR_NAMES = frozenset(
    "error errors fault exception errorcode errormessage errcode err errormsg "
    "errordescription".split()
)
_FINE = frozenset("ok okay success successful succeeded done healthy pong".split())
FLAGS = frozenset("success ok succeeded successful".split())
STATES = frozenset("status state result outcome".split())
CODES = frozenset("code statuscode errcode errorcode errno retcode ret resultcode rc".split())
MESSAGES = frozenset(
    "message msg errmsg errormessage errormsg retmsg resultmessage statusmessage description "
    "reason detail".split()
)
INNER = frozenset("status meta header head response result".split())
"""Objects that tell how it went, beside the data."""
_FAILS = re.compile(
    "error|exception|^fault|^err(code|no|num|msg|message|text|desc|description|detail|info)?s?$"
    "|^fail(s|ed|ure|ures|count|edcount)?$|^sub(code|msg|message)$"
)
"""Members, by their bare names, that tell of a failure where they tell of anything."""


def looks_like_error(body: Body) -> bool:
    """Whether a body says of itself that it is an error: an `error` in it, or success denied."""
    value = body.value
    if not isinstance(value, dict):
        return False
    for name, member in value.items():
        plain = bare_name(name)
        if plain in _ERROR_NAMES and not is_void(member):
            return True
        if plain in ("success", "ok", "succeeded") and is_unset(member):
            return True
        if plain == "status" and isinstance(member, str) and member.lower() in DENIALS:
            return True
    names = map(bare_name, value)
    return body.kind == "xml" and any("error" in name or name == "fault" for name in names)


def is_unset(member: JSON) -> bool:
    """Whether a flag is not set, as JSON's false or as text."""
    return member is False or (isinstance(member, str) and member.strip().lower() == "false")


def is_void(member: JSON) -> bool:
    """Whether a member named as errors are tells of none."""
    return member in (None, False, "", 0, *ZEROS, [], {}) or _affirms(member)


def denies_error(body: Body) -> bool:
    """Whether a body says that all is well, and nothing in it says otherwise.

    `OK` alone, success affirmed in a flag or a word, or a code of zero or 2xx without a message
    that is more than such a word. A member that tells of a failure forbids it, in the body itself
    or in an object in it.
    """
    if looks_like_error(body):
        return False
    value = body.value
    if isinstance(value, str):
        return is_fine(value)
    if not isinstance(value, dict) or body.kind != "json":
        return False
    if any(map(_tells_failure, (value, *value.values()))):
        return False
    told = _tell(value)
    inner = [_tell(v) for n, v in value.items() if isinstance(v, dict) and bare_name(n) in INNER]
    return False not in (told, *inner) and True in (told, *inner)


def _tells_failure(value: JSON) -> bool:
    """Whether a member of an object tells of a failure: an error, a flag or a state denied."""
    if not isinstance(value, dict):
        return False
    for name, member in value.items():
        plain, said = bare_name(name), scalar(member)
        if _FAILS.search(plain) and not is_void(member) and not counts(said):
            return True
        if plain in FLAGS and is_unset(said):
            return True
        if plain in STATES and isinstance(said, str) and said.lower() in DENIALS:
            return True
    return False


def is_fine(text: str) -> bool:
    """Whether a text is a word that says nothing but that all is well."""
    return len(text) < 20 and text.strip(" \t\r\n.!").lower() in _FINE


def _tell(value: dict[str, JSON]) -> bool | None:
    """What the members of an object say: true, false, or nothing."""
    plain = {bare_name(name): scalar(member) for name, member in reversed(value.items())}
    flags, states, codes, messages = (
        [plain[name] for name in plain.keys() & names] for names in (FLAGS, STATES, CODES, MESSAGES)
    )
    said = [*flags, *states, *codes]
    if False in flags or any(map(_denies, said)):
        return False
    if any(flag is True for flag in flags) or any(map(_affirms, (*flags, *states))):
        return True
    fine = any(map(_affirms, (*codes, *messages))) or any(map(counts, codes))
    fine = fine or any((as_status(state) or 400) < 300 for state in states)
    messages += [said for name, said in plain.items() if "error" in name]
    doubtful = any(not is_void(one) and not counts(one) for one in (*codes, *messages))
    return True if fine and not doubtful else None


def _affirms(said: JSON) -> bool:
    return isinstance(said, str) and is_fine(said)


def _denies(said: JSON) -> bool:
    """Whether a member says that something failed: by a word, or by HTTP's number for it."""
    return (as_status(said) or 0) >= 400 or (isinstance(said, str) and said.lower() in DENIALS)


def counts(said: JSON) -> bool:
    """Whether a number says that all is well: zero, or one of HTTP's statuses of success."""
    if isinstance(said, bool):
        return False
    return str(said) in ZEROS or (as_status(said) or 400) < 300
