"""A page's tree → its blocks of text: what stands together in one paragraph, and which elements it stands in."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from scrapers.clean import tidy

BLOCK_TAGS = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "dd", "dt", "figcaption"))
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"))
PASSED_OVER = frozenset(("-comment", "hr", "img", "picture", "source", "track", "map", "area", "link", "meta"))
CAPTION_NAME = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)
DEEPEST = 150  # levels that are read; pages that go deeper are made to hurt


@dataclass(frozen=True, slots=True)
class Element:
    """An element that holds text: what it is called, and the key of the one around it."""

    tag: str
    names: str
    itemprop: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's worth of text.

    `tag` is that of the element it stands in, `linked` the part of it, from 0 to 1, that is links; `holders` are keys
    of the elements around it, nearest first, its own included.
    """

    tag: str
    text: str
    linked: float
    holders: tuple[int, ...]


@dataclass
class Reader:
    """Walks a tree once. Afterwards `blocks` holds its text in order and `elements` what holds it."""

    blocks: list[Block] = field(default_factory=list)
    elements: dict[int, Element] = field(default_factory=dict)
    _run: list[str] = field(default_factory=list)
    _linked: int = 0
    _depth: int = 0
    _broken: bool = False  # the last thing read was a <br>: a second one ends the paragraph

    def read(self, node: LexborNode, tag: str = "body", holders: tuple[int, ...] = (), *, link: bool = False) -> None:
        """Read what is in a block element or, within one, in an inline element."""
        for child in node.iter(include_text=True):
            name = child.tag or ""
            if name == "-text":
                self._add(child.text_content or "", link)
            elif name == "br":
                self._break(tag, holders)
            elif self._depth > DEEPEST:
                continue
            elif name in INLINE:
                self._depth += 1
                self.read(child, tag, holders, link=link or name == "a")
                self._depth -= 1
            elif name and name not in PASSED_OVER:
                self._read_block(child, name, tag, holders, link)

    def _read_block(self, node: LexborNode, name: str, outer: str, holders: tuple[int, ...], link: bool) -> None:
        self._flush(outer, holders)
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        key = node.mem_id
        self.elements[key] = Element(name, names, attributes.get("itemprop") or "", holders[0] if holders else None)
        if name == "figcaption" or outer == "figcaption" or CAPTION_NAME.search(names):
            inner = "figcaption"
        elif name == "figure" or outer == "figure":
            inner = "figure"
        else:
            inner = outer if outer in {"li", "blockquote"} and name not in BLOCK_TAGS else name
        self._depth += 1
        self.read(node, inner, (key, *holders), link=link)
        self._depth -= 1
        self._flush(inner, (key, *holders))

    def _add(self, text: str, link: bool) -> None:
        if text:
            self._run.append(text)
            if text.strip():
                self._broken = False
                self._linked += len(text.strip()) if link else 0

    def _break(self, tag: str, holders: tuple[int, ...]) -> None:
        if self._broken:
            self._flush(tag, holders)
        else:
            self._run.append("\n")
            self._broken = True

    def _flush(self, tag: str, holders: tuple[int, ...]) -> None:
        text = tidy("".join(self._run))
        if text:
            self.blocks.append(Block(tag, text, min(1.0, self._linked / len(text)), holders))
        self._run.clear()
        self._linked, self._broken = 0, False
