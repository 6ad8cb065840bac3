"""What Markdown's extensions write for Material's scripts, made to stand without them: notes, tasks, annotations."""

import re
import xml.etree.ElementTree as etree

_TASK = re.compile(r"""(?:<label[^>]*>\s*)?<input type="checkbox"([^>]*)>(?:\s*<span[^>]*></span>\s*</label>)?""")
_TASK_ITEM = re.compile(rf"""(<li class="task-list-item">(?:\s*<p>)?\s*){_TASK.pattern}""")
_ANNOTATED = re.compile(
    r"""(<div class="[^"]*\bannotate\b[^"]*">)((?:(?!<div\b).)*?</div>)(\s*)<ol>""",
    re.DOTALL,
)
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
    for block in [child for child in root if child is not listed]:
        found = [link for link in block.iter("a") if link.get("class") == "footnote-ref"]
        made: list[etree.Element] = []
        for link in found:
            item = by_id.pop(link.get("href", "").removeprefix("#"), None)
            if item is not None:
                made.append(_note(item, (link.text or "").strip()))
                items.remove(item)
        at = list(root).index(block) + 1
        for offset, one in enumerate(made):
            root.insert(at + offset, one)
    if not len(items):
        root.remove(listed)


def _note(item: etree.Element, number: str) -> etree.Element:
    """A footnote's list item as a note; its number leads back to the text."""
    id = item.get("id", "")
    note = etree.Element("div", {"class": "margin-note", "role": "note", "id": id, "aria-label": f"Note {number}"})
    back = next((link for link in item.iter("a") if "footnote-backref" in link.get("class", "")), None)
    target = back.get("href", "") if back is not None else f"#{id.replace('fn', 'fnref', 1)}"
    for parent in list(item.iter()):
        for child in list(parent):
            if child.tag == "a" and "footnote-backref" in child.get("class", ""):
                parent.remove(child)
    note.text = item.text
    note.extend(list(item))
    first = next((child for child in note if child.tag == "p"), None)
    if first is None:
        first = etree.Element("p")
        note.insert(0, first)
    link = etree.Element(
        "a", {"class": "footnote-back", "href": target, "aria-label": f"Back to the text of note {number}"}
    )
    link.text, link.tail = number, f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, link)
    for paragraph in note.iter("p"):
        _without_blank_end(paragraph)
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
