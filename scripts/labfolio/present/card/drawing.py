"""The card itself: a title block of 1200 by 630 pixels, drawn from facts, colours and faces."""

import re
from collections.abc import Iterable

from labfolio.present.card.canvas import Canvas, Rgb, rgb
from labfolio.present.card.faces import Face, face
from labfolio.present.card.legible import legible
from labfolio.present.card.paragraph import balanced, cut, wrapped
from labfolio.present.card.shapes import hatch, shape
from labfolio.present.card.strip import draw_strip, strip_size
from labfolio.present.views.card import Card, Look
from labfolio.present.views.common import TitleField

WIDTH, HEIGHT = 1200, 630

# Edges of the box and the heights of its first and last row, the last also without a plate.
_LEFT, _TOP, _RIGHT, _BOTTOM = 36, 36, 1164, 594
_FIELDS, _FOOT, _BARE_FOOT = 96, 156, 92
_RULE, _PAD = 2, 32
_MEASURE = _RIGHT - _LEFT - 2 * _PAD
# Above the title and below the result; between the two.
_AIR, _SPACE = 30, 18
_TITLE_SIZES = (88, 80, 72, 66, 60, 54, 48)
_LINES, _LEADING, _ASCENT, _TRACKING = 4, 1.1, 0.82, -0.016
# A title gives way to its result down to this size.
_ENOUGH = 60
_RESULT, _RESULT_STEP, _RESULT_LINES = 34, 45, 3
# Between a number and its unit no line ends.
_UNIT = re.compile(r"(?<=\d) (?=\S{1,2}(?:[\s.,;:]|$))")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")


class Drawing:
    """One card being drawn."""

    def __init__(self, card: Card, look: Look) -> None:
        self.card = card
        self._look = look
        self.canvas = Canvas(WIDTH, HEIGHT, self.colour("--paper"), self.colour("--sheet"))

    def colour(self, name: str) -> Rgb:
        """A token's colour."""
        return rgb(name, *self._look.colours.get(name, ()))

    def face(self, role: str) -> Face:
        """The face of a role."""
        return face(*self._look.faces[role])

    def words(self, text: str, role: str) -> str:
        """A text as a role's face prints it; empty where it cannot."""
        return legible(text, self.face(role).has) or ""


def draw_card(card: Card, look: Look) -> bytes:
    """The card as PNG."""
    drawing = Drawing(card, look)
    canvas, rule = drawing.canvas, drawing.colour("--rule-3")
    canvas.box(_LEFT, _TOP, _RIGHT, _BOTTOM, drawing.colour("--sheet"))
    bottom = _BOTTOM - (_FOOT if card.strip else _BARE_FOOT)
    _foot(drawing, bottom)
    top = _TOP
    if card.fields:
        _fields(drawing, _TOP)
        top += _FIELDS
        canvas.box(_LEFT, top, _RIGHT, top + _RULE, rule)
    _head(drawing, top, bottom)
    canvas.frame(_LEFT, _TOP, _RIGHT, _BOTTOM, rule, _RULE)
    return canvas.png()


def _head(drawing: Drawing, top: float, bottom: float) -> None:
    """The title with its result where there is room; where it cannot be printed, id and kind instead."""
    title = drawing.words(drawing.card.title, "title")
    if not title:
        _by_number(drawing, (top + bottom) / 2 + 62)
        return
    upright, height = drawing.face("title"), bottom - top - 2 * _AIR
    for result in _results(drawing):
        size, lines = _fitted(upright, title, height - _SPACE - len(result) * _RESULT_STEP)
        if size >= _ENOUGH:
            break
    else:
        result = []
        size, lines = _fitted(upright, title, height)
    canvas, x, y = drawing.canvas, _LEFT + _PAD, top + _AIR
    for line in lines:
        canvas.text(x, y + size * _ASCENT, line, upright, size, drawing.colour("--ink"), _TRACKING)
        y += size * _LEADING
    y += _SPACE
    for line in result:
        canvas.text(x, y + _RESULT, line, drawing.face("result"), _RESULT, drawing.colour("--ink-2"))
        y += _RESULT_STEP


def _results(drawing: Drawing) -> Iterable[list[str]]:
    """The result in lines: whole, else its first sentence; neither where it takes too many."""
    given, roman = _UNIT.sub("\u00a0", drawing.words(drawing.card.result, "result")), drawing.face("result")
    for text in dict.fromkeys((given, _SENTENCE_END.split(given, maxsplit=1)[0])):
        lines = balanced(text, _MEASURE, lambda words: roman.width(words, _RESULT))
        if 0 < len(lines) <= _RESULT_LINES:
            yield lines


def _fitted(upright: Face, title: str, height: float) -> tuple[int, list[str]]:
    """The largest size at which a title fits, with its lines; at the smallest it is broken and cut where it must be."""
    for size in _TITLE_SIZES:

        def measure(text: str, size: int = size) -> float:
            return upright.width(text, size, _TRACKING)

        lines = wrapped(title, _MEASURE, measure)
        whole = max(map(measure, title.split(" "))) <= _MEASURE
        if whole and len(lines) <= min(_LINES, height // (size * _LEADING)):
            return size, balanced(title, _MEASURE, measure)
    return size, cut(title, _MEASURE, _LINES, measure, _ellipsis(upright))


def _by_number(drawing: Drawing, baseline: float) -> None:
    """Sheet and kind large, in the place of a title."""
    card, canvas = drawing.card, drawing.canvas
    x: float = _LEFT + _PAD
    if sheet := drawing.words(card.sheet, "name"):
        # A letter of this size stands visibly off the edge that smaller ones keep.
        x = canvas.text(x - 10, baseline, sheet, drawing.face("name"), 176, drawing.colour("--ink"), -0.04) + 40
    if kind := drawing.words(card.kind, "title"):
        canvas.text(x, baseline, kind, drawing.face("title"), 76, drawing.colour("--ink"), _TRACKING)


def _foot(drawing: Drawing, top: float) -> None:
    """The verdict, shape before word, the site's name and the plate."""
    card, canvas, name = drawing.card, drawing.canvas, drawing.face("name")
    canvas.box(_LEFT, top, _RIGHT, top + _RULE, drawing.colour("--rule-3"))
    right: float = _RIGHT - _PAD
    if card.strip:
        width, height, _ = strip_size(card.strip)
        draw_strip(canvas, card.strip, right - width, (top + _BOTTOM - height) / 2 + 1, drawing.colour)
        right -= width + 40
    baseline = top + (68 if card.strip else 60)
    x = _verdict(drawing, baseline, right)

    def measure(text: str) -> float:
        return name.width(text, 30, -0.02)

    below = bool(card.strip)
    room = right - (_LEFT + _PAD if below else x + 40)
    for shown in cut(drawing.words(card.site, "name"), room, 1, measure, _ellipsis(name)):
        x, y = (_LEFT + _PAD, baseline + 54) if below else (right - measure(shown), baseline)
        canvas.text(x, y, shown, name, 30, drawing.colour("--ink"), -0.02)


def _verdict(drawing: Drawing, baseline: float, right: float) -> float:
    """Mark, word and count, kept left of `right`; gives their right end."""
    card, canvas, x = drawing.card, drawing.canvas, float(_LEFT + _PAD)
    if card.mark:
        tone = drawing.colour({"quiet": "--ink-3"}.get(card.mark.tone, f"--{card.mark.tone}"))
        canvas.stencil(x, baseline - 33, shape(card.mark.shape, 38), tone)
        word = drawing.words(card.mark.word, "strong")
        x = canvas.text(x + 52, baseline, word, drawing.face("strong"), 46, tone) + 22
    role = "label" if card.mark else "strong"
    status = drawing.face(role)
    for text in cut(drawing.words(card.status, role), right - x, 1, lambda text: status.width(text, 40), ""):
        x = canvas.text(x, baseline, text, status, 40, drawing.colour("--ink-2"))
    return x


def _ellipsis(one: Face) -> str:
    return "…" if one.has("…") else "..."


def _fields(drawing: Drawing, top: float) -> None:
    """The ruled fields, as many as there is room for; what is left of the width is shared out."""
    given = [_Cell(drawing, field) for field in drawing.card.fields]
    while given and sum(one.width for one in given) > _RIGHT - _LEFT:
        if not given[-1].shorten():
            given.pop()
    share = (_RIGHT - _LEFT - sum(one.width for one in given)) / max(1, len(given))
    x: float = _LEFT
    for one in given:
        if x > _LEFT:
            drawing.canvas.box(x, top, x + _RULE, top + _FIELDS, drawing.colour("--rule-3"))
        one.draw(x + 24 if x > _LEFT else _LEFT + _PAD, top)
        x += one.width + share


class _Cell:
    """One field with its room."""

    def __init__(self, drawing: Drawing, field: TitleField) -> None:
        self._drawing = drawing
        self._pillar = field.pillar
        self._label = drawing.words(field.label, "label")
        self._value = drawing.words(field.value, self._role)
        if not self._value:
            self.shorten()

    @property
    def _role(self) -> str:
        return "label" if self._pillar else "mono"

    @property
    def width(self) -> float:
        """What the field needs."""
        label = self._drawing.face("label").width(self._label, 22)
        value = self._drawing.face(self._role).width(self._value, 32) + (58 if self._pillar else 0)
        return max(label, value) + 56

    def shorten(self) -> bool:
        """Takes a pillar's code for its name; whether that was still to be done."""
        code = self._drawing.words(self._pillar.code, "label") if self._pillar else ""
        done = bool(code) and self._value != code
        self._value = code if done else self._value
        return done

    def draw(self, x: float, top: float) -> None:
        """Label above value."""
        drawing, canvas = self._drawing, self._drawing.canvas
        canvas.text(x, top + 37, self._label, drawing.face("label"), 22, drawing.colour("--ink-3"))
        if self._pillar:
            ink = drawing.colour("--ink-2")
            canvas.stencil(x, top + 51, hatch(self._pillar.hatch, 45, 28, 2.4), ink)
            canvas.frame(x, top + 51, x + 45, top + 79, ink, 2)
            x += 58
        canvas.text(x, top + 76, self._value, drawing.face(self._role), 32, drawing.colour("--ink"))
