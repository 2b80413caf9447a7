"""`errdecode catalog new ID`: a commented skeleton that passes the check once its blanks are filled."""

from __future__ import annotations

import re
from datetime import date

from errdecode.errors import UsageError

_SKELETON = '''\
#:schema ./schema.json
id = "{id}"
name = "{name}"                # what people call it
kind = "vendor"                # standard | framework | vendor | gateway | client
documentation = "https://docs.example.com/errors"   # where the provider documents the format
reviewed = {today}           # when you last read that page

# What must hold in every response of this format. Pointers are RFC 6901; `*` is any item or member.
# Tests: is, equals, in, matches, has, lacks, only, known (the value is one of the codes below).
# Weights are computed: list what is true, not what you hope for.
[detect]
required = [
  {{ at = "/error/code", is = "string" }},
  {{ at = "/error/message", is = "string" }},
]
supporting = [
  {{ at = "/error/code", known = true }},
]
# excluding = [ {{ at = "/errors" }} ]

# Where the parts of a problem stand. `each = "/errors/*"` when there are several problems; the other places are
# then relative to the item, and "#/..." starts at the body's root again.
[extract]
code = "/error/code"
detail = "/error/message"
# pointer = "/error/field"
# pointer_dialect = "dotted"   # json-pointer | dotted | jsonpath | segments | xpath

# One entry per code. Looked up by code, then status, message, operation: the most specific wins.
[[codes]]
code = "not_found"
status = 404
title = "What happened, in a few words"
meaning = "What the provider's documentation says it means, in your own words."
remedies = ["The first thing to do, as the documentation has it."]
retry = {{ verdict = "after-change" }}   # never | after-change | later | once | reconcile-first | unknown
actor = "caller"               # caller | provider | operator | customer

# Examples are the tests: each is won by this format over the whole catalog, and read as written here.
[[examples]]
name = "not found"
status = 404
body = \'\'\'{{"error": {{"code": "not_found", "message": "No order with this id"}}}}\'\'\'
problems = [ {{ code = "not_found", detail = "No order with this id" }} ]

# Look-alikes this format must not win.
[[counterexamples]]
name = "another provider's error"
body = \'\'\'{{"error": {{"code": 404, "message": "Not found"}}}}\'\'\'
'''


def skeleton(id: str) -> str:
    """The text of a new catalog file. Raises `UsageError` for an id that cannot be one."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", id):
        raise UsageError(f"{id!r} is no id", "use lower-case letters, digits and hyphens, as in example-pay")
    return _SKELETON.format(id=id, name=id.replace("-", " ").title(), today=date.today().isoformat())
