"""Notebooks: every cell is read as it was written."""

import json

from hypothesis import given
from hypothesis import strategies as st

from labfolio.parse.notebook import read_notebook
from tests.notebooks import code, notebook, words

SOURCES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n\t"), max_size=40)


@given(st.lists(st.tuples(st.booleans(), SOURCES), max_size=6), st.booleans())
def test_cells_are_read_as_they_were_written(cells: list[tuple[bool, str]], joined: bool) -> None:
    data = notebook(*(code(text) if is_code else words(text) for is_code, text in cells))
    if joined:
        whole = json.loads(data)
        for cell in whole["cells"]:
            cell["source"] = "".join(cell["source"])
        data = json.dumps(whole).encode()
    read = read_notebook(data)
    assert [(cell.kind == "code", cell.source) for cell in read.cells] == [
        (kind, text.rstrip("\n")) for kind, text in cells
    ]
