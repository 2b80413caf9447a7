"""What a body says of itself by the usual words: that it is an error, or that there is none."""

from __future__ import annotations

import re

from errdecode.extract import as_status
from errdecode.extract.aims import bare_name
from errdecode.model import JSON, Body
from errdecode.patterns import scalar
from errdecode.regex import expression

_FAILING = expression(
    r"(?i)\b(?:err(?:ors?)?|exceptions?|faults?|fail(?:s|ed|ures?|ing)?|in(?:valid|correct|complete)"
    r"|illegal|malformed|mismatch|wrong|bad|unsuccessful|un(?:known|able|expected|authori[sz]ed"
    r"|supported|available|processable|recogni[sz]ed|defined)|denied|forbidden|refused|expired"
    r"|missing|insufficient|exceed(?:s|ed|ing)?|too (?:many|few|long|short|large|small)"
    r"|time(?:d )?out|no such|can ?not|can'?t|could(?: not|n'?t)"
    r"|d(?:oes|id)(?: not|n'?t) (?:exist|match|have|belong|contain|support)"
    r"|not (?:found|exist|allowed|permitted|supported|authori[sz]ed|valid|enough|logged)"
    r"|must (?:not )?be|(?:is|are) required|already (?:exists?|taken|used|registered)"
    r"|ung[uü]ltig|fehler|fehlgeschlagen|erreur|introuvable|erro)\b"
    r"|inv[aá]lid|失败|失敗|错误|錯誤|无效|無效|不存在|不正确|不合法|异常|非法|拒绝|超时|缺少|过期"
)
"""Words that tell of a failure, in a message or a code."""
_NO_FAILURE = expression(
    r"\b(?:no|not an?|without(?: any)?|0|zero) (?:err(?:ors?)?|exceptions?"
    r"|faults?|fail(?:ed|ures?))\b",
    re.IGNORECASE,
)
_JOINTS = expression(r"(?<=[a-z])(?=[A-Z])|[_.\-]")
"""Where a code is joined of words."""
DENIALS = frozenset({"error", "fail", "failed", "failure"})
"""What a `status` says that is none of HTTP's, where something failed."""
ZEROS = tuple("0" * length for length in range(1, 13))
"""Codes of success, as text: zero of any usual length."""
_NOTHING = expression(
    r"(?:no|none|nil|null|n/a|-|(?:no|not an|without|0)[ _-]?(?:errors?|exceptions?|faults?))"
)
"""What stands for no error where one would stand, in lower case and without a full stop."""
_LONGEST_SAID = 500
"""Characters of a text in which a word of failure is looked for."""
_DEEPEST = 2
"""Objects in one another that are looked into for whether they are void."""
_MOST_VOID = 20
"""Members of an object that may be void as a whole."""
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
_IDS = frozenset("id uuid sid jobid taskid runid executionarn".split())
INNER = frozenset("status meta header head response result".split())
"""Objects that tell how it went, beside the data."""
_TEXTS = expression("(?:error|err)(?:msg|message|text|string|desc|description|info)")
"""Messages, by their bare names, that stand beside codes of success as well."""
_FAILS = expression(
    "error|exception|^fault|^err(code|no|num|msg|message|text|desc|description|detail|info)?s?$"
    "|^fail(s|ed|ure|ures|count|edcount)?$|^sub(code|msg|message)$"
)
"""Members, by their bare names, that tell of a failure where they tell of anything."""


def looks_like_error(body: Body) -> bool:
    """Whether a body says of itself that it is an error: an `error` in it, or success denied."""
    value = body.value
    if not isinstance(value, dict):
        return False
    told = [(bare_name(name), member) for name, member in value.items()]
    for plain, member in told:
        if plain in _ERROR_NAMES and not is_void(member) and tells_error(plain, member, told):
            return True
        if plain in ("success", "ok", "succeeded") and is_unset(member):
            return True
        if plain == "status" and isinstance(member, str) and member.lower() in DENIALS:
            return True
    names = map(bare_name, value)
    return body.kind == "xml" and any("error" in name or name == "fault" for name in names)


def tells_error(name: str, member: JSON, others: list[tuple[str, JSON]]) -> bool:
    """Whether a member named as errors are tells of one; `others`: all members, by bare names.

    Beside a code of zero a message does only where it sounds so.
    """
    if is_void(member) or counts(member):
        return False
    if not isinstance(member, str) or not _TEXTS.fullmatch(name):
        return True
    codes = [scalar(one) for other, one in others if other in CODES]
    is_zero = any(_is_zero(one) for one in codes)
    return not is_zero or sounds_failing(member)


def is_unset(member: JSON) -> bool:
    """Whether a flag is not set, as JSON's false or as text."""
    return member is False or (isinstance(member, str) and member.strip().lower() == "false")


def is_void(member: JSON) -> bool:
    """Whether a member named as errors are tells of none."""
    if isinstance(member, dict):
        return _is_hollow(member)
    if isinstance(member, str):
        word = member.strip(" \t\r\n.!").lower()
        return not word or _NOTHING.fullmatch(word) is not None or _is_zero(word) or is_fine(word)
    return member in (None, False, 0, [])


def _is_zero(said: JSON) -> bool:
    """Whether a code is zero, as `E0000` is, too."""
    if not isinstance(said, int | str):
        return False
    code = str(said)
    return code in ZEROS or (len(code) > 3 and code[0].isalpha() and code[1:] in ZEROS)


def _is_hollow(value: dict[str, JSON]) -> bool:
    """Whether all the members of an object tell of nothing: `{"code": 0, "message": "Success"}`."""
    members: list[JSON] = [value]
    for _ in range(_DEEPEST):
        objects = [member for member in members if isinstance(member, dict)]
        if any(len(one) > _MOST_VOID for one in objects):
            return False
        members = [scalar(member) for one in objects for member in one.values()]
        if not all(isinstance(member, dict) or is_void(member) for member in members):
            return False
    return not any(isinstance(member, dict) and member for member in members)


def is_record(body: Body) -> bool:
    """Whether a body is a thing with an id and a state in words, a job for one."""
    value = body.value
    if not isinstance(value, dict):
        return False
    told = [(bare_name(name), scalar(member)) for name, member in value.items()]
    return any(name in _IDS and isinstance(one, int | str) and one for name, one in told) and any(
        name in STATES and isinstance(one, str) and as_status(one) is None for name, one in told
    )


def is_failed_record(body: Body) -> bool:
    """Whether a body is such a thing, and only its state says that something failed."""
    if not is_record(body) or not isinstance(body.value, dict):
        return False
    others = {name: one for name, one in body.value.items() if bare_name(name) not in STATES}
    is_told = any(bare_name(name) in MESSAGES | CODES for name in others)
    return not is_told and not looks_like_error(body._replace(value=others))


def read_denial(body: Body) -> str | None:
    """The member in which a body denies its success, as a reader may say it: `status: failed`."""
    for name, member in body.value.items() if isinstance(body.value, dict) else ():
        plain, said = bare_name(name), scalar(member)
        if plain in FLAGS and is_unset(said):
            return f"{name}: false"
        if plain in STATES and isinstance(said, str) and said.lower() in DENIALS:
            return f"{name}: {said}"
    return None


def sounds_failing(text: str) -> bool:
    """Whether a message or a code has a word that tells of a failure: `INVALID_KEY`."""
    return _FAILING.search(_NO_FAILURE.sub(" ", words_of(text))) is not None


def words_of(text: str) -> str:
    """A message or a code with blanks between its words."""
    return _JOINTS.sub(" ", text[:_LONGEST_SAID])


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
    if isinstance(said, bool) or not isinstance(said, int | str):
        return False
    return _is_zero(said) or (as_status(said) or 400) < 300
