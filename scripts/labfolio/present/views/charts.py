"""A drawing in parts: strokes, bands, points and words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line. Positions across are percentages, positions down are pixels, both as they are written."""

    css: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A filled rectangle, its position and width in percent, its top and height in pixels."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A marker of one of the shapes of `chart.html`: disc, ring, square, triangle, diamond, cross or plus."""

    css: str
    shape: str
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in a chart; `css` says how it is anchored, `dx` moves it by pixels."""

    css: str
    x: str
    y: str
    text: str
    dx: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing that keeps the size of its text at every width: percentages across, pixels down.

    `title` and `description` are its accessible name and description; `css` sets the room around it for labels.
    """

    id: str
    css: str
    title: str
    description: str
    height: int
    bands: tuple[Band, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    points: tuple[Point, ...] = ()
    words: tuple[Words, ...] = ()
