"""The rows of a chart: what was varied, what was measured, and in which replicate."""

from collections.abc import Iterable, Sequence

from labfolio.model.evidence import Ablation, Slice, Tradeoff
from labfolio.model.measurement import Sample
from labfolio.parse.results import InvalidSelector, ResultFile, number, plain_name, rows, times


def samples(files: Sequence[ResultFile], declared: Ablation | Slice | Tradeoff) -> tuple[Sample, ...]:
    """One sample a row that fits, file by file; rows of a training log in which nothing was logged are passed over.

    Raises InvalidSelector, also where two rows stand for one replicate of one point.
    """
    found: list[Sample] = []
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    for file in files:
        for one in _samples(file, declared):
            place = f"line {one.line}" if len(files) == 1 else f"{file.path}:{one.line}"
            first = seen.setdefault((one.key, one.replicate), place)
            if first != place:
                keys = zip(_columns(declared)[0], one.key, strict=True)
                named = ", ".join(f"{name} {part}" for (name, _), part in keys)
                known = declared.by in file.table.header or file.replicate
                run = f" and {declared.by} {one.replicate}" if known else f"; there is no column '{declared.by}'"
                raise InvalidSelector(f"{first} and {place} both stand for {named}{run}", "where", file.path)
            found.append(one)
    return tuple(found)


def _samples(file: ResultFile, declared: Ablation | Slice | Tradeoff) -> Iterable[Sample]:
    keys, values, scale = _columns(declared)
    header = file.table.header
    columns = [*keys, *values, *([(declared.by, "by")] if declared.by != "seed" else [])]
    name = declared.by if declared.by in header else file.table.replicate
    by = header.index(name) if name else None
    for row in rows(file, declared.where, *columns):
        cells = [row.cells[header.index(name)] for name, _ in values]
        if file.table.sparse and not any(cells):
            continue
        yield Sample(
            key=tuple(row.cells[header.index(name)] for name, _ in keys),
            values=tuple(times(number(cell, file, row.line), scale) for cell in cells),
            replicate=plain_name(row.cells[by]) if by is not None else file.replicate or "1",
            line=row.line,
        )


def _columns(declared: Ablation | Slice | Tradeoff) -> tuple[list[tuple[str, str]], list[tuple[str, str]], float]:
    """Columns of the key and of the values, each with the field that names it, and the scale."""
    if isinstance(declared, Ablation):
        group = [(declared.group, "group")] if declared.group else []
        return [(declared.x, "x"), *group], [(declared.y, "y")], declared.scale
    if isinstance(declared, Slice):
        return [(declared.slice, "slice")], [(declared.value, "value")], declared.scale
    return [(declared.label, "label")], [(declared.x, "x"), (declared.y, "y")], 1.0
