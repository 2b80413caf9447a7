"""`errdecode catalog new ID`: a commented file whose blanks `errdecode catalog check` lists."""

from __future__ import annotations

import re
from datetime import date

from errdecode.errors import UsageError

_SKELETON = """\
# Replace everything that begins with "TODO:", then ask `errdecode catalog check` and `errdecode
# catalog test`. Until nothing is left to do, this format explains nothing.
id = "{id}"
name = "{name}"
kind = "vendor"          # standard | framework | vendor | gateway | client
documentation = "TODO: https:// link to the page where the provider documents its errors"
reviewed = {today}    # when you last read that page

# What holds in every response of this format. `at` is a pointer into the body (RFC 6901) in which
# `*` is any item or member; its tests are is, equals, in, matches, has, lacks, only, and known (the
# value is one of the codes below). Nothing is weighed by hand: list what is true.
[detect]
required = [
  {{ at = "/error/code", is = "string" }},
  {{ at = "/error/message", is = "string" }},
]
supporting = [
  {{ at = "/error/code", known = true }},
  # {{ host = "*.example.com" }},
]
# excluding = [ {{ at = "/errors" }} ]

# Where the parts of a problem stand. With several problems in one body, `each = "/errors/*"` says
# where they are, and the other places are counted from there.
[extract]
code = "/error/code"
detail = "/error/message"
# pointer = "/error/field"       # into the request's body
# pointer_dialect = "dotted"     # json-pointer | dotted | jsonpath | segments | xpath

# One entry for each code, in your own words. What the provider does not say is not invented.
[[codes]]
code = "TODO: the code as the provider writes it"
# status = 404                   # when a code means different things at different statuses
title = "TODO: what happened, in a few words"
meaning = "TODO: what it means, as the documentation has it"
remedies = ["TODO: the first thing to do, something one can see done"]
actor = "caller"                 # caller | provider | operator | customer
# never | after-change | later | once | reconcile-first | unknown
retry = {{ verdict = "unknown", reason = "TODO: what the provider says of repeating a call" }}

# Responses in this format, at least one for each form they come in: these are the tests.
[[examples]]
name = "TODO: what this response shows"
status = 404
body = \'\'\'TODO: a whole response body, its names and values invented\'\'\'
problems = [ {{ code = "TODO: the code that is read out of it" }} ]

# Look-alikes that are not in this format.
[[counterexamples]]
name = "a number in place of the code"
body = \'\'\'{{"error": {{"code": 404, "message": "Not found"}}}}\'\'\'
"""


def skeleton(id: str) -> str:
    """The text of a new catalog file. Raises `UsageError` for an id that cannot be one."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", id):
        raise UsageError(
            f"{id!r} is no id", "use lower-case letters, digits and hyphens, as in example-pay"
        )
    name = id.replace("-", " ").title()
    return _SKELETON.format(id=id, name=name, today=date.today().isoformat())
