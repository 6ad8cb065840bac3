"""A result file as rows: what a table on a page and a verdict are made from."""

import csv
import io
import re
from dataclasses import dataclass

from labfolio.model.source import FILE_LIMIT

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?%?")


class InvalidCsv(Exception):
    """The file is no table; `line` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRow:
    """One row with the line it stands in."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """A header and rows of the same width; lines that begin with `#` are comments."""

    header: tuple[str, ...]
    rows: tuple[CsvRow, ...]

    def numeric(self, column: int) -> bool:
        """Whether every filled cell of a column is a plain number."""
        cells = [row.cells[column] for row in self.rows if row.cells[column]]
        return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


def read_csv(data: bytes) -> CsvTable:
    """The table of a CSV file in UTF-8. Raises InvalidCsv for other encodings, ragged rows and repeated columns."""
    if len(data) > FILE_LIMIT:
        raise InvalidCsv(f"the file is over {FILE_LIMIT // 1024 // 1024} MiB", 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidCsv(f"byte {error.start} is not valid UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: tuple[str, ...] = ()
    rows: list[CsvRow] = []
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            if not any(row) or (row[0].startswith("#") and not rows):
                continue
            if not header:
                header = row
                _check_header(header, reader.line_num)
            elif len(row) != len(header):
                raise InvalidCsv(f"the row has {len(row)} of {len(header)} cells", reader.line_num)
            else:
                rows.append(CsvRow(line=reader.line_num, cells=row))
    except csv.Error as error:
        raise InvalidCsv(str(error), reader.line_num) from error
    if not header:
        raise InvalidCsv("the file is empty", 1)
    return CsvTable(header=header, rows=tuple(rows))


def _check_header(header: tuple[str, ...], line: int) -> None:
    repeated = next((name for name in header if header.count(name) > 1), None)
    if repeated is not None:
        raise InvalidCsv(f"the column '{repeated}' is there twice", line)
