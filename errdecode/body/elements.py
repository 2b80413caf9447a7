"""An XML element while it is read: attributes, text and children, and where each of them stands."""

from __future__ import annotations

from errdecode.model import JSON, Tree

_BLANK = " \t\r\n"


class Element:
    """One element; places are characters of the body, 0-based."""

    __slots__ = (
        "attributes",
        "children",
        "end",
        "local",
        "name",
        "places",
        "start",
        "text",
        "text_end",
        "text_start",
        "uri",
    )

    def __init__(self, local: str, uri: str, start: int, name: tuple[int, int]) -> None:
        self.local = local
        self.uri = uri
        """Its namespace; empty for none."""
        self.start = start
        self.end = start
        self.name = name
        """Where its name stands in the start tag."""
        self.attributes: dict[str, JSON] = {}
        self.places: dict[str, Tree] = {}
        self.children: dict[str, list[tuple[JSON, Tree, tuple[int, int]]]] = {}
        self.text: list[str] = []
        self.text_start = -1
        self.text_end = -1

    def add_attribute(self, name: str, value: str, place: Tree) -> None:
        """Keep an attribute under `@name`."""
        self.attributes["@" + name] = value
        self.places["@" + name] = place

    def add_child(self, name: str, value: JSON, tree: Tree, key: tuple[int, int]) -> None:
        """Keep a child that is complete; `key` is where its name stands."""
        self.children.setdefault(name, []).append((value, tree, key))

    def close(self, end: int) -> tuple[JSON, Tree]:
        """The complete element as JSON, and its place."""
        value = self.attributes
        places = self.places
        text = "".join(self.text).strip(_BLANK)
        if text:
            value["#text"] = text
            places["#text"] = Tree(self.text_start, max(self.text_start, self.text_end))
        for name, entries in self.children.items():
            trees = [tree for _, tree, _ in entries]
            value[name] = [child for child, _, _ in entries]
            places[name] = Tree(trees[0].start, trees[-1].end, entries[0][2], trees)
        return value, Tree(self.start, end, None, places)
