"""Knows what stands in front of a command: prompts of many shells, secondary prompts, and programs
that run others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from errdecode.model import Text
from errdecode.regex import expression
from errdecode.source import join

PROGRAMS = ("curl", "http", "https", "wget")

_PROMPTS = (
    expression(r"PS(?: [^>\n]{0,200})?>{1,2} ?"),
    expression(r"[A-Za-z]:\\[^>\n]{0,200}> ?"),
    expression(r"(?:[$%>#❯»λ›]|\+{1,4}) +"),
    expression(r"In \[[0-9 ]{0,5}\]: "),
)
_OTHER_PROMPTS = (
    expression(r"[^\n'\"{}<>|;=]{1,120}?[$#%❯➜»λ✗›] +"),
    expression(r"[^\n'\"{}<>|;=@]{1,80}@[^\n'\"{}<>|;=]{1,80}> ?"),
)
_ARROW = expression(r"➜ +[^\s'\"{}<>|;=]{1,80} +(?:git:\([^)\n]{0,80}\) +)?(?:✗ +)?")
_SECONDARY = expression(
    r"(?:>{1,2}|(?:[a-z]{1,20} )?[a-z]{0,9}quote>|(?:heredoc|cmdsubst|pipe|cmdand|cmdor)>|More\?)"
    r"(?: |(?=\r?\n)|\Z)"
)
_SENT = expression(r"> (?:[A-Z]{3,10} \S+ HTTP/|HTTP/|[A-Za-z-]{1,40}: )")
_OPENING = expression(
    r"!|&|(?:sudo|time|env|command|exec|nohup|echo|printf|cat|jq|cd|export|set|sleep|source|base64"
    r"|kubectl|oc|docker|podman)\s|[A-Za-z_]\w{0,60}=|[\"'][A-Za-z/.~][^\"'\n]{0,200}[/\\]|[\w.:~/\\-]{0,200}[/\\]\Z"
)
_FEEDER = expression(
    r"^[ \t]{0,80}((?:[^\n'\"{}<>|;=]{0,120}[$#%❯»λ›>] )?)(?=(?:echo|printf|cat|jq) )", re.M
)
_ASSIGNMENT = expression(r"[A-Za-z_]\w*\+?=")
_WRAPPERS = frozenset(("sudo", "time", "env", "command", "exec", "nohup", "builtin", "!", "&"))
_WRAPPER_ARGUMENTS = frozenset(("-u", "-g", "-C", "-f", "-o"))
_RUNNERS = frozenset(("kubectl", "oc", "docker", "podman"))
_OPTION = expression(r"-[A-Za-z0-9#:]|--[a-z]")
_ADDRESS = expression(
    r"[a-z][a-z0-9+.-]{0,20}://|[$<]|\{\{|localhost\b|(?:[\w-]{1,63}\.){1,20}[a-z][\w-]{1,62}\.?(?::[0-9]+)?(?:[/?#]|$)"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![.\w])|[\w.-]{1,200}:(?:[0-9]{1,5}|\$)|\[[0-9a-f:]+\]|[\w.-]{1,200}/\S|:[0-9/]|%\w+%",
    re.I,
)


def read_prompt(value: str, start: int, hit: int) -> int | None:
    """Find the end of the prompt between the line's first character and the program's name at
    `hit`, 0-based.

    Returns `start` when there is none but the line still begins like a command; None when it is no
    command line.
    """
    for pattern in _PROMPTS:
        match = pattern.match(value, start, hit)
        if match:
            return match.end()
    for pattern in (_ARROW, *_OTHER_PROMPTS):
        match = pattern.match(value, start, hit)
        if match and (match.end() == hit or _OPENING.match(value, match.end(), hit)):
            return match.end()
    return start if start == hit or _OPENING.match(value, start, hit) else None


def without_secondary_prompts(text: Text, start: int, lines: int) -> Text | None:
    """Cut a command out of the lines that follow it with `> `, `>> ` or `quote> ` before them,
    without these.

    `start` is where the command begins behind its prompt (0-based), `lines` how many to look at.
    None when the next line has no such prompt.
    """
    value, at = text.value, start
    pieces: list[tuple[int, int]] = []
    while len(pieces) <= lines:
        end = value.find("\n", at) + 1 or len(value)
        pieces.append((at, end))
        match = _SECONDARY.match(value, end)
        if match is None or _SENT.match(value, end):
            break
        at = match.end()
    return join(text, pieces) if len(pieces) > 1 else None


def find_feeders(value: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the last lines between `start` and `end` that begin with a command which prints
    something.

    Nearest first: where each begins, and where its prompt ends, 0-based.
    """
    found = [(match.start(1), match.end(1)) for match in _FEEDER.finditer(value, start, end)]
    return found[:-4:-1]


def find_program(words: Sequence[Text]) -> tuple[int, str] | None:
    """Find the index (0-based) and the name of the HTTP client that a simple command runs."""
    at = 0
    while at < len(words):
        word = words[at].value
        name = program_name(word)
        if name in PROGRAMS:
            return at, name
        if word in _RUNNERS:
            return _run_inside(words, at + 1)
        if word in _WRAPPERS or (_ASSIGNMENT.match(word) is not None):
            at += 1
        elif at and word.startswith("-"):
            at += 2 if word in _WRAPPER_ARGUMENTS else 1
        else:
            return None
    return None


def program_name(word: str) -> str:
    """The name of a program without its folder, `.exe` and a notebook's `!`, in lower case."""
    return re.split(r"[/\\]", word[-260:].lstrip("!").lower())[-1].removesuffix(".exe")


def looks_like_option(word: str) -> bool:
    """True for a short or a long option."""
    return _OPTION.match(word) is not None


def looks_like_address(word: str) -> bool:
    """True for a URL, with or without its scheme, or for something a shell or a template would turn
    into one.
    """
    return _ADDRESS.match(word) is not None


def _run_inside(words: Sequence[Text], at: int) -> tuple[int, str] | None:
    """Find a client among the arguments of a program that runs another inside a container."""
    for index in range(at, len(words) - 1):
        name = program_name(words[index].value)
        following = words[index + 1].value
        if name in PROGRAMS and (looks_like_option(following) or looks_like_address(following)):
            return index, name
    return None
