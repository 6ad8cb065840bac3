"""The last step of a text: the allow-list, every address resolved, and what a reader cannot see made visible."""

import re
from collections.abc import Callable
from html import escape, unescape

from markdown.postprocessors import Postprocessor

from labfolio.markdown import bounds
from labfolio.markdown.components import annotations, bars, tasks
from labfolio.markdown.diagrams import as_source
from labfolio.markdown.foreign_templates import foreign_templates
from labfolio.markdown.labels import kind_of
from labfolio.markdown.rendering import Rendering
from labfolio.markdown.sanitise import CARRIED, MARKUP, clean, foreign_markup
from labfolio.model.source import Position
from labfolio.model.unseen import DIRECTIONS
from markdown import Markdown

_DIRECTION = re.compile(f"[{DIRECTIONS}]")
_CODE = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>", re.DOTALL)
# An element with an id; cleaned HTML has neither sign in the value of an attribute.
_WITH_ID = re.compile(r'(?P<before><[a-z][^<>]*?) id="(?P<id>[^"<>]*)"(?P<after>[^<>]*>)')
_CARRIED = re.compile(rf' (href|src|srcset)="{CARRIED}:([^"]*)"')


class Finish(Postprocessor):
    """Works on the finished HTML, after all that Markdown does."""

    def __init__(self, md: Markdown, rendering: Rendering) -> None:
        super().__init__(md)
        self.rendering = rendering

    def run(self, text: str) -> str:
        """The HTML as it is published; what an author should know is reported."""
        # Each heading comes here alone, for the contents, before it does with the page.
        if not (MARKUP.search(text) or _DIRECTION.search(text)):
            return text
        rendering = self.rendering
        text = as_source(bars(annotations(tasks(text))), rendering)
        foreign_templates(rendering)
        text = self.directions(text)
        # What another file brings in was not written by who vouches for this one.
        vouched = rendering.unsafe_html and not rendering.embedded
        if rendering.unsafe_html:
            self.tell_unsafe(vouched)
        foreign = () if vouched else foreign_markup(text)
        if foreign:
            names = ", ".join(name + (">" if name.startswith("<") else "") for name in foreign[:5])
            rendering.report("raw-html", f"{names} was taken out of the page", foreign[0])
        bounds.check_depth(text)
        cleaned = clean(text, self.address)
        return self.each_id_once(resolved(text, self.address) if vouched else cleaned)

    def address(self, attribute: str, value: str) -> str | None:
        """The address that is printed for one that was written, or None where there must be none."""
        href = value.removeprefix(CARRIED + ":")
        if attribute == "srcset":
            # Only what was made here: an author's own list of addresses is not checked one by one.
            return href if href != value else None
        if attribute == "src":
            return self.rendering.src(href)
        if href in self.rendering.around:
            return href
        return self.rendering.href(self.rendering.target(href))

    def each_id_once(self, html: str) -> str:
        """The HTML without ids that are empty or that an element before has; labels are told where they are counted."""
        seen = {""}

        def first(tag: re.Match[str]) -> str:
            id = unescape(tag["id"])
            if id not in seen:
                seen.add(id)
                return tag[0]
            if id and not kind_of(id):
                self.rendering.repeated(id, "id")
            return tag["before"] + tag["after"]

        return _WITH_ID.sub(first, html)

    def tell_unsafe(self, vouched: bool) -> None:
        """Says that the text is published as it is, at the field that asks for it; or why it is not."""
        lines = self.rendering.text.split("\n")
        number = next((at for at, line in enumerate(lines, start=1) if line.startswith("unsafe_html:")), 1)
        message = "the HTML of this text is published as it is"
        if not vouched:
            message = "the HTML of this text is cleaned all the same, since it brings in another file"
        place = Position(line=number, column=1, width=len("unsafe_html"))
        self.rendering.report_at("unsafe-html", message, place)

    def directions(self, text: str) -> str:
        """The text with every change of direction in code shown by its number (CVE-2021-42574), each told once."""
        signs = sorted(set(_DIRECTION.findall(text)))
        for sign in signs:
            message = f"U+{ord(sign):04X} is not seen, and changes the order in which what follows is read"
            self.rendering.report("hidden-direction", message, sign)
        if not signs:
            return text
        return _CODE.sub(lambda code: _DIRECTION.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", code[0]), text)


def resolved(html: str, address: Callable[[str, str], str | None]) -> str:
    """HTML as it is, with the addresses that Markdown made as they are printed."""

    def printed(found: re.Match[str]) -> str:
        given = address(found[1], f"{CARRIED}:{unescape(found[2])}")
        return "" if given is None else f' {found[1]}="{escape(given)}"'

    return _CARRIED.sub(printed, html)
