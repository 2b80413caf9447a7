"""Tells the answer of an API from whatever else a log may hold."""

from __future__ import annotations

from collections.abc import Iterable

from errdecode.model import JSON
from errdecode.model.record import NamedTuple
from errdecode.regex import expression
from errdecode.scan.cut.json_values import Missing
from errdecode.scan.reading.answers import Answer
from errdecode.scan.reading.layouts import layout_of, plain_name

_BODIES = frozenset(
    (
        "body response responsebody payload responsepayload resp res reply responsetext"
        " responsecontent content responsedata data errorbody errbody rawbody result output"
        " upstreambody upstreamresponse httpresponse message respbody"
    ).split()
)
"""Names of members that hold what a server answered."""
_ANSWERS = frozenset(
    (
        "body response responsebody responsepayload resp res reply responsetext responsecontent"
        " responsedata errorbody errbody upstreambody upstreamresponse httpresponse respbody"
    ).split()
)
"""Those of them that hold nothing else."""
_SENT = frozenset(
    "request req requestbody requestpayload httprequest sent input config reqbody".split()
)
_EITHER = frozenset("body payload data content".split())
"""Those that hold what was sent where another member holds the answer."""
SEVERE = frozenset("error critical fatal alert emergency warning severe".split())
"""Levels of what failed."""
_BESIDE = frozenset(
    (
        "status statuscode httpstatus statustext code message msg detail details description title"
        " type name reason hint success ok succeeded result data meta timestamp time date path"
        " instance method url requestid reqid traceid correlationid transactionid id jsonrpc"
        " version apiversion help documentation documentationurl moreinfo links field fields param"
        " stack trace cause"
    ).split()
)
"""Names of members that stand beside an error in an answer that is nothing else."""
_DONE = frozenset(("success", "ok", "succeeded"))
"""Those that say the opposite, if anything."""
_ERRORS = expression("err|fault|exception|problem|violation|fail")
_WORDS = expression(
    rb"(?i)(?:body|response|payload|answer(?:ed)?|return(?:ed)?|repl(?:y|ied)|upstream|responded"
    rb"|server said|failed|failure|error|exception|got|received|status|HTTP/[\d.]+\S* \d{3})"
    rb"[^\n]{0,60}$"
)
"""What a text says right before it quotes an answer."""


_REQUEST = expression(
    rb"(?i)(?:\breq|(?<!bad )\brequest|\bsent|\bsending|\bposting|\bparams|\binput)"
    rb"(?:[ _-]?(?:body|payload|data))?[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\\\"']{0,4}$"
)
"""What a text says right before it quotes what was sent."""
_STATUSES = ("status", "statuscode")
_CONTENTS = ("data", "body", "content", "text", "payload", "json")
_OF_RESPONSES = frozenset(
    (
        "status statuscode statustext reason headers header data body content text payload json"
        " config request url ok elapsed duration time redirected type httpversion cookies trailers"
    ).split()
)
"""Names of the members that clients' objects for responses have."""
SURE = ("certain", "likely")
"""Confidences that need no sign around a document."""


class Stand(NamedTuple):
    """How a document stands in a log."""

    how: str
    """body, member, string, text, lines, transcript or har."""
    named: bool = False
    """In a member whose name says that it holds an answer, or after words that say so."""
    sure: bool = False
    """The member's name says so without doubt."""
    status: int | None = None
    errorlike: bool = False
    """It says of itself that it is an error."""
    severe: bool = False
    """The log says that something failed."""
    alone: bool = False
    """It is all that its file holds."""


_standing: dict[tuple[str | int, ...], tuple[bool, bool]] = {}


def holds_answers(path: tuple[str | int, ...]) -> bool:
    """Whether a place in a record is where answers stand."""
    return (_standing.get(path) or _stand(path))[0]


def is_answer(path: tuple[str | int, ...]) -> bool:
    """Whether nothing but an answer stands at a place in a record."""
    return (_standing.get(path) or _stand(path))[1]


def _stand(path: tuple[str | int, ...]) -> tuple[bool, bool]:
    """Both of it, remembered."""
    if len(_standing) > 5000:
        _standing.clear()
    names = [plain_name(name) for name in path if isinstance(name, str)]
    holds = bool(names) and names[-1] in _BODIES and not _SENT & set(names)
    _standing[path] = holds, holds and names[-1] in _ANSWERS
    return _standing[path]


def is_sent(name: str, beside: Iterable[str]) -> bool:
    """Whether a member holds what was sent, as one of those `beside` it holds what was answered."""
    if plain_name(name) not in _EITHER:
        return False
    return any(plain_name(other) in _ANSWERS for other in beside if other != name)


def is_response(value: JSON) -> bool:
    """Whether an object is an answer as a client has it: its status, its body, and what comes with
    them."""
    if not isinstance(value, dict):
        return False
    names = {plain_name(name): said for name, said in value.items()}
    status = next((names[name] for name in _STATUSES if name in names), None)
    if type(status) is not int or not 100 <= status <= 599 or not names.keys() <= _OF_RESPONSES:
        return False
    held = [names[name] for name in _CONTENTS if names.get(name)]
    return len(held) == 1 and isinstance(held[0], dict | list | str)


def carries(value: JSON | Missing, answer: Answer) -> bool:
    """Whether an object is what a client or a log has of an answer, which is one of its members."""
    if not isinstance(value, dict):
        return False
    return is_response(value) or (answer.inside and bool(layout_of(tuple(value)).fields))


def introduces(before: bytes) -> bool:
    """Whether a text says that an answer follows."""
    near = before[-160:]
    return _WORDS.search(near) is not None and _REQUEST.search(near) is None


def is_error_alone(value: JSON | Missing) -> bool:
    """Whether a document holds nothing but an error, by the names of its members.

    What is no JSON as it stands, or no object, is given the benefit of the doubt.
    """
    if not isinstance(value, dict):
        return True
    names = {plain_name(name) for name, said in value.items() if said}
    return not names & _DONE and all(name in _BESIDE or _ERRORS.search(name) for name in names)


def says_what(answer: Answer) -> bool:
    """Whether an answer says in a sentence what went wrong: one thing, or with a code."""
    sentence = answer.title or answer.message or ""
    return " " in sentence.strip() and (answer.code is not None or answer.problems == 1)


def needs_sign(answer: Answer, status: int | None) -> bool:
    """Whether it hangs on what stands around a document if it is an error at all."""
    if answer.confidence == "certain":
        return False
    return answer.confidence != "likely" or (status is None and not _says_failure(answer))


def _says_failure(answer: Answer) -> bool:
    return answer.explained or (answer.status or 0) >= 400


def is_error(answer: Answer, stand: Stand) -> bool:
    """Whether a decoded document is the error of an API.

    A documented format that is certain, or likely and with a code or status that says so, is
    enough; one that is only possible, or none, needs a sign around it: a failing status, a place
    for answers, or nothing around it but what says error. Without a format, it is to be all that
    its file holds: records of applications look the same.
    """
    if answer.outcome != "error":
        return False
    if not needs_sign(answer, stand.status):
        return True
    failing = stand.status is not None and stand.status >= 400
    if stand.status is not None and not failing:
        return False
    alone = stand.how in ("body", "lines") and answer.kind != "text"
    shown = stand.named or stand.how in ("transcript", "har")
    if answer.confidence == "likely":
        return stand.errorlike or stand.severe or stand.how in ("transcript", "har")
    if answer.confidence == "possible":
        return failing or shown or (alone and stand.errorlike)
    if answer.kind == "html":
        return failing and shown
    if answer.kind in ("text", "empty"):
        return failing and stand.how in ("transcript", "har")
    if stand.errorlike:
        return failing or shown or (stand.alone and says_what(answer))
    sure = stand.sure or stand.how in ("transcript", "har")
    return failing and shown and (answer.speaks or (sure and answer.problems > 0))
