"""The marks of what curl writes to stderr: `-v` lines, the progress meter, failures."""

from __future__ import annotations

import re

SIGNS = (
    *("curl: (", "\n< ", "\n> ", "\n* ", "left intact", "% Total", "bytes data]", "--:--:--"),
    " < HTTP/",
)
"""A text without any of these (a line end is supposed before its start) holds no transcript."""

_TIME = r"(?:\d\d:\d\d:\d\d\.\d{1,9} )?(?:\[[\dx]{1,9}-[\dx]{1,9}\] )?"  # --trace-time, --trace-ids
_AMOUNT = r"\d[\d.]*[kMGTP]?[ ]+"
_CLOCK = r"(?:--:--:--|\d{1,3}:\d\d:\d\d|\d{1,4}d \d\dh?|\d\d?h \d\dm?)[ ]+"
_CLOCKS = rf"(?:{_CLOCK}(?:{_CLOCK})?(?:{_CLOCK})?|[ ]{{10}}[ ]*)"

SPECIAL = re.compile(
    rf"^{_TIME}(?:(?P<mark>[<>*])(?=[ ]|\r?$)"
    r"|(?P<data>[{}] \[\d+ bytes data\][ ]*(?=\r?$)))"
    r"|(?P<meter>^[ ]{2}% Total[^\r\n]*|^[ ]{20,40}Dload[ ]+Upload[^\r\n]*"
    rf"|(?:^|\r)[ ]*{_AMOUNT * 8}{_CLOCKS}\d[\d.]*[kMGTP]?)"
    r"|(?P<glued>\* (?:Connection #\d+ to host \S* left intact|Closing connection(?: #?-?\d+)?)"
    r"[ ]*(?=\r?$))"
    r"|(?P<failure>(?:^|(?<=[}\]>%\d]))curl: \((?P<code>\d{1,3})\)[ ]?)",
    re.M,
)
"""A piece that curl wrote; the mark of a -v line alone does not prove it."""

INFORMATION = re.compile(
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

TLS = re.compile(r"TLS|SSL|ALPN|port 443\b|\[?:scheme: https\]?|schannel", re.I)
MORE = re.compile(
    r"More details here: |curl performs SSL certificate verification"
    r"|To learn more about this situation"
)
"""What curl adds to a failure on further lines."""
