"""The marks of what curl writes to stderr: `-v` lines, the progress meter, failures."""

from __future__ import annotations

import re

from errdecode.regex import expression

SIGNS = (
    *("curl: (", "\n< ", "\n> ", "\n* ", "left intact", "% Total", "bytes data]", "--:--:--"),
    " < HTTP/",
)
"""A text without any of these (a line end is supposed before its start) holds no transcript."""

_TIME = r"(?:\d\d:\d\d:\d\d\.\d{1,9} )?(?:\[[\dx]{1,9}-[\dx]{1,9}\] )?"  # --trace-time, --trace-ids
_AMOUNT = r"\d[\d.]*[kMGTP]?[ ]+"
_CLOCK = r"(?:--:--:--|\d{1,3}:\d\d:\d\d|\d{1,4}d \d\dh?|\d\d?h \d\dm?)[ ]+"
_CLOCKS = rf"(?:{_CLOCK}(?:{_CLOCK})?(?:{_CLOCK})?|[ ]{{10}}[ ]*)"

_SPECIAL = expression(
    rf"^{_TIME}(?:(?P<mark>[<>*])(?=[ ]|\r?$)"
    r"|(?P<data>[{}] \[\d+ bytes data\][ ]*(?=\r?$)))"
    r"|(?P<meter>^[ ]{2}% Total[^\r\n]*|^[ ]{20,40}Dload[ ]+Upload[^\r\n]*"
    rf"|(?:^|\r)[ ]*{_AMOUNT * 8}{_CLOCKS}\d[\d.]*[kMGTP]?)"
    r"|(?P<glued>\* (?:Connection #\d+ to host \S* left intact|Closing connection(?: #?-?\d+)?)"
    r"[ ]*(?=\r?$))"
    r"|(?P<failure>(?:^|(?<=[}\]>%\d]))curl: \((?P<code>\d{1,3})\)[ ]?)",
    re.M,
)
_WORDS = (  # one of these stands in every line that holds such a piece
    *(
        " < ",
        " > ",
        " * ",
        "\n< ",
        "\n> ",
        "\n* ",
        "\n<\n",
        "\n>\n",
        "\n<\r",
        "\n>\r",
        "bytes data]",
    ),
    *(
        "% Total",
        "Dload",
        "--:--:--",
        "\r ",
        "\r1",
        "* Connection #",
        "* Closing connection",
        "curl: (",
    ),
)

PROOF = expression(
    rf"^{_TIME}(?:< HTTP/\d|> [A-Z-]{{3,16}} \S+ HTTP/\d|\* Connected to )|\A\s*< [A-Za-z-]+: ",
    re.M,
)
"""What only a transcript holds; without it a line with a star counts only by its known words."""


class Finder:
    """Finds the pieces that curl wrote, front to back, at the speed of `str.find` in a body.

    The mark of a -v line alone does not prove that curl wrote it.
    """

    def __init__(self, value: str, start: int, end: int) -> None:
        self._value = value
        self._end = end
        self._next = dict.fromkeys(_WORDS, start - 2)
        self._first = start
        last = value.rfind("\n", start, end)
        ends = last >= 0 and value[last + 1 : min(end, last + 4)].strip() in ("<", ">")
        self._last = last if ends and end - last < 4 else end

    def find(self, at: int) -> re.Match[str] | None:
        """The first piece at or behind `at`, which must not be less than in the call before."""
        value = self._value
        while (word := self._word(at)) < self._end:
            begin = max(at, value.rfind("\n", at, word + 1) + 1)
            stop = value.find("\n", begin + 1, self._end)
            stop = self._end if stop < 0 else stop
            found = _SPECIAL.search(value, begin, stop)
            if found:
                return found
            at = stop
        return None

    def _word(self, at: int) -> int:
        """Where the next word stands; the first line is looked at in any case."""
        if at == self._first:
            return at
        for word, place in self._next.items():
            if place < at - 1:
                found = self._value.find(word, max(at - 1, 0), self._end)
                self._next[word] = self._end if found < 0 else found
        return min(*self._next.values(), self._last if at <= self._last + 1 else self._end)


INFORMATION = expression(
    r"\* (?:[ ]{1,3}(?:Trying|CA|subject|issuer|start date|expire date|SSL|Certificate)"
    r"|Connection #|Closing connection|Connect(?:ed|ing) |Issue another|Re-?using|Ignoring"
    r"|Mark |Found bundle|Host |Hostname |IPv[46]|TLS|SSL|ALPN|OpenSSL|schannel|GnuTLS"
    r"|HTTP/[23]|\[HTTP|HTTP error|Using |Server |Authentication|Added cookie|Replaced cookie"
    r"|Received |Recv |Send |transfer closed|Operation timed|Empty reply|Excess|Leftovers|STATE"
    r"|Maximum|Request completely|upload completely|We are completely|we are|The requested URL"
    r"|no chunk|end of response|Failed |Failure |Illegal|nread|shutting down|Curl_|multi_done"
    r"|Clear auth|old SSL|Need to|Switch |Rebuilt|Uses proxy|CONNECT|Proxy|Establish|necessary"
    r"|client returned|Could not|Couldn|\[\d)"
)
"""What curl says behind a head; any other line with a star there is the body's."""

TLS = expression(r"TLS|SSL|ALPN|port 443\b|\[?:scheme: https\]?|schannel", re.I)
MORE = expression(
    r"More details here: |curl performs SSL certificate verification"
    r"|To learn more about this situation"
)
"""What curl adds to a failure on further lines."""
