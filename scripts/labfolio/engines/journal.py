"""`labfolio log`: one line appended to the daily log, whole or not at all."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from labfolio.engines.clock import today
from labfolio.engines.site_folder import SiteFolder
from labfolio.files.append import append_line
from labfolio.files.sources import read_sources
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.log import LOG, LogLine
from labfolio.parse.log import read_log
from labfolio.parse.program import read_program
from labfolio.parse.text import decode
from labfolio.parse.tree import read_tree

COLUMNS = tuple(LogLine.model_fields)


def log(
    folder: SiteFolder, given: Mapping[str, str], environment: Mapping[str, str]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Appends a line and gives it, or gives what is wrong with it and writes nothing. Raises OSError.

    `given` holds the columns that were stated; without `date` it is today in the programme's zone. A log of its own
    columns keeps them.
    """
    settings = folder.settings
    path = folder.root / settings.docs_dir / LOG
    program_path = f"{settings.docs_dir}/program.yml"
    tree = read_sources(folder.root, settings.docs_dir)
    text, _ = decode(program_path, tree.texts.get(program_path, b""))
    program = read_program(program_path, text)[0]
    day = given.get("date") or today(program.timezone, environment).isoformat()
    values = {**given, "date": day}
    header = _header(path)
    line = _csv([values.get(name, "") for name in header])
    parsed = read_tree(tree, settings)
    items = {entry.slug: entry.front.pillar for entry in parsed.entries}
    name = f"{settings.docs_dir}/{LOG}"
    _, found = read_log(name, (_csv(header) + line).encode(), program, items)
    if any(one.level == "error" for one in found):
        return line, found
    append_line(path, _csv(COLUMNS), line)
    return line, found


def _header(path: Path) -> tuple[str, ...]:
    """The columns of the log as it is, else all of them."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            found = next((row for row in csv.reader(file) if row and not row[0].startswith("#")), None)
    except OSError:
        return COLUMNS
    return tuple(cell.strip() for cell in found) if found else COLUMNS


def _csv(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
