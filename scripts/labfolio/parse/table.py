"""A result file as rows of text: what a table on a page, a chart and a verdict are made from."""

import re
from dataclasses import dataclass

from labfolio.model.source import FILE_LIMIT
from labfolio.parse.text import control

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?%?")


# The most cells of a table: a run that logs five metrics at 80,000 steps.
CELLS = 400_000
COLUMNS = 10_000


class InvalidTable(Exception):
    """The file is no table; `line` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with the line it stands in."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and rows of the same width.

    `line` is where the header ends, from 1. `replicate` names the column that tells runs apart where the file's own
    form says so (the run of a chart export); `sparse` tells that a blank cell is a row in which nothing was logged,
    and no failed run.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = 1
    replicate: str | None = None
    sparse: bool = False

    def numeric(self, column: int) -> bool:
        """Whether every filled cell of a column is a plain number."""
        cells = [row.cells[column] for row in self.rows if row.cells[column]]
        return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


def check_cells(rows: int, columns: int, line: int) -> None:
    """Raises InvalidTable where so many rows and columns are more than a table may have."""
    if columns > COLUMNS:
        raise InvalidTable(f"the table has over {COLUMNS:,} columns; keep those that are measured", line)
    if rows * columns > CELLS:
        raise InvalidTable(f"the table has over {CELLS:,} cells; keep the rows that are measured", line)


def table_text(data: bytes) -> str:
    """The text of a result file, its line ends made alike.

    Raises InvalidTable where it is over the limit, not UTF-8, or holds a control character.
    """
    if len(data) > FILE_LIMIT:
        raise InvalidTable(f"the file is over {FILE_LIMIT // 1024 // 1024} MiB", 1)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        raise InvalidTable(f"byte {error.start} is not valid UTF-8; save the file as UTF-8", line) from error
    if found := control(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InvalidTable(f"U+{ord(found[0]):04X} is a control character; delete it", line)
    return text
