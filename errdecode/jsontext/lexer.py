"""The small pieces of damaged JSON: blanks, comments, words, marks, content stepped over."""

from __future__ import annotations

from errdecode.jsontext.repairs import Repairs
from errdecode.jsontext.strings import QUOTES, scan_string
from errdecode.regex import expression

_INVISIBLE = "\ufeff\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
_BLANK = expression(r"[ \t\r\n]*")
_ODD = expression(rf"[\s{_INVISIBLE}\x00-\x1a\x1c-\x1f\x7f]+")
_COLOUR = expression(r"\x1b(?:\[[0-9;?]{0,20}[a-zA-Z])?")
_LINE_COMMENT = expression(r"(?://|#)[^\n\r]*")
_STOPS = rf"\s{_INVISIBLE}\x1b,;:=\[\]{{}}()\"'`“”„‘’‚，；：、"
CALL = expression(r"[\w$.]+\(")
WORD = expression(rf"[^{_STOPS}]+")
NAME = expression(r"[\w$@][\w$@./\- \t]*")
COLON = expression(r"=>|->|:=|={1,3}|[:：]")
BARE = expression(r'[^,;{}\[\]"\r\n]+')
BARE_IN_CALL = expression(r'[^,;{}\[\]()"\r\n]+')
OBJECT = expression(r"<[^<>\n\"]{1,200}>")
LABEL = expression(
    r"(?:<ref \*\d{1,4}> )?"
    r"(?:[A-Za-z_$][\w$.]{0,80} (?:\[[\w$. ()]{1,80}\] )?(?=\{)"
    r"|[A-Za-z_$][\w$.]{0,80}\(\d{1,9}\) (?=[{\[])"
    r"|\[[A-Z][\w$.]{0,60}: null prototype\] (?:\[[\w$. ()]{1,80}\] )?(?=\{))"
)
"""What Node's `util.inspect` writes before a value's bracket: its class, its tag, how many items it
has."""
ELIDED = expression(r"\[(?:Object|Array|Function|Circular|Getter|Symbol)\b[^\[\]\n\"']{0,80}\]")
_FOLLOWING = expression(r"[ \t]+([^\W\d_][\w'\-]*)[ \t]*([:=(]?)")
_DEEP = expression(r"[\[{(]+|[\]})]+|//|/\*|#|[" + QUOTES + "]")


def skip_blanks(text: str, at: int, repairs: Repairs) -> int:
    """Step over blanks and comments; note those that JSON does not have (RFC 8259, section 2)."""
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        char = text[at : at + 1]
        if " " < char < "\x7f" and char not in "/#":
            return at
        end = _skip_odd(text, at, repairs)
        if end == at:
            return at
        at = end


def _skip_odd(text: str, at: int, repairs: Repairs) -> int:
    """Step over one comment, terminal colour or run of unusual blanks, if there is one."""
    for pattern, kind in ((_ODD, "blanks"), (_COLOUR, "colours"), (_LINE_COMMENT, "comments")):
        match = pattern.match(text, at)
        if match:
            repairs.add(kind, at)
            return match.end()
    if text.startswith("/*", at):
        repairs.add("comments", at)
        end = text.find("*/", at + 2)
        return end + 2 if end >= 0 else len(text)
    return at


def is_followed_by_words(text: str, at: int, is_value: bool) -> bool:
    """Tell whether a value without quotes goes on in words: `404 Not Found`."""
    match = _FOLLOWING.match(text, at) if is_value else None
    return bool(match and not match[2] and match[1] not in ("true", "false", "null", "and"))


def skip_deep(text: str, at: int) -> tuple[int, bool]:
    """Step over the bracket at `at` and all it holds: the end, and whether it was closed."""
    depth = 0
    while True:
        match = _DEEP.search(text, at)
        if not match:
            return len(text), False
        found, at = match[0], match.end()
        if found[0] in "[{(":
            depth += len(found)
        elif found[0] in "]})":
            depth -= len(found)
            if depth <= 0:
                return at + depth, True
        elif found[0] in QUOTES:
            at = scan_string(text, match.start(), Repairs()).end
        else:
            at = _skip_odd(text, match.start(), Repairs()) or at
