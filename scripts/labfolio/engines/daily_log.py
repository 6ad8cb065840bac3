"""`labfolio log`: one line appended to the daily log, whole or not at all."""

import csv
import io
from collections.abc import Mapping, Sequence

from labfolio.engines.clock import today
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.append import append
from labfolio.files.sources import read_sources
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.log import LogLine
from labfolio.parse.log import read_log
from labfolio.parse.tree import read_tree

COLUMNS = tuple(LogLine.model_fields)


def log(
    folder: SiteFolder, given: Mapping[str, str], environment: Mapping[str, str]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Appends a line and gives it, or gives what is wrong with it and writes nothing. Raises OSError.

    `given` holds the columns that were stated; without `date` it is today in the programme's zone. A log of its own
    columns keeps them. The line is judged as the last of the log: a day that it would take beyond 24 hours is refused.
    """
    parsed = read_tree(read_sources(folder.root, folder.settings.docs_dir), folder.settings)
    items = {entry.slug: entry.front.pillar for entry in parsed.entries}
    values = {**given, "date": given.get("date") or today(parsed.program.timezone, environment).isoformat()}
    line: str = ""
    told: tuple[Diagnostic, ...] = ()

    def added(before: bytes) -> bytes:
        nonlocal line, told
        line = _csv([values.get(name, "") for name in _header(before)])
        content = (line if before.strip() else _csv(COLUMNS) + line).encode()
        whole = (before.rstrip(b"\r\n") + b"\n" if before.strip() else b"") + content
        rows, found = read_log(parsed.log_path, whole, parsed.program, items)
        # Old lines have their own faults, and `check` tells them; but nothing is added to a log that cannot be read.
        last = whole.rstrip(b"\n").count(b"\n") + 1
        told = found if not rows else tuple(one for one in found if one.position and one.position.line == last)
        return b"" if has_errors(told) else content

    append(folder.root / parsed.log_path, added)
    return line, told


def _header(log: bytes) -> tuple[str, ...]:
    """The columns of the log as it is, else all of them."""
    lines = csv.reader(io.StringIO(log.decode("utf-8-sig", "replace"), newline=""))
    try:
        found = next((row for row in lines if row and not row[0].startswith("#")), None)
    except csv.Error:
        return COLUMNS
    return tuple(cell.strip() for cell in found) if found else COLUMNS


def _csv(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
