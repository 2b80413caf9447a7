"""What is said of a command besides its request: what only the shell knew, or cut off."""

from __future__ import annotations

from errdecode.model import Note
from errdecode.regex import expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdecode.capture.clients.reading import Reading
    from errdecode.capture.dialects.line import Line, Simple

_LONGEST_REST = 600
"""Characters behind a command that are looked at."""
_LOST_QUERY = expression(r"&([\w.%~\[\]-]+=[^\s'\"|;<>()]*)")
_EXPANDED = expression(r"(\$\(|\$\{|<\(|\$|`)\s{0,8}((?:env:)?[A-Za-z_][\w.-]{0,38})?")
_CLOSING = {"$(": ")", "${": "}", "<(": ")", "`": "`"}


def say_unknown(simple: Simple) -> tuple[Note, ...]:
    """One note that names what the shell would have replaced."""
    if not simple.variables:
        return ()
    names = list(dict.fromkeys(map(_name, simple.variables)))
    listed = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return (
        Note(
            "shell-variable",
            f"the command holds what only the shell knows: {listed}; it is kept as written",
        ),
    )


def _name(written: str) -> str:
    """Name a variable or a substitution; its default and its arguments may hold a secret."""
    found = _EXPANDED.match(written)
    if found is None or len(written) < 3:
        return written
    opening, name = found.groups("")
    closing = _CLOSING.get(opening, "")
    if written == opening + name + closing:
        return written
    return opening + " …".join((name, closing)).lstrip()


def say_cut_off(line: Line, simple: Simple, reading: Reading) -> tuple[Note, ...]:
    """One note when a `&` in a URL without quotes ended the command (POSIX, section 2.9.3)."""
    value, url = line.text.value, reading.request.url
    if simple.operator != "&" or url is None or "?" not in url.value:
        return ()
    lost = _LOST_QUERY.match(value, simple.end)
    if lost is None or not simple.words[-1].value.endswith(url.value):
        return ()
    behind = value[lost.end() : lost.end() + _LONGEST_REST].partition("\n")[0].strip()
    more = " and the options behind it do" if behind else " does"
    shown = lost[1] if len(lost[1]) <= 60 else lost[1][:59] + "…"
    words = f"the URL is not quoted, so a shell ends the command at `&`: `{shown}`{more}"
    return (Note("quoting", f"{words} not get into the request"),)
