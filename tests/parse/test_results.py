"""Result files: which rows belong to a claim, and what a cell may hold."""

import math

import pytest

from labfolio.model.evidence import Selector
from labfolio.parse.csv_table import InvalidCsv, read_csv
from labfolio.parse.results import InvalidSelector, select

TABLE = b"m,seed,value\n256,0,1.5\n256,1,nan\n1024,0,2\n1024,1,\n"


def values(data: bytes, **where: str) -> list[float]:
    selector = Selector.model_validate({"file": "x.csv", "value": "value", "where": where})
    return [one.value for one in select(read_csv(data), selector)]


def test_rows_are_chosen_by_number_or_by_text() -> None:
    assert values(TABLE, m="256.0")[0] == 1.5
    assert values(TABLE, m="1024")[0] == 2
    assert values(b"v,seed,value\na,0,1\nb,0,2\n", v="b") == [2]


def test_blank_and_nan_are_failed_runs() -> None:
    assert math.isnan(values(TABLE, m="256")[1])
    assert math.isnan(values(TABLE, m="1024")[1])
    assert all(math.isnan(value) for value in values(b"seed,value\n0,1e400\n1,-inf\n"))


@pytest.mark.parametrize("cell", ['"1,5"', "1_000", "\N{ARABIC-INDIC DIGIT ONE}", "about 3"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(InvalidSelector, match="is not a number"):
        values(f"seed,value\n0,{cell}\n".encode())


def test_comments_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    assert values(b"\xef\xbb\xbf# made by run.py\n\nseed,value\r\n0,1\r\n") == [1]


@pytest.mark.parametrize(
    ("data", "said", "line"),
    [
        (b"", "the file is empty", 1),
        (b"a,a\n", "the column 'a' is there twice", 1),
        (b"a,b\n1\n", "the row has 1 of 2 cells", 2),
        (b"a\n\xe9\n", "is not valid UTF-8", 2),
        (b'a\n"x\n', "unexpected end of data", 2),
    ],
)
def test_a_file_that_is_no_table(data: bytes, said: str, line: int) -> None:
    with pytest.raises(InvalidCsv, match=said) as caught:
        read_csv(data)
    assert caught.value.line == line
