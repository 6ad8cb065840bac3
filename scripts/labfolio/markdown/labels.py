"""Labels: what is numbered in a text and what a reference to it prints, by Quarto's convention.

An element is labelled by an id that begins with a known prefix and a hyphen, and numbered in document order among those
of its prefix (https://quarto.org/docs/authoring/cross-references.html). Its number is printed in the first empty
`<span class="number"></span>` within it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

from labfolio.parse.latex import plain_latex

# Sections are not numbered: a reference prints their heading.
SECTION = "sec"
KINDS: Mapping[str, str] = {
    "fig": "Figure",
    "tbl": "Table",
    "eq": "Equation",
    "lst": "Listing",
    "alg": "Algorithm",
    "thm": "Theorem",
    "lem": "Lemma",
    "cor": "Corollary",
    "prp": "Proposition",
    "def": "Definition",
    "exm": "Example",
    "rem": "Remark",
    SECTION: "Section",
}
_LABEL = re.compile(rf"(?:{'|'.join(KINDS)})-\S+")
_RAW_ID = re.compile(rf"""<[a-zA-Z][^<>]*?\sid=["']?((?:{"|".join(KINDS)})-[^\s"'>]+)["']?[^<>]*>""")
_RAW_NUMBER = re.compile(r'<span class="number">\s*</span>')
_RAW_TITLE = re.compile(r'<span class="filename">')


def kind_of(key: str) -> str:
    """The word for what a key would label: `Figure` for `fig-width`; empty for any other key."""
    return KINDS[key.partition("-")[0]] if _LABEL.fullmatch(key) else ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the labels of a text stand for, and those that are given more than once, with how often.

    `headings` are the elements of labelled sections, whose words a reference prints.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, Element] = field(default_factory=dict)

    def words(self, label: str, *, bare: bool = False) -> str:
        """What a reference prints: `Figure 3`, `3` where it is `bare`, or a heading."""
        if label in self.headings:
            return " ".join(_words(self.headings[label]).split())
        return (self.numbers if bare else self.names)[label]


def _words(element: Element) -> str:
    """The words of an element; an expression is a line of signs."""
    if tex := element.get("data-tex"):
        return plain_latex(f"${tex}$")
    return (element.text or "") + "".join(_words(child) + (child.tail or "") for child in element)


def number(root: Element, raw: list[str | Element]) -> Labels:
    """The labels of a text, their numbers printed. `raw` is the finished HTML that placeholders in the tree stand for.

    Code is such HTML: a listing shows its number before its title.
    """
    names: dict[str, str] = {}
    numbers: dict[str, str] = {}
    headings: dict[str, Element] = {}
    seen: dict[str, int] = {}
    counts: dict[str, int] = {}
    for id, element in _labelled(root, raw):
        seen[id] = seen.get(id, 0) + 1
        prefix = id.partition("-")[0]
        if seen[id] > 1:
            continue
        if prefix == SECTION:
            names[id] = numbers[id] = KINDS[SECTION]
            headings |= {id: element} if element is not None else {}
            continue
        counts[prefix] = counts.get(prefix, 0) + 1
        numbers[id] = f"({counts[prefix]})" if prefix == "eq" else str(counts[prefix])
        names[id] = f"{KINDS[prefix]} {numbers[id]}"
    printed = {id: numbers[id] if id.startswith("eq-") else name for id, name in names.items()}
    _print_in_tree(root, printed)
    for place, html in enumerate(raw):
        if isinstance(html, str):
            raw[place] = _print_in_raw(html, printed)
    return Labels(names, numbers, {id: count for id, count in seen.items() if count > 1}, headings)


def _labelled(root: Element, raw: Sequence[str | Element]) -> Iterator[tuple[str, Element | None]]:
    """Every label in document order, with its element where it has one."""
    for element in root.iter():
        if _LABEL.fullmatch(id := element.get("id", "")):
            yield id, element
        for match in HTML_PLACEHOLDER_RE.finditer(element.text or ""):
            place = int(match[1])
            html = raw[place] if place < len(raw) else ""
            if isinstance(html, str):
                yield from ((id, None) for id in _RAW_ID.findall(html))


def _print_in_tree(root: Element, printed: Mapping[str, str]) -> None:
    """Fills the empty numbers of labelled elements and takes out those of others."""
    parents = {child: parent for parent in root.iter() for child in parent}
    filled: set[str] = set()
    for element in [one for one in root.iter("span") if one.get("class") == "number"]:
        if len(element) or (element.text or "").strip():
            continue
        id = _label_above(element, parents)
        if id in printed and id not in filled:
            element.text = printed[id]
            filled.add(id)
        else:
            remove(parents[element], element)


def _label_above(element: Element, parents: Mapping[Element, Element]) -> str:
    above: Element | None = element
    while above is not None:
        if _LABEL.fullmatch(id := above.get("id", "")):
            return id
        above = parents.get(above)
    return ""


def _print_in_raw(html: str, printed: Mapping[str, str]) -> str:
    """The same for finished HTML, which is one block: its first label is its own."""
    found = _RAW_ID.search(html)
    name = printed.get(found[1], "") if found else ""
    span = f'<span class="number">{name}</span>'
    if found and name and not _RAW_NUMBER.search(html) and found[1].startswith("lst-"):
        title, count = _RAW_TITLE.subn(lambda m: f"{m[0]}{span}. ", html, count=1)
        html = title if count else f'{html[: found.end()]}<span class="filename">{span}</span>{html[found.end() :]}'
    html = _RAW_NUMBER.sub(lambda m: span, html, count=1) if name else html
    return _RAW_NUMBER.sub("", html)


def remove(parent: Element, child: Element) -> None:
    """Takes an element out of its parent; the words after it stay."""
    replace_by_words(parent, child, "")


def replace_by_words(parent: Element, child: Element, words: str) -> None:
    """Puts words in the place of an element."""
    siblings = list(parent)
    index = siblings.index(child)
    words += child.tail or ""
    if index:
        before = siblings[index - 1]
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(child)
