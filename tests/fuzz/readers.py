"""What reads a file of an author, of a run or of another program, with what has to hold of its result.

Each takes any bytes, and raises where something does not hold: only diagnostics, and the errors that a reader declares,
are an answer.
"""

import json
from collections.abc import Callable, Iterable

from labfolio.markdown.cell_output import merged, shown
from labfolio.model.diagnostic import Diagnostic, has_errors
from labfolio.model.entry import BUILD, KINDS
from labfolio.model.program import Program
from labfolio.model.scalars import LARGEST
from labfolio.parse.arxiv import read_arxiv
from labfolio.parse.bibliography import Record
from labfolio.parse.environment import read_environment
from labfolio.parse.excerpt import NoExcerpt, by_lines, by_region, by_symbol
from labfolio.parse.front_matter import read_entry, read_free_page
from labfolio.parse.latex import plain_latex
from labfolio.parse.ledger import read_ledger
from labfolio.parse.library import read_library
from labfolio.parse.log import read_log
from labfolio.parse.measure import measure
from labfolio.parse.names import read_names
from labfolio.parse.notebook import InvalidNotebook, read_notebook
from labfolio.parse.private_text import has_secret, without_home, without_secrets
from labfolio.parse.program import read_program
from labfolio.parse.result_file import read_result
from labfolio.parse.settings import read_settings
from labfolio.parse.table import InvalidTable
from labfolio.parse.text import decode
from labfolio.parse.yaml_text import read_yaml
from labfolio.present.ledger_file import ledger_text
from labfolio.present.report import as_json, concise, full, github
from tests.site import entry, source_tree


def as_text(data: bytes) -> str:
    """The bytes as a text that was read from a file; what no file passes is left out."""
    text, found = decode("x", data.decode("utf-8", "ignore").encode())
    return "" if found else text


def as_any(data: bytes) -> str:
    """The bytes as any text, lone surrogates among it, as escapes in JSON and YAML give."""
    return data.decode("utf-8", "surrogateescape")


def told(found: Iterable[Diagnostic], most: int) -> None:
    """Diagnostics can be printed in every form, and stand in the file."""
    given = tuple(found)
    for one in given:
        assert one.message
        assert one.position.line >= 1
        assert one.position.column >= 1
        assert one.position.line <= most + 1, one
        assert "\n" not in concise(one)
        assert "\n" not in github(one)
        full(one)
    json.loads(as_json(given, ()))


def lines(text: str) -> int:
    return text.count("\n") + 1


def loader(data: bytes) -> None:
    """Entries of every kind, pages, the programme and the settings: a value, or a fault that says why not."""
    kind, text = data[0] if data else 0, as_text(data[1:])
    if kind % 8 < len(KINDS):
        made, found = read_entry(KINDS[kind % 8], "x", "builds/x.md", text)
        assert made is not None or has_errors(found)
    elif kind % 8 == 5:
        page, found = read_free_page("content/x.md", "x/", text)
        assert page is not None or has_errors(found)
    elif kind % 8 == 6:
        _, _, found = read_program("content/program.yml", text)
    else:
        read, found = read_settings("mkdocs.yml", text, {"A": "b"})
        assert read.site_url.endswith("/")
    told(found, lines(text))


def yaml(data: bytes) -> None:
    """Nested dicts, lists and texts, with a place inside the text for each."""
    text = as_text(data)
    read = read_yaml("x.yml", text)
    told(read.diagnostics, lines(text))
    plain(read.value)
    for place in (*read.positions.values(), *read.keys.values()):
        assert place.line >= 1
        assert place.column >= 1


def plain(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            assert type(key) is str
            plain(inner)
    elif isinstance(value, list):
        for inner in value:
            plain(inner)
    else:
        assert value is None or type(value) is str


def ledger(data: bytes) -> None:
    """What could be read of a ledger is written and read again as it was."""
    text = as_text(data)
    read, found = read_ledger("content/permalinks.yml", text)
    told(found, lines(text))
    if read.sound:
        again, faults = read_ledger("content/permalinks.yml", ledger_text(read.lines))
        assert not faults, faults
        assert again.lines == read.lines


def result(path: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            table = read_result(path, data)
        except InvalidTable:
            return
        assert table.header
        assert all(len(row.cells) == len(table.header) for row in table.rows)
        for column in range(len(table.header)):
            table.numeric(column)

    return run


MEASURED = b"file: a.csv, value: v, by: seed|seed,v\n0,1\n1,2\n"


def measured(data: bytes) -> None:
    """A claim's selector and its file, parted by the first `|`: numbers within bounds, or a fault."""
    selector, _, table = data.partition(b"|")
    line = " ".join(as_text(selector).split())
    claim = f"\n  - {{claim: C, target: 1, better: higher, measured: {{{line}}}}}"
    files = {"builds/x/index.md": entry(claims=claim), "builds/x/a.csv": table, "builds/x/a.json": table}
    text = files["builds/x/index.md"].decode("utf-8", "replace")
    made, _ = read_entry(BUILD, "x", "builds/x/index.md", text)
    if made is None:
        return
    findings, hashes, found = measure([made], source_tree(files))
    told(found, lines(text))
    assert set(hashes) <= set(files)
    for one in findings.values():
        for claimed in one.claims:
            assert all(value.value != value.value or abs(value.value) <= LARGEST for value in claimed.values)


def log(data: bytes) -> None:
    """Hours of days, or faults."""
    worked, found = read_log("content/log.csv", data, Program(), {"x": None})
    told(found, data.count(b"\n") + data.count(b"\r") + 1)
    assert all(0 < one.hours <= 24 for one in worked)


def environment(data: bytes) -> None:
    """The JSON that `labfolio capture` wrote, as anybody may have changed it."""
    made, _ = read_entry(BUILD, "x", "builds/x/index.md", entry(environment="e.json", status="shipped").decode())
    assert made is not None
    read, _, found = read_environment(made, "e.json", source_tree({"builds/x/e.json": data}))
    told(found, max(lines(made.text), data.count(b"\n") + 1))
    assert read is not None or found


def records(path: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        plain_latex.cache_clear()
        text = as_text(data)
        works, found = read_library([(path, text)])
        told(found, lines(text))
        for key, record in works.items():
            assert record.key == key
            _one_line(record)

    return run


def _one_line(record: Record) -> None:
    assert len(record.authors) == len(record.families)
    for words in (record.title, record.year, record.venue, record.doi, record.arxiv, record.url, *record.authors):
        assert "\n" not in words


def latex(data: bytes) -> None:
    """LaTeX as words, and the names in it."""
    plain_latex.cache_clear()
    text = as_any(data)
    assert "\n" not in plain_latex(text)
    for name in read_names(text):
        assert name.family or not name.whole


def arxiv(data: bytes) -> None:
    """A saved record of arXiv, or the reason why it is none."""
    assert read_arxiv(as_any(data), "")


def notebook(data: bytes) -> None:
    """Cells with their outputs, or the reason why it is no notebook."""
    try:
        read = read_notebook(data)
    except InvalidNotebook:
        return
    for cell in read.cells:
        for _, output in merged(cell.outputs):
            made = shown(output, lambda loss: None)
            assert made is None or made.text or made.image


def excerpt(data: bytes) -> None:
    """Lines of code, or the reason why there are none."""
    name, _, text = as_text(data).partition("\n")
    for find in (lambda: by_symbol(text, name), lambda: by_region(text, name), lambda: by_lines(text, 1, 2)):
        try:
            made = find()
        except NoExcerpt:
            continue
        assert list(made.lines) == text.split("\n")[made.first - 1 : made.last]


def private(data: bytes) -> None:
    """What is masked is not there any more."""
    text = without_secrets(without_home(as_any(data)), lambda kind: None)
    assert not has_secret(text)
