"""Result files as their tools write them: one small example each, read into the same table."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.parse.result_file import read_result
from labfolio.parse.table import InvalidTable, Table
from tests.strategies import in_ci

TIDY = "seed,acc\n0,0.9\n1,0.8\n"
# PyTorch Lightning's CSVLogger: a header of every key, blanks where a key was not logged.
LIGHTNING = "epoch,step,train_loss,val_acc\n0,49,2.31,\n0,49,,0.11\n1,99,1.87,\n"
# A chart of Weights & Biases, exported: a column a run, with the extremes that the chart draws.
CHART = (
    '"Step","run-a - val/acc","run-a - val/acc__MIN","run-a - val/acc__MAX",'
    '"run-b - val/acc","run-b - val/acc__MIN","run-b - val/acc__MAX"\n'
    "0,0.1,0.1,0.1,,,\n10,0.5,0.5,0.5,0.4,0.4,0.4\n"
)
SUMMARY = '{"_step": 10, "val": {"acc": 0.93, "loss": NaN}, "done": true, "note": null, "hist": [1, 2]}'
RECORDS = '[\n  {"seed": 0, "acc": 0.90},\n  {"seed": 1,\n   "acc": 1e-1},\n  {"seed": 2}\n]\n'
INSIDE = '{"model": "mlp", "runs": [{"seed": 0, "acc": 0.9}, {"seed": 1, "acc": 0.8}]}'
LINES = '{"seed": 0, "test": {"acc": 0.9}}\n\n{"seed": 1, "test": {"acc": 0.8}}\n'
METRIC = "1700000000000 0.5 0\n1700000000001 0.25 1\n"


def cells(table: Table) -> list[tuple[int, ...]]:
    return [(row.line, *row.cells) for row in table.rows]


@pytest.mark.parametrize(
    ("path", "text", "header", "rows"),
    [
        ("a.csv", TIDY, ("seed", "acc"), [(2, "0", "0.9"), (3, "1", "0.8")]),
        (
            "metrics.csv",
            LIGHTNING,
            ("epoch", "step", "train_loss", "val_acc"),
            [(2, "0", "49", "2.31", ""), (3, "0", "49", "", "0.11"), (4, "1", "99", "1.87", "")],
        ),
        (
            "chart.csv",
            CHART,
            ("run", "Step", "val/acc"),
            [(2, "run-a", "0", "0.1"), (3, "run-a", "10", "0.5"), (3, "run-b", "10", "0.4")],
        ),
        (
            "wandb-summary.json",
            SUMMARY,
            ("_step", "val.acc", "val.loss", "done", "note"),
            [(1, "10", "0.93", "NaN", "true", "")],
        ),
        ("a.json", RECORDS, ("seed", "acc"), [(2, "0", "0.90"), (3, "1", "1e-1"), (5, "2", "")]),
        ("b.json", INSIDE, ("model", "seed", "acc"), [(1, "mlp", "0", "0.9"), (1, "mlp", "1", "0.8")]),
        ("a.jsonl", LINES, ("seed", "test.acc"), [(1, "0", "0.9"), (3, "1", "0.8")]),
        (
            "metrics/loss",
            METRIC,
            ("timestamp", "loss", "step"),
            [(1, "1700000000000", "0.5", "0"), (2, "1700000000001", "0.25", "1")],
        ),
    ],
    ids=["tidy", "lightning", "wandb-chart", "wandb-summary", "records", "inside", "lines", "mlflow"],
)
def test_reader(path: str, text: str, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    table = read_result(path, text.encode())
    assert table.header == header
    assert cells(table) == rows


def test_logs_are_sparse_and_tidy_files_are_not() -> None:
    found = {name: read_result(name, text.encode()) for name, text in (("a.csv", TIDY), ("b.csv", LIGHTNING))}
    assert (found["a.csv"].sparse, found["b.csv"].sparse) == (False, True)
    assert read_result("c.csv", CHART.encode()).replicate == "run"


@pytest.mark.parametrize(
    ("path", "data", "said", "line"),
    [
        ("a.csv", b"", "the file is empty", 1),
        ("a.csv", b"a,a\n", "the column 'a' is there twice", 1),
        ("a.csv", b"a,b\n1\n", "the row has 1 of 2 cells", 2),
        ("a.csv", b"a\n\xe9\n", "is not valid UTF-8", 2),
        ("a.csv", b'a\n"x\n', "unexpected end of data", 2),
        ("a.csv", b"a;b\n1;2\n", "separated by ';'", 1),
        ("a.csv", b"x" * (20 * 1024 * 1024 + 1), "over 20 MiB", 1),
        ("a.json", b"", "is not JSON", 1),
        ("a.json", b"[]", "holds no value", 1),
        ("a.json", b"[1]", "no object", 1),
        ("a.json", b"3", "neither an object nor a list", 1),
        ("a.json", b'[{"a": 1}] 2', "is not JSON: Extra data", 1),
        ("a.json", b'{"a": 1,\n"a": 2}', "the key 'a' twice", 2),
        ("a.json", b"[" * 100_000, "nested too deeply", 1),
        ("a.json", b'{"a":' * 40 + b"1" + b"}" * 40, "nested too deeply", 1),
        ("a.jsonl", b'{"a": 1}\n{"a": \n', "is not JSON", 2),
        ("a.jsonl", b'{"a": 1}\n[2]\n', "no object", 2),
        ("a.xlsx", b"", "of a type that is not read", 1),
        ("loss", b"1 2\nhello world\n", "no line of a metric file", 2),
        ("loss", b"", "the file is empty", 1),
    ],
)
def test_a_file_that_is_no_table(path: str, data: bytes, said: str, line: int) -> None:
    with pytest.raises(InvalidTable, match=said) as caught:
        read_result(path, data)
    assert caught.value.line == line


def test_a_number_of_thousands_of_digits_is_text_until_it_is_asked_for() -> None:
    assert read_result("a.json", b'[{"a": ' + b"9" * 5000 + b"}]").rows[0].cells == ("9" * 5000,)


@in_ci(300)
@given(
    st.one_of(st.binary(max_size=200), st.text("[]{},:\"'0123456789.eNaN\n -#;ab", max_size=200).map(str.encode)),
    st.sampled_from(["a.csv", "a.json", "a.jsonl", "metric"]),
)
def test_any_bytes_are_a_table_or_are_refused(data: bytes, path: str) -> None:
    try:
        table = read_result(path, data)
    except InvalidTable:
        return
    assert table.header
    assert all(len(row.cells) == len(table.header) for row in table.rows)


CELLS = st.text("ab1.,-\"'é ;#\n\t", max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_table_is_read_as_it_was_written(rows: list[list[str]], end: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end).writerows([["name", "x", "y"], *(["r", *row] for row in rows)])
    table = read_result("a.csv", written.getvalue().encode())
    assert [row.cells for row in table.rows] == [("r", *(cell.strip() for cell in row)) for row in rows]


VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.integers(-(10**20), 10**20) | st.booleans()


@given(st.lists(st.dictionaries(st.text("abc", min_size=1, max_size=2), VALUES, min_size=1, max_size=3), min_size=1))
def test_objects_are_read_as_they_were_written(objects: list[dict[str, object]]) -> None:
    lines = "\n".join(json.dumps(one) for one in objects)
    for path, text in (("a.json", json.dumps(objects, indent=1)), ("a.jsonl", lines)):
        table = read_result(path, text.encode())
        for row, one in zip(table.rows, objects, strict=True):
            cells = dict(zip(table.header, row.cells, strict=True))
            for name, value in one.items():
                assert cells[name] == (value.strip() if isinstance(value, str) else json.dumps(value))
            assert not any(cells[name] for name in table.header if name not in one)
