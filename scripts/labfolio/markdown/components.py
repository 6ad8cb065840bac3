"""What Markdown's extensions write for Material's scripts, made to stand without them: notes, tasks, annotations."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

_TASK = re.compile(r"""(?:<label[^>]*>\s*)?<input type="checkbox"([^>]*)>(?:\s*<span[^>]*></span>\s*</label>)?""")
_TASK_ITEM = re.compile(rf"""(<li class="task-list-item">(?:\s*<p>)?\s*){_TASK.pattern}""")
_ANNOTATED = re.compile(
    r"""(<div class="[^"]*\bannotate\b[^"]*">)((?:(?!<(?:p|ul|h\d)\b).)*?</div>)(\s*)<ol>""",
    re.DOTALL,
)
# Neither reads past the next of its kind: thousands that are not closed are read once.
_CELL = re.compile(r"<t([dh])\b[^>]*>(?:(?!<t[dh]\b).)*?</t\1>", re.DOTALL)
_CODE = re.compile(r"<code\b[^>]*>(?:(?!<code\b).)*?</code>", re.DOTALL)
# A comment that holds nothing but its number is replaced whole, with its signs.
_ONLY_NUMBER = re.compile(r"""<span class="c[^"]*">[^\w<(&]*(?:&lt;!--|/\*)?\s*\((\d+)\)!?\s*(?:\*/|--&gt;)?</span>""")
_NUMBER = re.compile(r"""(<span class="c[^"]*">[^<]*?)\((\d+)\)!?([^<]*</span>)""")


def notes(root: etree.Element) -> None:
    """Footnotes as notes after the block that first refers to them; they stand in the margin where there is room.

    A footnote that no block of the text itself refers to stays in the list at the end.
    """
    listed = next((child for child in root if child.tag == "div" and child.get("class") == "footnote"), None)
    items = listed.find("ol") if listed is not None else None
    if listed is None or items is None:
        return
    by_id = {item.get("id", ""): item for item in items}
    numbers: dict[str, str] = {}
    for block in [child for child in root if child is not listed]:
        made: list[etree.Element] = []
        for link in _references(block):
            id = link.get("href", "").removeprefix("#")
            numbers.setdefault(id, (link.text or "").strip())
            item = by_id.pop(id, None)
            if item is not None:
                made.append(_note(item, numbers[id]))
                items.remove(item)
        at = list(root).index(block) + 1
        for offset, one in enumerate(made):
            root.insert(at + offset, one)
    _leave(root, listed, items)


def _references(block: etree.Element) -> list[etree.Element]:
    return [link for link in block.iter("a") if link.get("class") == "footnote-ref"]


def _leave(root: etree.Element, listed: etree.Element, items: etree.Element) -> None:
    """What stays in the list keeps the number by which it is referred to, and only ways back that lead somewhere."""
    if not len(items):
        root.remove(listed)
        return
    known = {element.get("id") for element in root.iter()}
    numbers = {link.get("href", ""): (link.text or "").strip() for link in _references(root)}
    for item in items:
        if number := numbers.get(f"#{item.get('id', '')}"):
            item.set("value", number)
        _without_backrefs(item, lambda target: target.removeprefix("#") not in known)


def _without_backrefs(item: etree.Element, wanted: Callable[[str], bool]) -> None:
    """Takes out the ways back whose target is `wanted`, and paragraphs that held nothing else."""
    for parent in list(item.iter()):
        for child in list(parent):
            if child.tag == "a" and "footnote-backref" in child.get("class", "") and wanted(child.get("href", "")):
                parent.remove(child)
    for paragraph in item.iter("p"):
        _without_blank_end(paragraph)
    for paragraph in list(item):
        if paragraph.tag == "p" and not len(paragraph) and not (paragraph.text or "").strip():
            item.remove(paragraph)


def _note(item: etree.Element, number: str) -> etree.Element:
    """A footnote's list item as a note; its number leads back to the text."""
    id = item.get("id", "")
    note = etree.Element("div", {"class": "margin-note", "role": "note", "id": id, "aria-label": f"Note {number}"})
    back = next((link for link in item.iter("a") if "footnote-backref" in link.get("class", "")), None)
    target = back.get("href", "") if back is not None else f"#{id.replace('fn', 'fnref', 1)}"
    _without_backrefs(item, lambda target: True)
    note.text = item.text
    note.extend(list(item))
    if not len(note) or note[0].tag != "p":
        note.insert(0, etree.Element("p"))
    first = note[0]
    name = f"Back to the text of note {number}"
    link = etree.Element("a", {"class": "footnote-back", "href": target, "aria-label": name})
    link.text, link.tail = number, f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, link)
    return note


def _without_blank_end(paragraph: etree.Element) -> None:
    """Takes away the placeholder of a hard space that stood before the way back."""
    last = paragraph[-1] if len(paragraph) else None
    text = (last.tail if last is not None else paragraph.text) or ""
    text = re.sub(r"(?:\s|&#160;|\u00a0|\x02qq3936677670287331zz\x03)+$", "", text)
    if last is not None:
        last.tail = text
    else:
        paragraph.text = text


def tasks(html: str) -> str:
    """Task boxes as marks with a name: an input that nobody can use is none."""

    def mark(match: re.Match[str]) -> str:
        done = "checked" in match[2]
        css, name = ("task done", "Done") if done else ("task", "Not done")
        return f'{match[1]}<span class="{css}" role="img" aria-label="{name}"></span>'

    return _TASK_ITEM.sub(mark, html)


def annotations(html: str) -> str:
    """The numbers in an annotated code block as marks, and the list after it as its notes."""

    def annotated(match: re.Match[str]) -> str:
        code = _ONLY_NUMBER.sub(r'<b class="annotation">\1</b>', match[2])
        code = _NUMBER.sub(r'\1<b class="annotation">\2</b>\3', code)
        return f'{match[1]}{code}{match[3]}<ol class="annotations">'

    html = html.replace('<th colspan="2" class="filename">', '<th colspan="2" scope="col" class="filename">')
    return _ANNOTATED.sub(annotated, html) if "annotate" in html else html


def bars(html: str) -> str:
    """Code in the cells of tables without the backslash that GitHub asks for before a bar and does not show."""

    def shown(cell: re.Match[str]) -> str:
        return _CODE.sub(lambda code: code[0].replace(r"\|", "|"), cell[0])

    return _CELL.sub(shown, html) if r"\|" in html else html
