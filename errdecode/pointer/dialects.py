"""The table of pointer dialects: how each of them writes a path, for `reading` and `writing`."""

from __future__ import annotations

from typing import Literal

from errdecode.model.record import NamedTuple

Brackets = Literal["none", "names", "keys", "selectors", "predicates"]
"""What stands in square brackets: nothing, as they are part of a name; names and indices, quoted
where `quotes` says so; keys that are never quoted and may hold brackets; selectors of a JSONPath;
predicates of an XPath."""


class Dialect(NamedTuple):
    """How one dialect writes a path."""

    sentence: str
    """What it is, for people."""
    example: str
    source: str
    """Where the rule stands: an RFC, or a page."""
    root: str = ""
    """What may stand for the document before the first separator or bracket."""
    separators: str = ""
    """Characters of which each separates two names."""
    deep: str = ""
    """Two separators that stand for any depth: the token `**`."""
    brackets: Brackets = "none"
    quotes: str = ""
    """What may quote a name in brackets; within, escapes are those of RFC 9535, section 2.3.1.2."""
    from_one: bool = False
    """Numbers behind a name count from 1; the tokens count from 0."""
    left_out: tuple[str, ...] = ()
    """Steps before a number, or right behind it, that JSON bodies do not have."""
    xml: bool = False
    """Names are those of XML: prefixes are dropped, `@` leads an attribute."""
    anywhere: bool = False
    """A single name, wherever it stands."""
    dotted_names: bool = False
    """Separators are not escaped, so several tokens may be one name with dots in it."""
    selects: bool = False
    """What stands in brackets may select an item of an array by what the item holds."""


_DOTTED = Dialect(
    "Names with dots between them, indices and odd names in brackets; `[]` is any item.",
    "items[0].price['per unit']",
    "https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto",
    separators=".",
    brackets="names",
    quotes="'\"",
    dotted_names=True,
)

DIALECTS: dict[str, Dialect] = {
    "json-pointer": Dialect(
        "A JSON Pointer, as a string or as a URI fragment (`#/items/0/unit%20price`).",
        "/items/0/price",
        "RFC 6901, sections 3 and 6",
        root="#",
        separators="/",
    ),
    "jsonpath": Dialect(
        "A JSONPath that names one place, or all at any depth: no filters, slices or unions.",
        "$.items[0]['unit price']",
        "RFC 9535, sections 2.3 and 2.7",
        root="$",
        separators=".",
        deep="..",
        brackets="selectors",
        quotes="'\"",
        dotted_names=True,
    ),
    "dotted": _DOTTED,
    "brackets": Dialect(
        "A form's name with everything but the first name in brackets, dots being part of names.",
        "items[0][unit.price]",
        "https://guides.rubyonrails.org/form_helpers.html",
        brackets="names",
    ),
    "kubernetes": Dialect(
        "A field path: keys in brackets are not quoted, and may select an item by its own key.",
        "spec.ports[https].targetPort",
        "https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field#Path",
        separators=".",
        brackets="keys",
        dotted_names=True,
        selects=True,
    ),
    "segments": _DOTTED._replace(
        sentence="An array of names and indices; a string in its place is read as dotted.",
        example='["items", 0, "price"]',
        source="https://spec.graphql.org/October2021/#sec-Errors",
    ),
    "query-list": Dialect(
        "A parameter of the AWS query protocol: lists are numbered from 1, often below `member`;"
        " messages on constraints have `member` behind the number.",
        "Filters.member.1.Values.member.2",
        "https://smithy.io/2.0/aws/protocols/aws-query-protocol.html",
        separators=".",
        from_one=True,
        left_out=("member",),
    ),
    "xpath": Dialect(
        "An XPath of names, positions and local-name(), as SOAP stacks write them.",
        "/order/item[1]/@sku",
        "https://www.w3.org/TR/1999/REC-xpath-19991116/",
        separators="/",
        deep="//",
        brackets="predicates",
        quotes="'\"",
        from_one=True,
        xml=True,
    ),
    "element": Dialect(
        "The bare name of an element, or of an attribute, anywhere in an XML body.",
        "startDate",
        "https://www.w3.org/TR/xml-names/#ns-qualnames",
        xml=True,
        anywhere=True,
    ),
}
"""How a pointer may be written, by name. Arrays of names and indices are read in any dialect."""
