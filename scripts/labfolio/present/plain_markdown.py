"""Cleaned HTML (the elements that feeds keep) as plain Markdown."""

import re
from urllib.parse import quote

from lxml import html

from labfolio.markdown.fences import fenced

_HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
_INLINE = {"em": "*", "strong": "**", "del": "~~"}
_WITHIN_LINES = (*_INLINE, "a", "code", "img", "br", "sub", "sup")


_SPACES = re.compile(r"\s+")
_LINE_START = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#>~]|[-+](?:\s|$)))")
_SIGN = re.compile(r"([\\`*_\[\]])")
_REFERENCE = re.compile(r"&(?=#?\w{1,32};)")


def plain_markdown(text: str) -> str:
    """The text as Markdown that any program reads; what looks like markup in words is escaped."""
    root = html.fragment_fromstring(text, create_parent="div")
    return _apart(_blocks(root))


def _apart(text: str) -> str:
    """Blocks apart by one blank line each."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _blocks(parent: html.HtmlElement) -> str:
    """The blocks in an element, apart by blank lines; loose text is a paragraph."""
    parts, loose = list[str](), plain_words(parent.text)
    for child in parent:
        if child.tag in _WITHIN_LINES:
            loose += _within(child) + plain_words(child.tail)
        else:
            parts += [plain_line(loose.strip()), _block(child)]
            loose = plain_words(child.tail)
    parts.append(plain_line(loose.strip()))
    return "\n\n".join(part for part in parts if part)


def _block(element: html.HtmlElement) -> str:
    match element.tag:
        case "h2" | "h3" | "h4" as tag:
            return _HEADINGS[tag] + _line(element).strip()
        case "pre" if tex := _tex(element):
            return f"$$\n{tex}\n$$"
        case "pre":
            return fenced(element.text_content().rstrip("\n"))
        case "ul" | "ol":
            return _list(element)
        case "blockquote":
            return _indented(_apart(_blocks(element)), "> ", "> ")
        case "table":
            return _table(element)
        case "dt":
            return f"**{_line(element).strip()}**"
        case "hr":
            return "---"
        case "p" | "figcaption" | "caption":
            return plain_line(_line(element).strip())
    return _blocks(element)


def plain_line(line: str) -> str:
    """A paragraph that no program takes for a heading, a quotation, a list or a fence by its first sign."""
    return _LINE_START.sub(r"\1\\", line)


def _list(element: html.HtmlElement) -> str:
    lines, number = [], _whole(element.get("start"), 1)
    for item in element.findall("li"):
        number = _whole(item.get("value"), number)
        sign = f"{number}. " if element.tag == "ol" else "- "
        lines.append(_indented(_apart(_blocks(item)), sign, " " * len(sign)))
        number += 1
    return "\n".join(lines)


def _whole(text: str | None, otherwise: int) -> int:
    """The number of an item as Markdown can write it: at most nine digits (CommonMark 5.2)."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else otherwise


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def _table(element: html.HtmlElement) -> str:
    rows = [[_line(cell).strip().replace("|", "\\|") for cell in row.iter("th", "td")] for row in element.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join([*row, *([''] * (width - len(row)))])} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _line(element: html.HtmlElement) -> str:
    """The words of an element on one line."""
    parts = [plain_words(element.text)]
    for child in element:
        parts += [_within(child), plain_words(child.tail)]
    return _SPACES.sub(" ", "".join(parts))


def _within(element: html.HtmlElement) -> str:
    """An element within a line."""
    tag = element.tag
    if tag == "br":
        return " "
    if tag == "img":
        return f"![{plain_words(element.get('alt'))}]({plain_address(element.get('src') or '')})"
    if tex := _tex(element):
        return f"${tex}$"
    if tag == "code":
        code = " ".join(element.text_content().split())
        tick = "`" * (1 + max((len(run) for run in re.findall(r"`+", code)), default=0))
        space = " " if code[:1] == "`" or code[-1:] == "`" else ""
        return f"{tick}{space}{code}{space}{tick}" if code else ""
    inside = _line(element)
    if tag == "a" and element.get("href"):
        return f"[{inside.strip()}]({plain_address(element.get('href') or '')})"
    sign = _INLINE.get(tag, "")
    return f"{sign}{inside.strip()}{sign}" if sign and inside.strip() else inside


def _tex(element: html.HtmlElement) -> str:
    """The TeX that an element shows, alone in a block or within a line; empty for any other."""
    code = element[0] if element.tag == "pre" and len(element) == 1 else element
    return code.text_content().strip() if code.tag == "code" and code.get("class") == "tex" else ""


def plain_words(text: str | None) -> str:
    """Text in which nothing is taken for markup."""
    if not text:
        return ""
    words = _SIGN.sub(r"\\\1", _SPACES.sub(" ", text))
    # Not every program knows an escaped `<`.
    return _REFERENCE.sub("&amp;", words).replace("<", "&lt;")


def plain_address(address: str) -> str:
    """An address that ends where its link ends, whatever is in it."""
    return re.sub(r"[\s<>()\\]", lambda sign: quote(sign[0], safe=""), address)
