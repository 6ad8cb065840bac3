"""Ablations, slices, trade-offs and baselines: what the numbers say, a chart, and the table behind it."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from labfolio.facts.series import Choice, Estimate, Line, Part, choices, estimate, is_number, lines, parts
from labfolio.model.entry import Entry
from labfolio.model.evidence import Ablation, Slice, Tradeoff
from labfolio.model.wording import listed, number, plural, rounded, signed
from labfolio.parse.measure import MeasuredSeries
from labfolio.present.charts.line_chart import line_chart
from labfolio.present.charts.row_chart import ChartRow, row_chart
from labfolio.present.charts.scatter import scatter
from labfolio.present.edition import Edition
from labfolio.present.files import data_file
from labfolio.present.views.common import Cell, Link, Mark, PlainTable
from labfolio.present.views.entry import ArticlePart
from labfolio.present.views.evidence import Exhibit, ExhibitGroup

_ON = Mark(shape="disc", word="On the front", tone="quiet")


# Headings of the author's own (by id) under which a kind of exhibit is printed, without a heading of its own.
_PLACES = {
    "Ablations": ("ablations", "ablation"),
    "Results by part": ("results-by-part", "failures", "slices", "failure-analysis"),
    "Trade-offs": ("trade-offs", "tradeoffs"),
}
_SECTION = re.compile(r'(?=<h2\b)|(?=<div class="footnote")')
_HEADING_ID = re.compile(r'<h2\b[^>]*\bid="([^"]+)"')


def place(html: str, groups: tuple[ExhibitGroup, ...]) -> tuple[tuple[ArticlePart, ...], tuple[ExhibitGroup, ...]]:
    """The text cut at its level-2 headings, each piece with the exhibits that belong to it, and those left over."""
    waiting = {id: group for group in groups for id in _PLACES.get(group.heading, ())}
    pieces: list[ArticlePart] = []
    placed: list[ExhibitGroup] = []
    for piece in _SECTION.split(html):
        heading = _HEADING_ID.match(piece)
        group = waiting.get(heading[1]) if heading else None
        group = group if group not in placed else None
        placed += [group] if group else []
        pieces.append(ArticlePart(html=Markup(piece), exhibits=group))
    return tuple(pieces), tuple(group for group in groups if group not in placed)


def exhibits(edition: Edition, entry: Entry) -> tuple[ExhibitGroup, ...]:
    """Ablations, slices and trade-offs of an entry, each kind under its heading; kinds without any are left out."""
    confidence = edition.portfolio.program.verdict.confidence
    groups: dict[str, list[Exhibit]] = {}
    for one in edition.findings[entry.path].series if entry.path in edition.findings else ():
        if one.samples:
            heading, made = _exhibit(edition, entry, one, confidence)
            groups.setdefault(heading, []).append(made)
    note = f"Mean and {100 * confidence:g}% t interval over seeds."
    return tuple(
        ExhibitGroup(anchor=f"s-{heading.lower().replace(' ', '-')}", heading=heading, note=note, exhibits=tuple(made))
        for heading, made in groups.items()
    )


def _exhibit(edition: Edition, entry: Entry, one: MeasuredSeries, confidence: float) -> tuple[str, Exhibit]:
    declared = one.declared
    if isinstance(declared, Ablation):
        return "Ablations", _ablation(edition, entry, one, declared, lines(declared, one.samples, confidence))
    if isinstance(declared, Slice):
        found, overall = parts(declared, one.samples, confidence)
        return "Results by part", _slices(edition, entry, one, declared, found, overall)
    return "Trade-offs", _tradeoff(edition, entry, one, declared, choices(declared, one.samples, confidence))


def _ablation(
    edition: Edition, entry: Entry, one: MeasuredSeries, declared: Ablation, found: tuple[Line, ...]
) -> Exhibit:
    x, y = declared.x_name or declared.x, declared.y_name or declared.y
    heading = declared.question or f"{y} by {x}"
    finding = _range(declared, found)
    named = tuple(replace(line, group=_group(declared, line)) for line in found)
    numeric = all(is_number(name) for line in found for name, _ in line.points)
    if numeric:
        chart = line_chart(f"chart-{declared.id}", declared, named, heading, finding)
    else:
        words = dict.fromkeys(name for line in found for name, _ in line.points)
        rows = [
            ChartRow(
                name=word,
                estimates=tuple((line.group, own) for line in named for name, own in line.points if name == word),
            )
            for word in words
        ]
        chart = row_chart(f"chart-{declared.id}", rows, y, heading, finding)
    group = [Cell(text=declared.group)] if declared.group else []
    header = (*group, Cell(text=x, num=numeric), Cell(text=y, num=True), Cell(text="Runs", num=True))
    table = [
        (*([Cell(text=line.group)] if declared.group else []), Cell(text=name, num=numeric), *_cells(own))
        for line in found
        for name, own in line.points
    ]
    return Exhibit(
        anchor=f"exhibit-{declared.id}",
        heading=heading,
        finding=finding,
        chart=chart,
        table=PlainTable(name=heading, header=header, rows=tuple(table)),
        data=_data(edition, entry, one),
    )


def _data(edition: Edition, entry: Entry, one: MeasuredSeries) -> Link | None:
    """The first of the files that it is drawn from."""
    file = data_file(edition, entry, one.paths[0]) if one.paths else None
    return file.file if file else None


def _range(declared: Ablation, found: tuple[Line, ...]) -> str:
    """Where it is lowest and where highest, in one sentence; empty for fewer than two points."""
    points = [(line, x, own) for line in found for x, own in line.points if math.isfinite(own.mean)]
    if len(points) < 2:
        return ""

    def said(point: tuple[Line, str, Estimate]) -> str:
        line, x, own = point
        group = f"{_group(declared, line)}, " if line.group else ""
        place = f"{declared.x} {x}" if is_number(x) else x
        return f"{_short(own)} ({group}{place})"

    low, high = min(points, key=lambda one: one[2].mean), max(points, key=lambda one: one[2].mean)
    return f"Lowest {said(low)}, highest {said(high)}."


def _group(declared: Ablation, line: Line) -> str:
    """A line's name: its word, or the column and its number."""
    return f"{declared.group} {line.group}" if is_number(line.group) else line.group


def _slices(
    edition: Edition,
    entry: Entry,
    one: MeasuredSeries,
    declared: Slice,
    found: tuple[Part, ...],
    overall: Estimate,
) -> Exhibit:
    name, value = declared.slice_name or declared.slice, declared.value_name or declared.value
    heading = declared.question or f"{value} by {name}"
    worst, best = found[0], found[-1]
    finding = (
        f"Worst: {name} {worst.name} with {_short(worst.estimate)}; best: {best.name} with {_short(best.estimate)};"
        f" over all {plural(len(found), 'part')}: {_short(overall)}."
    )
    rows = [ChartRow(name=part.name, estimates=(("", part.estimate),)) for part in found]
    header = (Cell(text=name), Cell(text=value, num=True), Cell(text="Runs", num=True), Cell(text="Gap", num=True))
    table = [
        (Cell(text=part.name), *_cells(part.estimate), Cell(text=_gap(part, declared), num=True)) for part in found
    ]
    table.append((Cell(text="All parts"), *_cells(overall), Cell(text="")))
    return Exhibit(
        anchor=f"exhibit-{declared.id}",
        heading=heading,
        finding=finding,
        chart=row_chart(f"chart-{declared.id}", rows, value, heading, finding, overall.mean),
        table=PlainTable(name=heading, header=header, rows=tuple(table)),
        data=_data(edition, entry, one),
    )


def _gap(part: Part, declared: Slice) -> str:
    """The slice minus the mean over all, with the sign of the value itself."""
    if not math.isfinite(part.gap):
        return "n/a"
    return signed(rounded(part.gap if declared.better == "higher" else -part.gap, part.estimate.half))


def _tradeoff(
    edition: Edition, entry: Entry, one: MeasuredSeries, declared: Tradeoff, found: tuple[Choice, ...]
) -> Exhibit:
    x, y = declared.x_name or declared.x, declared.y_name or declared.y
    heading = declared.question or f"{y} against {x}"
    front = [choice.name for choice in found if choice.front]
    finding = f"On the Pareto front: {listed(front)}, {len(front)} of {plural(len(found), 'configuration')}."
    header = (
        Cell(text=declared.label),
        Cell(text=x, num=True),
        Cell(text=y, num=True),
        Cell(text="Runs", num=True),
        Cell(text="Pareto front"),
    )
    table = [
        (
            Cell(text=choice.name),
            Cell(text=_value(choice.x), num=True),
            *_cells(choice.y),
            Cell(text="" if choice.front else "no", mark=_ON if choice.front else None),
        )
        for choice in found
    ]
    return Exhibit(
        anchor=f"exhibit-{declared.id}",
        heading=heading,
        finding=finding,
        chart=scatter(f"chart-{declared.id}", declared, found, heading, finding),
        table=PlainTable(name=heading, header=header, rows=tuple(table)),
        data=_data(edition, entry, one),
    )


def baseline_table(edition: Edition, entry: Entry) -> PlainTable | None:
    """The baselines with the claims that they stand beside, None without any."""
    findings = edition.findings.get(entry.path)
    if findings is None or not findings.baselines:
        return None
    confidence = edition.portfolio.program.verdict.confidence
    means = {one.id: one.judgement.spread.value for one in edition.claims.get(entry.path, ())}
    compared = any(one.baseline.claim for one in findings.baselines)
    header = [Cell(text="Baseline"), Cell(text="Measured", num=True), Cell(text="Runs", num=True)]
    if compared:
        header += [Cell(text="Claim"), Cell(text="Ours minus it", num=True)]
    rows = []
    for one in findings.baselines:
        own = estimate([value.value for value in one.values], confidence)
        gap = means.get(one.baseline.claim or "", math.nan) - own.mean
        shown = signed(rounded(gap, own.half)) if math.isfinite(gap) else ""
        beside = (Cell(text=one.baseline.claim or ""), Cell(text=shown, num=True)) if compared else ()
        rows.append((Cell(text=one.baseline.name), *_cells(own), *beside))
    return PlainTable(name="Baselines", header=tuple(header), rows=tuple(rows))


def _cells(own: Estimate) -> Iterable[Cell]:
    """Mean with interval, and how many runs it rests on."""
    runs = str(own.n) if own.n == own.runs else f"{own.n} of {own.runs}"
    return Cell(text=_value(own), num=True), Cell(text=runs, num=True)


def _value(own: Estimate) -> str:
    if not math.isfinite(own.mean):
        return "n/a"
    if own.half > 0:
        return f"{rounded(own.mean, own.half)} \u00b1 {rounded(own.half, own.half)}"
    return number(own.mean)


def _short(own: Estimate) -> str:
    return rounded(own.mean, own.half) if math.isfinite(own.mean) else "no number"
