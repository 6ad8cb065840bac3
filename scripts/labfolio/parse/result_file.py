"""Which reader a result file takes: told by its name, and for CSV by its header."""

from posixpath import basename, splitext

from labfolio.parse.csv_table import read_result_csv
from labfolio.parse.json_table import read_json, read_jsonl
from labfolio.parse.table import InvalidTable, Row, Table, check_cells, table_text

READERS = {
    ".csv": "CSV: a header, then one row a replicate and condition; training logs of Lightning and chart exports of"
    " Weights & Biases are told by their header",
    ".json": "JSON: a list of objects, or one object; nested values take a dotted name",
    ".jsonl": "JSON Lines: one object a line",
    ".ndjson": "JSON Lines: one object a line",
    "": "MLflow's metric files: lines of time, value and step; the column is the file's name",
}


def read_result(path: str, data: bytes) -> Table:
    """The table of a result file. Raises InvalidTable, also for a type of file that no reader knows."""
    suffix = splitext(path)[1].lower()
    match suffix:
        case ".csv":
            return read_result_csv(data)
        case ".json":
            return read_json(data)
        case ".jsonl" | ".ndjson":
            return read_jsonl(data)
        case "":
            return _read_metric(basename(path), data)
    known = ", ".join(name for name in READERS if name)
    raise InvalidTable(f"is of a type that is not read; write one of {known}", 1)


def _read_metric(name: str, data: bytes) -> Table:
    """MLflow's file store: `timestamp value [step]` a line, one file a metric."""
    rows: list[Row] = []
    for line, text in enumerate(table_text(data).split("\n"), start=1):
        parts = text.split()
        if not parts:
            continue
        if len(parts) not in (2, 3) or not parts[0].isascii() or not parts[0].isdigit():
            raise InvalidTable("is no line of a metric file: time, value and step", line)
        check_cells(len(rows) + 1, 3, line)
        rows.append(Row(line=line, cells=(parts[0], parts[1], parts[2] if len(parts) == 3 else "0")))
    if not rows:
        raise InvalidTable("the file is empty", 1)
    return Table(header=("timestamp", name, "step"), rows=tuple(rows), sparse=True)
