"""Text that stands together in one paragraph makes one block."""

from selectolax.lexbor import LexborHTMLParser

from scrapers.blocks import Block, Reader


def read(html: str) -> list[Block]:
    reader = Reader()
    body = LexborHTMLParser(html).body
    assert body is not None
    reader.read(body)
    return reader.blocks


def test_two_breaks_end_a_paragraph_and_one_does_not() -> None:
    blocks = read("<div>One<br>line.<br> <br>Two.<br/><br/><br/>Three.</div>")
    assert [block.text for block in blocks] == ["One line.", "Two.", "Three."]


def test_inline_elements_do_not_part_words() -> None:
    assert [block.text for block in read("<p>The <b>old</b> bri<i>dge</i></p><p>shut</p>")] == [
        "The old bridge",
        "shut",
    ]


def test_the_share_of_links_is_counted() -> None:
    assert [block.linked for block in read("<p><a>abcde</a>fghij</p><p>abc</p>")] == [0.5, 0.0]


def test_captions_and_list_items_are_told_apart() -> None:
    blocks = read(
        "<figure><img><figcaption>A <span>bridge</span></figcaption></figure><ul><li><div>One</div></li></ul>"
        '<table><tr><td class="caption">A mill</td></tr></table>'
    )
    assert [(block.tag, block.text) for block in blocks] == [
        ("figcaption", "A bridge"),
        ("li", "One"),
        ("figcaption", "A mill"),
    ]


def test_a_page_of_endless_depth_is_read_to_a_depth() -> None:
    assert [block.text for block in read("<p>top</p>" + "<div>" * 3000 + "deep")] == ["top"]
