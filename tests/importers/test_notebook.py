"""Jupyter notebooks: what is carried of cells and outputs, what is masked, and files that are no notebooks."""

import base64
import io
import json
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st
from PIL import Image

from labfolio.importers.carried import Import
from labfolio.importers.notebook import read
from labfolio.model.entry import BUILD
from tests.importers.into_small import after, built, given, holds, said, sample, target

JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def notebook(*cells: object, **fields: object) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields})


def code(source: str, *outputs: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "outputs": list(outputs), "source": source}


def markdown(source: str, **fields: object) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **fields}


def printed(text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def displayed(**data: object) -> dict[str, object]:
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("__", "/"): v for k, v in data.items()}}


def body(result: Import) -> str:
    return next(one.content.decode() for one in result.files if one.path.endswith(".md")).split("---\n\n", 1)[1]


def carried(*cells: object) -> str:
    return body(read(given({"a.ipynb": notebook(*cells)}), target()))


def png(size: tuple[int, int] = (4, 4)) -> str:
    held = io.BytesIO()
    Image.new("1", size).save(held, "PNG")
    return base64.b64encode(held.getvalue()).decode()


def test_sample() -> None:
    result = read(sample("notebook"), target())
    holds("notebook", result)
    assert built(result).outputs


def test_second_import_changes_nothing() -> None:
    first = read(sample("notebook"), target())
    second = read(sample("notebook"), target(after(first)))
    assert second.files == first.files


def test_as_builds() -> None:
    from dataclasses import replace

    result = read(given({"a.ipynb": notebook(markdown("# A\n\nText."))}), replace(target(), kind=BUILD))
    assert [one.path for one in result.files] == ["builds/a.md"]


@pytest.mark.parametrize("word", ["sk-proj", "hf_", "/home/ada", "Users", "alert(1)", "hidden", "\x1b", "<table>"])
def test_nothing_private_or_active_is_carried(word: str) -> None:
    result = read(sample("notebook"), target())
    assert all(word.encode() not in one.content for one in result.files if one.path.endswith(".md"))


def test_line_is_that_of_the_file() -> None:
    path = "2026-03-04-warmup.ipynb"
    lines = sample("notebook").read(path).decode().split("\n")
    places = {one.what: one.line for one in read(sample("notebook"), target()).missed if one.path == path}
    assert "<script>" in lines[places["<script> is taken out of pages; it stays in the text"] - 1]
    latex = places["output of cell 8: text/latex is not carried, its plain text is"]
    assert "text/latex" in "".join(lines[latex : latex + 6])
    assert "%matplotlib" in lines[places["cell 3: what looks like an OpenAI-style key is masked"] - 1]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([markdown("# A\n\nText.")], "Text.\n"),
        ([code("x = 1")], "```python\nx = 1\n```\n"),
        ([code("")], "\n"),
        ([code("%%bash\nls")], "```python\n%%bash\nls\n```\n"),
        ([code('s = """```"""')], '````python\ns = """```"""\n````\n'),
        ([code("", printed("a\nb\n"))], "```text\na\nb\n```\n"),
        ([code("", printed("a"), printed("b\n"))], "```text\nab\n```\n"),
        ([code("", printed("1%\r50%\r100%\r\nend"))], "```text\n100%\nend\n```\n"),
        ([code("", printed("\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link"))], "```text\nred link\n```\n"),
        ([code("", printed("\n \n"))], "\n"),
        ([code("", printed("x" * 9000))], f"```text\n{'x' * 8192}...\n```\n"),
        ([code("", displayed(text__html="<b>x</b>", text__plain="x"))], "```text\nx\n```\n"),
        ([code("", displayed(text__html="<b>x</b>", text__plain="<IPython.core.display.HTML object>"))], "\n"),
        ([code("", {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []})], "```text\nE: v\n```\n"),
        ([markdown("```\nopen"), markdown("below")], "```\nopen\n```\n\nbelow\n"),
        ([markdown("![a](attachment:b.png)")], "![a](attachment:b.png)\n"),
        ([markdown("{{ r.claim.mean }}")], "\\{{ r.claim.mean }}\n"),
    ],
)
def test_cell(cells: list[object], text: str) -> None:
    assert carried(*cells) == text


def test_images_are_named_by_cell() -> None:
    attached = markdown("![a](attachment:b%20c.png)", attachments={"b c.png": {"image/png": png()}})
    result = read(
        given({"a b.ipynb": notebook(attached, code("", displayed(image__png=[png()[:9], png()[9:]])))}), target()
    )
    assert [one.path for one in result.files] == [
        "content/notebook/a-b/figures/cell-01-1.png",
        "content/notebook/a-b/figures/cell-02-1.png",
        "content/notebook/a-b/index.md",
    ]
    assert body(result) == "![a](figures/cell-01-1.png)\n\n![Output of cell 2](figures/cell-02-1.png)\n"
    assert {one.source for one in result.files} == {"a b.ipynb"}
    assert built(result).outputs


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"image__png": "x" * 8_000_000}, "the image is over 5 MiB; left out"),
        ({"image__png": "!!"}, "the image/png cannot be decoded; left out"),
        ({"image__png": "AAAA"}, "the image/png is left out: it cannot be read as PNG, JPEG, WebP or GIF"),
        ({"image__png": png((8000, 6000))}, "the image/png is left out: it has 8000 x 6000 pixels; the limit is 40"),
        ({"image__png": 7}, "the image/png is left out: it cannot be read as PNG, JPEG, WebP or GIF"),
        ({"image__svg+xml": "<svg onload='x()'/>"}, "the image/svg+xml is left out: it has the attribute onload"),
        ({"image__svg+xml": "<svg \ud800"}, "the image/svg+xml cannot be decoded; left out"),
        ({"application__json": {"a": 1}}, "application/json is not carried, nothing stands for it"),
    ],
)  # fmt: skip
def test_image_that_is_left_out(data: dict[str, object], reason: str) -> None:
    result = read(given({"a.ipynb": notebook(code("", displayed(**data)))}), target())
    assert any(line.startswith(f"a.ipynb:1: output of cell 1: {reason}") for line in said(result))
    assert built(result).outputs


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "a.ipynb:1: it is not JSON (an object is expected)"),
        (b"\n[]", "a.ipynb:2: it is not JSON (an object is expected)"),
        (b'{"nbformat": 4,\n"cells": [', "a.ipynb:2: it is not JSON (a value is never closed)"),
        (b'{"nbformat": 2, "worksheets": []}', "a.ipynb:1: it has nbformat 2, and nbformat 3 and 4 are read"),
        (b'{"cells": []}', "a.ipynb:1: it has no nbformat, and nbformat 3 and 4 are read"),
        (b'{"nbformat": 4}', "a.ipynb:1: it has no cells"),
        (b'{"nbformat": 4, "cells": {}}', "a.ipynb:1: it has no cells"),
        (b'{"nbformat": ' + b"[" * 99_999 + b"]" * 99_999 + b"}", "a.ipynb:1: it has no nbformat, and"),
        (b'{"nbformat": ' + b"1" * 5_000 + b"}", "a.ipynb:1: a number in it is too long"),
        (b'{"a":\n"\xff"}', "a.ipynb:2: byte 7 of it is not valid UTF-8"),
        (b" " * 21 * 1024 * 1024, "a.ipynb:1: it is over 20 MiB; clear its large outputs first"),
        (
            notebook({"cell_type": "raw", "source": "---\na: [\n---"}, nbformat=4).encode(),
            "a.ipynb:1: the front matter cannot be read",
        ),
    ],
)  # fmt: skip
def test_no_notebook(data: bytes, line: str) -> None:
    result = read(given({"a.ipynb": data}), target())
    assert result.files == ()
    assert said(result)[0].startswith(line)
    assert said(result)[0].endswith("; the notebook is left out")


@any_of(
    cells=st.lists(JSON, max_size=3), kind=st.sampled_from(["code", "markdown", "raw", "x"]), part=JSON, metadata=JSON
)
def test_any_json_is_read_or_refused(cells: list[object], kind: str, part: object, metadata: object) -> None:
    odd = {"cell_type": kind, "source": part, "outputs": part, "attachments": part, "metadata": metadata}
    shown = {"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data", "data": part}, part]}
    text = json.dumps({"nbformat": 4, "metadata": metadata, "cells": [*cells, odd, shown]})
    result = read(given({"a.ipynb": text}), target())
    assert all(one.path.startswith("content/notebook/a") for one in result.files)
    for one in result.files:
        one.content.decode()
