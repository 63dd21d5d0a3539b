"""What stands in an HTML page: its elements, and what could fetch or run something."""

import re
from html.parser import HTMLParser

VOID = {"meta", "line", "circle", "polyline", "polygon", "rect", "mspace", "br", "hr"}
ELEMENTS = re.compile(
    "html|head|meta|title|style|body|a|header|p|h[1-6]|strong|em|code|pre|main|section|ul|ol|li|nav|div|table|"
    "thead|tbody|tr|th|td|span|dl|dt|dd|figure|figcaption|details|summary|footer|blockquote|hr|br|"
    "svg|line|text|polyline|polygon|circle|rect|math|m(row|i|n|o|sub|sup|subsup|frac|sqrt|over|under|underover|"
    "table|tr|td|text|space|style|padded)"
)
ATTRIBUTES = re.compile(
    "lang|charset|name|content|http-equiv|class|id|href|aria-(labelledby|label|hidden)|role|tabindex|scope|"
    "viewbox|points|[xy][12]?|c[xy]|r|text-anchor|height|preserveaspectratio|display|stretchy|mathvariant|width|fence|form|minsize|maxsize|"
    "separator|[lr]space|columnalign|scriptlevel|displaystyle|movablelimits|accent|linethickness|columnspacing|"
    "rowspacing|style"
)


class Markup(HTMLParser):
    """Collects the elements of a page, its attributes, and the faults of its nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.faults += [f"<{tag}> stays open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "


def dangers(page: str) -> list[str]:
    """What a page has that could run, fetch or lead away; nothing, as it should be."""
    markup = Markup(page)
    found = [f"<{tag}>" for tag in markup.elements if not ELEMENTS.fullmatch(tag)]
    found += [name for name, _ in markup.attributes if not ATTRIBUTES.fullmatch(name)]
    found += [
        f"href={value}"
        for name, value in markup.attributes
        if name == "href" and not re.fullmatch(r"#\w+", value or "")
    ]
    found += [
        f"style={value}"
        for name, value in markup.attributes
        if name == "style" and not re.fullmatch("text-align: ?(left|center|right)", value or "")
    ]
    policies = [value for _, value in markup.attributes if value and "default-src 'none'" in value]
    if policies != ["default-src 'none'; style-src 'unsafe-inline'"]:
        found.append("no policy")
    style = page.partition("<style>")[2].partition("</style>")[0]
    found += re.findall(r"url\(|@import|expression", style)
    return found + markup.faults
