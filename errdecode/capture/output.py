"""What a terminal showed: commands with their outputs, and outputs told apart by their marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdecode.capture.plain import read_plain
from errdecode.capture.terminal import MOST, json_end, trim_prompt
from errdecode.model import Exchange, Field, Request, Response, Text
from errdecode.regex import expression

if TYPE_CHECKING:
    from errdecode.capture.command import Command

_COMMAND = expression(
    r"(?:^|[\s;&|(>$%#])(?:curl|wget|https?|xh|curlie)(?:\.exe)?['\"]?[ \t]+\S", re.M
)
_TRACE = expression(
    r"^(?:[\d:.]{8,18} )?(?:\[[\dx]{1,9}-[\dx]{1,9}\] )?"
    r"(?:=> Send|<= Recv) (?:header|data), \d+ bytes \(0x",
    re.M,
)
_WGET = expression(
    r"^(?:HTTP request sent, awaiting response\.\.\.|[ ]{2}HTTP/\d(?:\.\d)? \d{3}[ \r\n])", re.M
)
_COMMENT = expression(r"#[ ][^\r\n]*")
_COMMENTS = 8  # lines above a command
_JOB = expression(r"\s*\[\d{1,4}\] \d{1,9}[ \t]*\r?\n")
"""What a shell says of a command that `&` puts into the background."""
_ONLY_STATUS = expression(r"\s*([1-5]\d\d)\s*")
_RETRIES = expression(r"\s--retry[= ]")
"""curl's option to ask again after an answer that may be temporary."""
_WRITES_STATUS = expression(r"%\{(?:http_code|response_code)\}")


def read_capture(text: Text) -> list[Exchange]:
    """Read a capture that is more than a bare body; empty when nothing stands in it."""
    value = text.value
    if json_end(value, 0, len(value)) != len(value.rstrip()) and _names_client(value):
        from errdecode.capture.command import find_commands

        commands = find_commands(text)
        if commands:
            return _read_session(text, commands)
    return read_output(text, 0, len(value))


def _names_client(value: str) -> bool:
    """Tell whether a word stands there that could begin a command; quick on large texts."""
    if not any(name in value for name in ("curl", "wget", "http ", "https ", "xh ")):
        return False
    return _COMMAND.search(value) is not None


def _read_session(text: Text, commands: list[Command]) -> list[Exchange]:
    """Read each command with its output; what stands before the first only if it is an answer."""
    shown = [place for command in commands for place in command.shown]
    first = _without(shown, 0, _before(text, 0, commands[0].start))
    exchanges = [one for one in read_output(text, *first) if _is_answer(one)]
    for number, command in enumerate(commands[: MOST + 1]):
        end = commands[number + 1].start if number + 1 < len(commands) else len(text.value)
        end = _without(shown, command.end, _before(text, command.end, end), before=True)[1]
        exchanges += _read_command(text, command, end)
    return exchanges


def _without(
    shown: list[tuple[int, int]], start: int, end: int, *, before: bool = False
) -> tuple[int, int]:
    """A range without the commands that show a file which was sent, and their outputs."""
    inside = [place for place in shown if start <= place[0] and place[1] <= end]
    if not inside:
        return start, end
    return (start, min(inside)[0]) if before else (max(stop for _, stop in inside), end)


def _is_answer(exchange: Exchange) -> bool:
    if exchange.kind != "body":
        return exchange.response is not None or exchange.failure is not None
    body = exchange.response.body if exchange.response else None
    return body is not None and json_end(body.value, 0, len(body.value)) == len(body.value.rstrip())


def _before(text: Text, start: int, end: int) -> int:
    """The end of an output before a command's prompt and the comments above the command."""
    value = text.value
    end = trim_prompt(value, start, end)
    for _ in range(_COMMENTS):
        content = start + len(value[start:end].rstrip())
        line = value.rfind("\n", start, content) + 1
        if line <= start or not _COMMENT.fullmatch(value, line, content):
            return end
        end = line
    return end


def _read_command(text: Text, command: Command, end: int) -> list[Exchange]:
    job = _JOB.match(text.value, command.end, end)
    start = job.end() if job else command.end
    found = read_output(text, start, end)
    written = _ONLY_STATUS.fullmatch(text.value, start, end)
    if written and _WRITES_STATUS.search(text.value, command.start, start):
        found = [Exchange("command", text, start, end, response=Response(int(written[1])))]
    elif not found:
        found = [Exchange("command", text, start, start)]
    if len(found) > 1 and _RETRIES.search(text.value, command.start, command.end):
        from errdecode.capture.transfer import last_of

        found = [last_of(found)]
    found = _apart(found, 1 + len(command.others))
    requests = _requests_of(command, found)
    found = [
        _belonging(text, command._replace(request=request), one)
        for request, one in zip(requests, found, strict=True)
    ]
    found[0] = found[0]._replace(start=command.start, end=max(command.end, found[0].end))
    return found


def _apart(found: list[Exchange], count: int) -> list[Exchange]:
    """As many answers as there were requests, each by itself: the first ones led to no other."""
    if len(found) != 1 or count < 2 or 1 + len(found[0].earlier) != count:
        return found
    whole = found[0]
    answers = [one for one in (*whole.earlier, whole.response) if one]
    return [whole._replace(response=one, earlier=()) for one in answers]


def _requests_of(command: Command, found: list[Exchange]) -> list[Request]:
    """The request of a command that each of its outputs answers.

    Of several, where there is not one answer for each, it is the one whose address a transcript
    shows; else no more is known of it than what they have in common, and a pattern of addresses.
    """
    sent = (command.request, *command.others)
    if len(sent) == 1:
        return [command.request] * len(found)
    if len(sent) == len(found):
        return list(sent)
    common = _common(sent)._replace(url=command.pattern)
    return [
        next((request for request in sent if _is_sent(request, one.request)), common)
        for one in found
    ]


def _is_sent(request: Request, shown: Request | None) -> bool:
    if request.url is None or shown is None or shown.url is None:
        return False
    return request.method == shown.method and request.url.value == shown.url.value


def _common(requests: tuple[Request, ...]) -> Request:
    """What requests have in common."""
    first, *others = requests
    method = first.method if all(one.method == first.method for one in others) else None
    headers = tuple(field for field in first.headers if all(field in one.headers for one in others))
    if any(one.body != first.body for one in others):
        return Request(method, None, headers)
    return first._replace(method=method, url=None, headers=headers)


def _belonging(text: Text, command: Command, output: Exchange) -> Exchange:
    """The exchange that an output of a command shows."""
    request = _merge(command.request, output.request)
    notes = command.notes + output.notes
    if output.earlier:
        from errdecode.capture.redirects import follow

        words = text.value[command.start : command.end]
        request, more = follow(words, command.request, request, output.request, output.earlier)
        notes += more
    return output._replace(kind="command", request=request, notes=notes)


def _merge(command: Request, sent: Request | None) -> Request:
    """Complete a command's request with the one a transcript shows; the body is the command's."""
    if sent is None:
        return command
    url = command.url
    if url is None or "://" not in url.value or "$" in url.value:
        url = sent.url or url
    names = {field.name.lower() for field in sent.headers}
    headers: tuple[Field, ...] = sent.headers + tuple(
        one for one in command.headers if one.name.lower() not in names
    )
    shown = sent if command.body is None else command
    method = sent.method or command.method
    return Request(method, url, headers, shown.body, shown.described, command.files)


def read_output(text: Text, start: int, end: int) -> list[Exchange]:
    """Read what was printed between two characters of a text; empty when it is blank."""
    start, end = _outline(text.value, start, end)
    if start >= end:
        return []
    value = text.value if (start, end) == (0, len(text.value)) else text.value[start:end]
    if ("=> Send" in value or "<= Recv" in value) and _TRACE.search(value):
        from errdecode.capture.trace import read_trace

        return read_trace(text, start, end)
    from errdecode.capture.marks import SIGNS

    if value.startswith(("< ", "> ", "* ", "{ [")) or any(sign in value for sign in SIGNS):
        whole = json_end(value, 0, len(value)) == len(value.rstrip())
        if not whole:
            from errdecode.capture.transcript import read_transcript

            return read_transcript(text, start, end)
    if "HTTP" in value and _WGET.search(value):
        from errdecode.capture.wget import read_wget

        found = read_wget(text, start, end)
        if found:
            return found
    return read_plain(text, start, end)


def _outline(value: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blank lines before an output, and a prompt after it."""
    end = trim_prompt(value, start, end)
    lead = start + len(value[start:end]) - len(value[start:end].lstrip())
    return max(start, value.rfind("\n", start, lead) + 1), end
