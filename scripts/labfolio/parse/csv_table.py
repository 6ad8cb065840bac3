"""CSV files: tidy ones, and those that Lightning and Weights & Biases write, told apart by their header."""

import csv
import io
import re
from collections import Counter

from labfolio.parse.table import InvalidTable, Row, Table, check_cells, table_text

# Weights & Biases: one column a run and metric, with two more for the extremes that its charts draw.
_CHART_COLUMN = re.compile(r"(?P<run>.+) - (?P<metric>.+?)(?P<extreme>__MIN|__MAX)?")
_CHART_STEPS = ("Step", "step", "_step", "epoch", "global_step", "Relative Time (Process)", "Relative Time (Wall)")


def read_csv(data: bytes) -> Table:
    """The table of a CSV file in UTF-8. Raises InvalidTable for other encodings, ragged rows and repeated columns."""
    text = table_text(data)
    # A line of millions of commas would be taken apart before its columns could be counted; a text may hold some.
    for number, line in enumerate(io.StringIO(text), start=1):
        check_cells(1, line.count(",") // 20, number)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: tuple[str, ...] = ()
    begun = 1
    rows: list[Row] = []
    try:
        for cells in reader:
            check_cells(reader.line_num, 1, reader.line_num)  # empty lines take their time too
            row = tuple(cell.strip() for cell in cells)
            if not any(row) or (row[0].startswith("#") and not rows):
                continue
            if not header:
                header, begun = row, reader.line_num
                _check_header(header, begun)
            elif len(row) != len(header):
                raise InvalidTable(f"the row has {len(row)} of {len(header)} cells", reader.line_num)
            else:
                check_cells(len(rows) + 1, len(header), reader.line_num)
                rows.append(Row(line=reader.line_num, cells=row))
    except csv.Error as error:
        raise InvalidTable(str(error), reader.line_num) from error
    if not header:
        raise InvalidTable("the file is empty", 1)
    return Table(header=header, rows=tuple(rows), line=begun)


def read_result_csv(data: bytes) -> Table:
    """A CSV file as a table of results: a chart export becomes one row a run and step, a training log is sparse."""
    table = read_csv(data)
    if table.header[0] in _CHART_STEPS and len(table.header) > 1:
        found = [_CHART_COLUMN.fullmatch(name) for name in table.header[1:]]
        if all(found):
            return _long(table, [match for match in found if match])
    return Table(header=table.header, rows=table.rows, line=table.line, sparse="step" in table.header)


def _long(table: Table, columns: list[re.Match[str]]) -> Table:
    """One row a run and step; the columns of extremes are dropped, cells without a value too."""
    metrics = tuple(dict.fromkeys(column["metric"] for column in columns if not column["extreme"]))
    runs = dict.fromkeys(column["run"] for column in columns if not column["extreme"])
    places = {(c["run"], c["metric"]): at for at, c in enumerate(columns, start=1) if not c["extreme"]}
    rows = [
        Row(line=row.line, cells=(run, row.cells[0], *cells))
        for run in runs
        for row in table.rows
        if any(cells := tuple(row.cells[places[run, name]] if (run, name) in places else "" for name in metrics))
    ]
    return Table(header=("run", table.header[0], *metrics), rows=tuple(rows), replicate="run", sparse=True)


def _check_header(header: tuple[str, ...], line: int) -> None:
    check_cells(1, len(header), line)
    repeated = next((name for name, count in Counter(header).items() if count > 1), None)
    if repeated is not None:
        raise InvalidTable(f"the column '{repeated}' is there twice", line)
    if len(header) == 1 and ";" in header[0]:
        raise InvalidTable("the columns are separated by ';'; write commas, and 1.5 for a number", line)
