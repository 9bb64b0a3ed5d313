"""A page → the text of its article, as paragraphs, captions, dateline and credit; or the reason why there is none.

A known outlet's page is read by its layout. Any other page is parsed once; what its tags, roles and names say is not
the article is taken out of the tree; running text gives points to the elements around it, and the best one is read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers import clean
from scrapers.blocks import Block, Element, Reader
from scrapers.clean import Body, tidy
from scrapers.outlets import Outlet, by_host
from scrapers.page import Page
from search.errors import ImportRefused

INVISIBLE = ("script, style, noscript, template, svg, iframe, button, select, object, embed, canvas, audio, video, "
             "input, textarea")
BESIDE = ("form, nav, aside, footer, menu, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=search], "
          "[role=complementary], [role=banner], [role=dialog], [role=contentinfo]")
BESIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|byline|comments?|commentlist|cookies?|consent|disqus|footer|"
    r"foot|gallery|gdpr|keywords|masthead|meta|metadata|modal|most[_-]?(?:read|popular)|nav|navbar|newsletters?|"
    r"outbrain|pagination|paywall|popup|popular|promo\w*|promoted|pull[_-]?quotes?|recirc\w*|recommend\w*|"
    r"related\w*|rss|shares?|sharing|sidebar|signup|skip|social\w*|sponsor\w*|subscri\w+|taboola|tags?|taglist|"
    r"teasers?|tool(?:bar|box|s)|trending|widgets?|author(?:[_-]?(?:bio|box|info|card))?|bio|"
    r"more[_-](?:stories|from|on|news)|read[_-]?(?:more|next|also)|inline[_-]?(?:related|promo)|print[_-]?only|toc|"
    r"timestamp)"
    r"(?:$|[\s_-])", re.IGNORECASE)
BODY_NAMES = re.compile(r"(?:article|story)[_-]?(?:body|content|text)|news[_-]?(?:body|text)|post[_-]?(?:body|content)|"
                        r"(?:entry|main)[_-]?content", re.IGNORECASE)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NO_POINTS = HEADINGS | {"figcaption", "figure", "li"}
OWN_TEXT = frozenset(("p", "li", "blockquote", "pre", "td", "dd", "dt"))
SENTENCE = re.compile(r"[.,;:!?،؛؟。，]")
ERROR_TITLE = re.compile(r"(?:error )?(?:40\d|410|50\d)(?: ?[-–—|:!].*| (?:error|not|bad|internal)\b.*)?"
                         r"|.*\b(?:page|article|story) (?:was |could )?not (?:be )?found.*|access denied.*|forbidden"
                         r"|just a moment.*|attention required.*|service unavailable.*|are you a robot.*",
                         re.IGNORECASE)
LARGEST_FOR_LAYOUT = 2_000_000  # characters; a known outlet's article page is never larger
LEAST_TEXT = 40                 # letters; with fewer there is no article


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page's article says. `lines` is its running text in order, dateline still in place."""

    body: Body
    lines: tuple[str, ...]
    correction: str | None = None


def article_text(html: str, url: str) -> str:
    """The text of the article on a page, a paragraph to a line. Raises ImportRefused for a page that is no article."""
    return "\n".join(extract(html, url).lines)


def extract(html: str, url: str | None) -> Extracted:
    """The article on a page. Raises ImportRefused for a page that is no article."""
    return extract_page(Page(html, url))


def extract_page(page: Page, outlet: Outlet | None = None, title: str | None = None) -> Extracted:
    """As `extract`; takes the page's tree apart.

    `outlet` is the page's where its address does not say so; `title` is the article's, so that it is not read as its
    first paragraph.
    """
    outlet = outlet or by_host(page.url)
    if page.tree.body is None or not tidy(page.tree.body.text()):
        raise ImportRefused("the page is blank; fetch it again")
    whole_title = page.text("title") or page.text("h1") or ""
    if ERROR_TITLE.fullmatch(whole_title):
        raise ImportRefused(f"the page is an error message ({whole_title[:60]!r}); fetch it again")
    titles = {title, whole_title, *(heading for heading in page.texts("h1") if heading in whole_title)}
    found = _by_layout(page, outlet) if outlet else None
    lines, captions, correction = found or (*_by_scores(page), None)
    body = clean.body((line for line in lines if line not in titles), outlet)
    if sum(map(str.isalpha, "".join(body.paragraphs))) < LEAST_TEXT:
        raise ImportRefused("no running text was found on the page; it may be a section front or cut short")
    left_out = {*body.dropped, *body.captions, *titles}
    body = replace(body, captions=tuple(dict.fromkeys((*captions, *body.captions))))
    return Extracted(body, tuple(line for line in lines if line not in left_out), correction)


def _by_layout(page: Page, outlet: Outlet) -> tuple[list[str], list[str], str | None] | None:
    """What the first of the outlet's layouts that fits the page selects: its lines, captions and correction."""
    if len(page.html) > LARGEST_FOR_LAYOUT:
        return None
    for layout in outlet.layouts:
        if page.tree.css_first(layout.body) is None:
            continue
        # lexbor has set right what it read, so that BeautifulSoup's own parser meets no page made to hurt it
        soup = BeautifulSoup(page.tree.html or "", "html.parser")
        captions = [tidy(node.get_text()) for node in soup.select(layout.captions)] if layout.captions else []
        note = soup.select_one(layout.correction) if layout.correction else None
        correction = tidy(note.get_text()) if note else None
        apart = ", ".join(filter(None, (INVISIBLE, layout.captions, layout.correction, layout.drop)))
        for beside in soup.select(apart):
            beside.decompose()
        body = soup.select_one(layout.body)
        tree = LexborHTMLParser(str(body)).body if body else None
        if tree is not None:
            reader = Reader()
            reader.read(tree)
            return [block.text for block in reader.blocks], [caption for caption in captions if caption], correction
    return None


def _by_scores(page: Page) -> tuple[list[str], list[str]]:
    """The lines and captions of the element that holds the most running text and the least else."""
    body = page.tree.body
    declared = page.declared_article.get("articleBody")
    if body is None:
        return [], []
    _take_out(body)
    reader = Reader()
    reader.read(body)
    best = _best(reader.blocks, reader.elements)
    lines = list(_kept(block for block in reader.blocks if best in block.holders))
    if isinstance(declared, str) and sum(map(len, lines)) < min(250, len(declared)):
        lines = clean.lines_of(declared)  # the page is drawn by a script, which is given the text here
    return lines, _captions(best, reader.blocks, reader.elements)


def _take_out(body: LexborNode) -> None:
    """Drop what is not seen, and what stands beside the article, unless most of the page's text is in it."""
    for node in body.css(INVISIBLE):
        node.decompose()
    total = sum(len(paragraph.text()) for paragraph in body.css("p"))
    whole = len(body.text())

    def holds_much(node: LexborNode) -> bool:
        if total <= 400:  # a page that does without <p>
            return len(node.text()) > 0.35 * whole
        return sum(len(paragraph.text()) for paragraph in node.css("p")) > 0.35 * total

    for node in body.css(BESIDE):
        if not holds_much(node):
            node.decompose()
    for node in body.css("[class], [id]"):
        if node.tag in {"article", "main", "figcaption"}:
            continue
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if BESIDE_NAMES.search(names) and not BODY_NAMES.search(names):
            length = len(node.text())
            if not (node.tag in {"p", "h2", "h3"} and length > 200) and not (length > 300 and holds_much(node)):
                node.decompose()


def _best(blocks: Sequence[Block], elements: dict[int, Element]) -> int | None:
    """The key of the element that reads most like an article; None where nothing does."""
    scores: dict[int, float] = {}
    texts: dict[int, int] = {}
    for block in blocks:
        if len(block.text) < 25 or block.linked > 0.5 or block.tag in NO_POINTS:
            continue
        points = (1 + len(SENTENCE.findall(block.text)) + min(len(block.text) / 100, 3)) * (1 - block.linked)
        around = block.holders[1:] if block.tag in OWN_TEXT else block.holders
        for distance, key in enumerate(around[:7]):
            texts[key] = texts.get(key, 0) + len(block.text)
            if distance < 4:
                if key not in scores:
                    scores[key] = _promise(elements[key])
                scores[key] += points * (1.0, 0.6, 0.3, 0.15)[distance]
    if not scores:
        return None
    best = max(scores, key=lambda key: scores[key])
    return _climb(best, elements, texts, blocks)


def _promise(element: Element) -> float:
    """The points that an element has for what it is called."""
    return (25 if BODY_NAMES.search(element.names) or "articleBody" in element.itemprop else 0) + (
        8 if element.tag in {"article", "main"} else 0)


def _climb(best: int, elements: dict[int, Element], texts: dict[int, int], blocks: Sequence[Block]) -> int:
    """An element around the best one where that holds clearly more running text: articles are split over several."""
    top = best
    around = elements[best].parent
    for _ in range(4):
        if around is None or around not in texts:
            break
        if texts[around] > 1.2 * texts[top]:
            inside = [block for block in blocks if around in block.holders]
            length = sum(len(block.text) for block in inside) or 1
            linked = sum(len(block.text) * block.linked for block in inside)
            if linked < 0.3 * length and texts[around] > 0.55 * length:
                top = around
        around = elements[around].parent
    return top


def _kept(blocks: Iterable[Block]) -> Iterable[str]:
    """The text of the blocks that are not lists of links, repetitions or headings with nothing under them."""
    seen: set[str] = set()
    headings: list[str] = []
    for block in blocks:
        text = block.text
        if block.tag in {"figcaption", "figure"} or (text in seen and len(text) > 20):
            continue
        if block.linked > 0.6 and not (block.tag == "p" and len(text) > 120 and block.linked < 0.8):
            continue
        if block.tag == "li" and block.linked > 0.3:
            continue
        if block.tag not in OWN_TEXT | HEADINGS and len(text) < 60 and not text.endswith((".", "”", '"', "?", "!")):
            continue
        seen.add(text)
        if block.tag in HEADINGS:
            headings.append(text)
            continue
        yield from headings
        headings.clear()
        yield text


def _captions(best: int | None, blocks: Sequence[Block], elements: dict[int, Element]) -> list[str]:
    """The captions in an element, or, where it has none, in the nearest around it that does, up to the article."""
    around = best
    for _ in range(3):
        if around is None:
            break
        captions = [block.text for block in blocks if block.tag == "figcaption" and around in block.holders]
        if captions:
            return captions
        around = elements[around].parent if elements[around].tag not in {"article", "main"} else None
    return []
