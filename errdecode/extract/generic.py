"""The generic reading of an error that no documented format covers: by the usual names of members.

What it finds is marked unverified: nobody's documentation stands behind it.
"""

from __future__ import annotations

from errdecode.extract import MOST_PROBLEMS, as_status
from errdecode.extract.again import read_again
from errdecode.extract.aims import bare_name, doubt_path, has_aim, read_aim, with_field
from errdecode.extract.telling import find_telling
from errdecode.model import JSON, Body, Problem
from errdecode.patterns import scalar
from errdecode.pointer import Tokens, build, read_pointer
from errdecode.regex import expression


def _words(text: str) -> tuple[str, ...]:
    """Names of members, as `bare_name` writes them."""
    return tuple(text.split())


_LISTS = _words("errors error errorlist errormessages problems violations faults messages issue")
_FAULTS = _words(
    "details detail fields fielderrors fieldviolations validationerrors validation validations "
    "validationfailures violations invalidparams invalidparameters invalidfields params parameters "
    "causes cause issues failures suberrors innererrors errordetails reasons constraints"
)
"""What the faults of single members stand under, beside the error as a whole."""
_MAYBE_FAULTS = _words("data info context extra extras meta additionalinfo")
"""What they may stand under, as anything else may."""
ONLY_FAULTS = expression("field|param|valid")
"""Such a name promises nothing else: its members are named as those of the request are."""
_DESCRIBED = expression("^(fields|params|parameters)$")
"""Such a list may as well describe what the request has."""
_NO_FAULTS = expression(
    "suggest|^action|^valid(?!at)|^allowed|^accepted|^supported|^available|^possible|^option"
    "|^choice|^links?$|^values?$|^enum|^example|^contact|^hint"
)
"""What stands under such a name is what to do or to send, and no fault, whatever it looks like."""
_WRAPPERS = _words(
    "error errors fault exception err problem errorresponse response body envelope meta "
    "status result detail data"
)
_CODES = _words(
    "code errorcode errcode errno errorid resultcode responsecode faultcode type errortype "
    "exceptiontype name errorname key slug reason error exception status statuscode id "
    "errorkey retcode errornum exctype cod"
)
_MESSAGES = _words(
    "message detail errordescription errormessage errormsg msg description details "
    "faultstring longmessage errordetail errorsummary text reason error err developermessage "
    "usermessage displaymessage statusmessage resultmessage responsemessage title summary "
    "info explanation diagnostics string errors errmsg retmsg errortext errorstring faulttext "
    "statusdescription defaultmessage localizedmessage validationmessage friendlymessage "
    "fullmessage shortmessage publicmessage"
)
_TITLES = _words("title summary error status statustext")
_HELP = _words("documentationurl moreinfo helpurl docurl docs help see documentation")
IDENTIFIER = expression(r"[A-Za-z][\w.:/#-]*|-?\d+")
NUMBERED = expression(r"\d[\w.-]*")
"""A code that begins with a number."""
LONGEST_CODE = 120
SAY_NOTHING = frozenset("error errors fail failed failure false true ok success".split())
"""Words that say no more than that it is an error, or not even that."""
_DEPTH = 4
_MOST_INNER = 50
"""Items of a list that stands in an item of another one: there may be very many such lists."""


def read_generically(body: Body) -> list[Problem]:
    """Read code, message, status and pointer from the places where such things usually stand.

    At most `MOST_PROBLEMS`.
    """
    return _read(body)[:MOST_PROBLEMS]


def inherit_code(problems: list[Problem], around: Body) -> list[Problem]:
    """Give problems without a code the one of the body that has their document for its message."""
    code = next((told.code for told in read_generically(around)), None)
    return [p if p.code else p._replace(code=code, code_as_sent=code) for p in problems]


def _read(body: Body) -> list[Problem]:
    value = body.value
    if isinstance(value, str):
        return _from_text(value)
    if body.kind == "html":
        return _from_html(value)
    if isinstance(value, list):
        items = [item for item in value if isinstance(item, dict)]
        problems = [read_object(item, (str(at),)) for at, item in enumerate(items[:MOST_PROBLEMS])]
        return [p for p in problems if p.detail or p.code] or _strings(value, ())
    if isinstance(value, dict):
        return _from_object(value, (), _DEPTH) or []
    return []


def _from_text(text: str) -> list[Problem]:
    line = find_telling(text)
    return [Problem(detail=line, unverified=True)] if line else []


def _from_html(value: JSON) -> list[Problem]:
    """The title of a page, and its first heading where that says more."""
    if not isinstance(value, dict):
        return []
    headings = value.get("headings")
    heading = headings[0] if isinstance(headings, list) and headings else None
    title = value.get("title") or heading or str(value.get("text") or "")[:200]
    if not title:
        return []
    detail = heading if heading and heading != title else str(value.get("text") or "")[:300]
    return [Problem(title=str(title), detail=str(detail) or None, unverified=True)]


def _from_object(value: dict[str, JSON], place: Tokens, depth: int) -> list[Problem]:
    """One object: a list of errors in it, an inner object that is one, or the object itself."""
    names = {bare_name(name): name for name in reversed(list(value))}
    outer = read_object(value, place)
    for word in _LISTS:
        if word in names:
            listed, at = value[names[word]], (*place, names[word])
            found = _from_members(listed, at, depth, aims=True)
            if not found and word == "errors" and isinstance(listed, dict):
                from errdecode.extract.trees import read_tree

                found = read_tree(listed, at)
            if found:
                return [_inherit(problem, outer) for problem in found]
    found = _from_wrapper(value, names, place, depth) if depth else []
    whole = _inherit(found[0], outer) if found else outer
    if not any(map(has_aim, found)):
        faults = _from_faults(value, names, place, depth, aimed=has_aim(outer))
        if faults:
            return [_inherit(fault, whole) for fault in faults]
    if found:
        return [_inherit(problem, outer) for problem in found]
    if outer.detail or outer.code or outer.title:
        return [outer]
    children = [(n, _only(v), isinstance(v, list)) for n, v in value.items()]
    objects = [(n, child, alone) for n, child, alone in children if isinstance(child, dict)]
    if depth and len(objects) == 1:
        ((name, child, alone),) = objects
        return _from_object(child, (*place, name, *("0",) * alone), depth - 1)
    return []


def _from_wrapper(
    value: dict[str, JSON], names: dict[str, str], place: Tokens, depth: int
) -> list[Problem]:
    """The problems of an inner object that is the error, `error` or `body` for one.

    Beside a code, `meta` tells of something else.
    """
    for word in (word for word in _WRAPPERS if word in names):
        name = names[word]
        inner = _only(value[name])
        if word == "meta" and read_object(value, place).code:
            continue
        if isinstance(inner, dict) and "#text" not in inner:
            item = ("0",) if isinstance(value[name], list) else ()
            found = _from_object(inner, (*place, name, *item), depth - 1)
            if any(problem.detail or problem.code for problem in found):
                return found
    return []


def _from_faults(
    value: dict[str, JSON], names: dict[str, str], place: Tokens, depth: int, *, aimed: bool
) -> list[Problem]:
    """The faults of single members of the request that stand beside the error as a whole.

    Nothing unless one of them says where it lies; under a name that does not promise them, unless
    all are sentences about a place. Where the error has a place of its own (`aimed`), an object
    beside it is what led to it, and only lists are faults.
    """
    if not depth:
        return []
    told = [names[word] for word in (*_FAULTS, *_MAYBE_FAULTS) if word in names]
    told = [name for name in told if not aimed or isinstance(value[name], list)]
    lists = [name for name in value if isinstance(value[name], list)]
    lists = [name for name in lists if not _NO_FAULTS.search(bare_name(name))]
    for name in dict.fromkeys((*told, *lists)):
        plain = bare_name(name)
        sure = ONLY_FAULTS.search(plain) is not None
        found = _read_faults(value[name], (*place, name), depth, sure=sure)
        if plain in _FAULTS and any(map(has_aim, found)):
            return [one for one in found if has_aim(one) or _is_message(one.detail)]
        if found and all(has_aim(one) and _is_message(one.detail) for one in found):
            return found
    return []


def _read_faults(value: JSON, place: Tokens, depth: int, *, sure: bool) -> list[Problem]:
    """The problems of a list or an object of faults; `sure`: its name promises them.

    Then messages may stand under the names of members, and `name` is one of these names.
    """
    if isinstance(value, list):
        named = sure and not (_DESCRIBED.search(bare_name(place[-1])) and _is_described(value))
        items = list(map(with_field, value[:MOST_PROBLEMS])) if named else value
        return _from_members(items, place, depth)
    if not isinstance(value, dict) or "#text" in value:
        return []
    if value and (_is_by_field(value) if sure else all(map(_is_messages, value.values()))):
        return _from_members(value, place, depth)
    return _from_object(value, place, depth - 1)


def _is_described(items: list[JSON]) -> bool:
    """Whether an item tells of a member by a name and a description alone, as a reference does."""
    names = [set(map(bare_name, i)) for i in items[:MOST_PROBLEMS] if isinstance(i, dict)]
    return any("name" in n and n.intersection(_MESSAGES) == {"description"} for n in names)


def _only(value: JSON) -> JSON:
    """The element of a list of one, as XML gives them; anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _from_members(value: JSON, place: Tokens, depth: int, *, aims: bool = False) -> list[Problem]:
    """The errors under a name such as `errors`: objects, strings, or messages by field name.

    `aims`: an object that says where it lies and nothing else is an error, too.
    """
    if isinstance(value, list):
        problems: list[Problem] = []
        is_inner = any(token.isdecimal() for token in place)
        for at, item in enumerate(value[: _MOST_INNER if is_inner else MOST_PROBLEMS]):
            if len(problems) >= MOST_PROBLEMS:
                break
            if isinstance(item, dict) and "#text" not in item:
                inner = (*place, str(at))
                found = _from_object(item, inner, max(0, depth - 1))
                aimed = [read_object(item, inner)] if aims and not found else []
                problems += found or filter(has_aim, aimed)
        return problems or _strings(value, place)
    if isinstance(value, dict) and value and _is_by_field(value):
        return [
            Problem(
                detail=str(text),
                pointer=build(read_pointer(name, "dotted").tokens or (name,)),
                pointer_as_sent=name,
                dialect="dotted",
                heuristic=True,
                unverified=True,
                origin=build((*place, name)),
            )
            for name, texts in list(value.items())[:MOST_PROBLEMS]
            for text in (texts if isinstance(texts, list) else [texts])[:5]
        ]
    return []


def _is_by_field(value: dict[str, JSON]) -> bool:
    """Whether all members are messages, under names that are not those of an error's parts."""
    if all(_is_messages(member) for member in value.values()):
        return True
    return all(
        (_is_messages(member) or _is_message(member)) and bare_name(name) not in _MESSAGES
        for name, member in value.items()
    )


def _is_messages(value: JSON) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _strings(value: list[JSON], place: Tokens) -> list[Problem]:
    texts = [(at, scalar(item)) for at, item in enumerate(value[:MOST_PROBLEMS])]
    return [
        Problem(detail=text, unverified=True, origin=build((*place, str(at))))
        for at, text in texts
        if isinstance(text, str) and text
    ]


def _inherit(problem: Problem, outer: Problem) -> Problem:
    """Fill in from the object around it what the item itself does not say."""
    return problem._replace(
        code=problem.code or outer.code,
        code_as_sent=problem.code_as_sent or outer.code_as_sent,
        detail=problem.detail or outer.detail,
        title=problem.title or (outer.detail if problem.detail else None),
        status=problem.status if problem.status is not None else outer.status,
        help=problem.help or outer.help,
        retryable=outer.retryable if problem.retryable is None else problem.retryable,
        retryable_by=outer.retryable_by if problem.retryable is None else problem.retryable_by,
    )


def read_object(value: dict[str, JSON], place: Tokens) -> Problem:
    """Read one object by its members' names."""
    plain = {bare_name(name): scalar(_only(v)) for name, v in reversed(value.items())}
    code = next((str(plain[n]) for n in _CODES if _is_code(plain.get(n), n)), None)
    detail = next(
        (str(plain[n]) for n in _MESSAGES if _is_message(plain.get(n)) and plain[n] != code), None
    )
    detail = detail or next(
        (str(plain[n]) for n in _MESSAGES if isinstance(plain.get(n), str) and plain[n]), None
    )
    title = next(
        (str(plain[n]) for n in _TITLES if _is_message(plain.get(n)) and plain[n] != detail), None
    )
    statuses = (
        as_status(plain.get(n)) for n in ("status", "statuscode", "httpstatus", "httpcode", "code")
    )
    help_ = next((str(plain[n]) for n in _HELP if str(plain.get(n)).startswith("http")), None)
    aim = read_aim(value)
    is_listed = any(token.isdecimal() for token in place)
    return Problem(
        code=code,
        code_as_sent=code,
        title=title,
        detail=detail,
        status=next((status for status in statuses if status), None),
        help=help_,
        origin=build(place),
        unverified=True,
        **(aim if is_listed else doubt_path(aim, value)),  # type: ignore[arg-type]  # each is what the field holds
        **read_again(value, place),  # type: ignore[arg-type]  # as above
    )


def _is_code(value: JSON, name: str) -> bool:
    """Codes are short words or numbers without blanks; an id, an HTTP status or `fail` is none.

    What calls itself a code may have its numbers in groups, `200.300.404`.
    """
    if isinstance(value, bool) or not isinstance(value, int | str) or name == "id":
        return False
    if name in ("status", "statuscode") and as_status(value) is not None:
        return False
    if isinstance(value, int):
        return True
    word = NUMBERED if name.endswith("code") and value[:1].isdigit() else IDENTIFIER
    is_word = len(value) < LONGEST_CODE and word.fullmatch(value) is not None
    return is_word and value.lower() not in SAY_NOTHING


def _is_message(value: JSON) -> bool:
    return isinstance(value, str) and " " in value.strip()
