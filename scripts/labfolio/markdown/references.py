"""What the citations and references of a text say, once all of it is read, and the notes beside them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from labfolio.markdown.captions import image_words, join_tables
from labfolio.markdown.citations import Group, Item, Written
from labfolio.markdown.components import notes
from labfolio.markdown.labels import kind_of, number, replace_by_words
from labfolio.markdown.rendering import Rendering
from labfolio.markdown.works import CitedWork, credited, listed
from labfolio.model.spelling import certain, closest, nearest
from markdown import Markdown

# The signs around a citation.
_FORMS = {"author-year": ("(", ")"), "numbered": ("[", "]")}
# How many keys that are not known are looked up: each is held against all that are.
_MOST = 200
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class References(Treeprocessor):
    """Numbers what is labelled, fills in every citation and reference, and reports those that nothing answers.

    Runs when the ids that authors give are set, and before contents are made of the headings.
    """

    def __init__(self, md: Markdown, rendering: Rendering, written: Written) -> None:
        super().__init__(md)
        self.rendering = rendering
        self.written = written
        self.places: dict[Element, str] = {}
        self.works: Mapping[str, CitedWork] = {}

    def run(self, root: Element) -> None:
        """Changes the tree; leaves the labels and the list of works with the rendering."""
        rendering = self.rendering
        notes(root)
        join_tables(root)
        image_words(root, self.written)
        rendering.labels = number(root, self.md.htmlStash.rawHtmlBlocks)
        for id in rendering.labels.repeated:
            self.rendering.repeated(id)
        groups = [(one, self.written.groups[one]) for one in root.iter("span") if one in self.written.groups]
        items = [item for _, group in groups for item in group.items]
        self._report(items)
        linked = {child for link in root.iter("a") for child in link.iter()}
        headed = {child for heading in root.iter() if heading.tag in _HEADINGS for child in heading.iter()}
        # In a proof nothing is read but the ids of headings, which are made of their words.
        printed = not rendering.proof or any(element in headed for element, _ in groups)
        self._list([item for item in items if self._is_work(item.key)], printed=printed)
        # References print headings: what these cite comes first.
        for element, group in sorted(groups, key=lambda one: one[0] not in headed):
            self._fill(element, group, linked=element in linked)
        if not rendering.proof:
            self._notes(root, groups)

    def _list(self, items: Iterable[Item], *, printed: bool) -> None:
        """The works of the page; where nothing is printed, none is put into words."""
        rendering, bibliography = self.rendering, self.rendering.bibliography
        places: dict[str, list[str]] = {}
        for item in items:
            ids = places.setdefault(item.key, [])
            ids.append(f"cite-{item.key}-{len(ids) + 1}")
            self.places[item.element] = ids[-1]
        urls = [bibliography.notes[key] for key in places if key in bibliography.notes]
        rendering.pages |= dict.fromkeys(url for url in urls if url != rendering.url)
        if printed:
            rendering.works = listed(bibliography, rendering.own, places, rendering.url)
            self.works = {one.record.key: one for one in rendering.works}
            rendering.around.update(self.works[key].href for key in places)

    def _is_known(self, key: str) -> bool:
        return key in self.rendering.labels.names if kind_of(key) else key in self.works

    def _is_work(self, key: str) -> bool:
        return not kind_of(key) and key in self.rendering.bibliography.works

    def _fill(self, element: Element, group: Group, *, linked: bool) -> None:
        """Puts what a group stands for in the place of what is written, where all of it is known."""
        if not all(self._is_known(item.key) for item in group.items):
            self._restore(element, group)
            return
        works = [item for item in group.items if self._is_work(item.key)]
        opening, closing = _FORMS[self.rendering.bibliography.form] if works else ("", "")
        for item in group.items:
            if linked:
                item.element.tag = "span"
            if item in works:
                self._cite(item, group)
            else:
                self._refer(item)
        if group.textual and works and group.marks:
            replace_by_words(element, group.marks[0], ", ")
            replace_by_words(element, group.marks[1], closing)
        elif group.textual and group.marks:
            self._restore(element, group)
        elif group.marks:
            replace_by_words(element, group.marks[0], opening)
            replace_by_words(element, group.marks[1], closing)

    def _restore(self, element: Element, group: Group) -> None:
        """Leaves a group as it is written; what is no link in it is none."""
        for mark in group.marks:
            replace_by_words(element, mark, mark.text or "")
        for item in group.items:
            if not item.element.get("href"):
                item.element.tag = "span"

    def _cite(self, item: Item, group: Group) -> None:
        work = self.works[item.key]
        if item.element.tag == "a":
            item.element.set("href", work.href)
        item.element.set("id", self.places[item.element])
        numbered = self.rendering.bibliography.form == "numbered"
        mark = work.number if numbered else work.year
        opening, closing = _FORMS[self.rendering.bibliography.form]
        if group.textual:
            ending = "" if group.marks else closing
            item.element.text = f"{credited(work.record)} {opening}{mark}{ending}"
        elif item.bare or numbered:
            item.element.text = mark
        else:
            item.element.text = f"{credited(work.record)}, {mark}"

    def _refer(self, item: Item) -> None:
        labels = self.rendering.labels
        if item.element.tag == "a":
            item.element.set("href", "#" + quote(item.key, safe="-_.:~"))
        item.element.text = labels.words(item.key, bare=item.bare)

    def _notes(self, root: Element, groups: Iterable[tuple[Element, Group]]) -> None:
        """A note after the paragraph that first cites a work, for screens that have a margin.

        It says again what the list says, so it is not read aloud; a heading keeps its paragraph next to it.
        """
        by_element = dict(groups)
        waiting: dict[str, CitedWork] = {}
        told: set[str] = set()
        for block in list(root):
            for element in block.iter("span"):
                for item in by_element[element].items if element in by_element else ():
                    if item.key in self.works and item.key not in told:
                        waiting[item.key] = self.works[item.key]
                        told.add(item.key)
            if waiting and block.tag not in _HEADINGS:
                root.insert(list(root).index(block) + 1, _note(waiting.values()))
                waiting = {}

    def _report(self, items: Iterable[Item]) -> None:
        """Keys that nothing answers; words after an @ outside of brackets only where a slip of the pen is certain."""
        works, sound = self.rendering.bibliography.works, self.rendering.bibliography.sound
        keys = list(dict.fromkeys(item.key for item in items if not self._is_work(item.key)))
        names = list(self.written.names)
        for key in keys[:_MOST]:
            if kind_of(key):
                self._report_label(key)
            elif sound:
                close = closest(key, works)
                help = f"Write @{close}" if close else "Add the work to the bibliography, or write \\@ for a mere sign."
                message = f"'{key}' is no key of the bibliography{nearest(key, works)}"
                self.rendering.report_key("unknown-citation", message, key, help)
        for name in names[:_MOST] if sound else ():
            if meant := certain(name, [key for key in works if _alike_in_length(key, name)]):
                message = f"'{name}' is no key of the bibliography; did you mean '{meant}'?"
                help = f"Write @{meant}, or \\@{name} for no work"
                self.rendering.report_key("unknown-citation", message, name, help)
        if max(len(keys), len(names)) > _MOST:
            message = f"more than {_MOST} different names stand after an @; the others were not looked up"
            self.rendering.report("too-large", message, "@", "Put what is no citation into code, or split the text.")

    def _report_label(self, key: str) -> None:
        labels = self.rendering.labels.names
        if key in labels:
            return
        if key in self.rendering.bibliography.works:
            message = f"'{key}' is a key of the bibliography that reads as the label of a {kind_of(key).lower()}"
            help = "Give the record another key, without the prefix of a label."
        else:
            close = closest(key, labels)
            message = f"'{key}' is no label of this page{nearest(key, labels)}"
            help = f"Write @{close}" if close else f"Give the {kind_of(key).lower()} the id: {{#{key}}}."
        self.rendering.report_key("unknown-label", message, key, help)


def _alike_in_length(key: str, name: str) -> bool:
    """Whether two names can be a slip of the pen apart: the others need not be compared letter by letter."""
    return abs(len(key) - len(name)) <= max(len(key), len(name)) // 3


def _note(works: Iterable[CitedWork]) -> Element:
    note = Element("div", {"class": "margin-note cited", "aria-hidden": "true", "data-pagefind-ignore": "all"})
    note.tail = "\n"
    for work in works:
        SubElement(note, "p").text = f"[{work.number}] {work.text}" if work.number else work.text
    return note
