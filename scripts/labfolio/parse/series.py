"""The rows of a chart: what was varied, what was measured, and in which replicate."""

from labfolio.model.evidence import Ablation, Slice, Tradeoff
from labfolio.model.measurement import Sample
from labfolio.parse.results import InvalidSelector, ResultFile, number, plain_name, rows, times


def samples(file: ResultFile, declared: Ablation | Slice | Tradeoff) -> tuple[Sample, ...]:
    """One sample a row that fits. Raises InvalidSelector, also where two rows stand for one replicate of one point."""
    keys, values, scale = _columns(declared)
    columns = [(name, field) for name, field in (*keys, *values)]
    header = file.table.header
    if declared.by != "seed":
        columns.append((declared.by, "by"))
    fitting = rows(file, declared.where, *columns)
    by = header.index(declared.by) if declared.by in header else None
    found = [
        Sample(
            key=tuple(row.cells[header.index(name)] for name, _ in keys),
            values=tuple(times(number(row.cells[header.index(name)], file, row.line), scale) for name, _ in values),
            replicate=plain_name(row.cells[by]) if by is not None else "1",
            line=row.line,
        )
        for row in fitting
    ]
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    for one in found:
        first = seen.setdefault((one.key, one.replicate), one.line)
        if first != one.line:
            named = ", ".join(f"{name} {part}" for (name, _), part in zip(keys, one.key, strict=True))
            run = f" and {declared.by} {one.replicate}" if by is not None else f"; there is no column '{declared.by}'"
            raise InvalidSelector(f"lines {first} and {one.line} both stand for {named}{run}", "where", file.path)
    return tuple(found)


def _columns(declared: Ablation | Slice | Tradeoff) -> tuple[list[tuple[str, str]], list[tuple[str, str]], float]:
    """Columns of the key and of the values, each with the field that names it, and the scale."""
    if isinstance(declared, Ablation):
        group = [(declared.group, "group")] if declared.group else []
        return [(declared.x, "x"), *group], [(declared.y, "y")], declared.scale
    if isinstance(declared, Slice):
        return [(declared.slice, "slice")], [(declared.value, "value")], declared.scale
    return [(declared.label, "label")], [(declared.x, "x"), (declared.y, "y")], 1.0
