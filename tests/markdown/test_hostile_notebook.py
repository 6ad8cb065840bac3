"""A notebook that wants to harm: nothing of it runs, leaks or floods, and the page says what it left out."""

import base64
import json

import pytest

from labfolio.build import Result
from labfolio.model.source import NOTEBOOK_LIMIT
from tests.notebooks import code, failed, notebook, png, printed, shown, words
from tests.site import build_files, entry, small_files

PATH = "builds/x/index.md"
# Each stands in the notebook as it would be written, and may stand nowhere in the site.
SECRETS = {
    "an OpenAI-style key": "sk-proj-CANARY0123456789abcdef",
    "a GitHub token": "ghp_CANARY0123456789abcdefghijklmnop",
    "an AWS key": "AKIACANARY0123456789",
    "a Hugging Face token": "hf_CANARY0123456789abcdefgh",
    "a Slack token": "xoxb-1234567890-CANARYabcdef",
    "a Google key": "AIzaCANARY0123456789abcdefghijklmnopqrs",
    "a GitLab token": "glpat-CANARY0123456789abcd",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----\nMIICANARYkey+of/several\nlines=\n-----END RSA PRIVATE KEY-----",
}
PARAGRAPHS = ("word " * 1_000 + "\n\n") * 15
PATHS = ("/home/canary", "/Users/canary", "C:\\Users\\canary", "file:///home/canary")
WIDGET = "application__vnd.jupyter.widget-view+json"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
TABLE = "<table><tr><th onclick='canary()'>a</th></tr><tr><td>sk-proj-<b>CANARY</b>0123456789abcdef</td></tr></table>"


def hostile() -> bytes:
    secrets, paths = "\n".join(SECRETS.values()), "\n".join(f"{path}/run.py" for path in PATHS)
    split = SECRETS["a GitHub token"].replace("CANARY", "CAN\x1b[31mARY")
    deep = "[" * 3000 + "]" * 3000
    image = png(text=f"canary {secrets}")
    cells = [
        words(f"# Title\n\nText {secrets}\n\n<script>canary()</script>\n\n<img src=x onerror=canary()>"),
        words("[run](javascript:canary) ![i](data:image/png;base64,Q0FOQVJZ) [up](../../../canary.txt)"),
        words(f"Escaped {SECRETS['a GitHub token'].replace('_', chr(92) + '_')} and {paths}"),
        words("![a](attachment:../../../canary.png)", attachments={"../../../canary.png": {"image/png": image}}),
        words("![a](attachment:canary.sh)", attachments={"canary.sh": {"text/plain": "canary"}}),
        code(f"key = '''{secrets}'''\nopen('/home/canary/run.py')", printed(secrets), printed(paths, "stderr")),
        code("", printed(f"\x1b]8;;https://canary.example\x07link\x1b]8;;\x07 {split}\x1b]0;canary\x07"), id="same"),
        code("", printed(f"{SECRETS['an AWS key']}\rdone"), id="same"),
        code("", shown(text__html="<script>canary()</script><img src=x onerror=canary()>", text__plain="plain")),
        code("", shown(text__html=TABLE), shown(application__javascript="canary()")),
        code("", shown(image__svg_plus_xml=SVG.format("<script>canary()</script>"))),
        code("", shown(image__svg_plus_xml=SVG.format("<path onload='canary()' d='M0 0'/>"))),
        code("", shown(image__svg_plus_xml=SVG.format(f"<text>{SECRETS['a Slack token']} /home/canary/x</text>"))),
        code("", shown(image__png=image), shown(image__png=png((30_000, 30_000)))),
        code("", shown(image__png=base64.b64encode(b"canary").decode())),
        code("", failed("Bad\x1b[31mError", secrets, f"at {paths}")),
        code("", printed("line\n" * 61 + "canary")),
        code(
            "",
            shown(**{"application__vnd.jupyter.widget-view+json": {"model_id": "canary"}, "text__plain": "canary()"}),
        ),
        {"cell_type": "raw", "metadata": {}, "source": "<b>canary</b>"},
        code(f"#| label: fig-x\n#| fig-cap: By {SECRETS['an AWS key']}\n1", shown(image__png=png())),
    ]
    text = notebook(*cells, canary=secrets).decode()
    return text.replace('"metadata": {},\n "nbformat"', f'"metadata": {{"canary": {deep}}},\n "nbformat"').encode()


def built(data: bytes) -> Result:
    return build_files(small_files() | {PATH: entry("Text.\n\n![](bad.ipynb)"), "builds/x/bad.ipynb": data})


def said(result: Result) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in result.diagnostics if one.path == PATH]


def test_nothing_of_it_is_published() -> None:
    data = hostile()
    assert all(json.dumps(secret)[1:-1].encode() in data for secret in SECRETS.values())
    result = built(data)
    assert result.outputs, said(result)
    everything = b"\n".join(output.path.encode() + b"\n" + output.content for output in result.outputs)
    at = everything.lower().find(b"canary")
    assert at < 0, everything[at - 300 : at + 100]
    page = next(output.content for output in result.outputs if output.path == "builds/x/index.html")
    article = page[page.index(b'<div class="notebook">') :]
    assert not any(word in article for word in (b"\x1b", b"onerror", b"javascript:", b"data:image"))


def test_what_is_left_out_is_said_once_a_kind() -> None:
    found = said(built(hostile()))
    told = [line.partition("bad.ipynb: ")[2] for line in found if line.startswith(("notebook-", "masked-"))]
    masked = [f"what looks like {kind} is masked" for kind in SECRETS]
    assert [line.partition(" (")[0] for line in told if "looks like" in line] == sorted(masked)
    assert [line for line in told if "looks like" not in line] == [
        "HTML that is no table is left out (cell 9)",
        "a cell of the type 'raw' is left out (cell 19)",
        "a script in HTML is left out (cells 9 and 10)",
        "an attachment that is no image is left out (cell 5)",
        "application/javascript is left out (cell 10)",
        "application/vnd.jupyter.widget-view+json is left out (cell 18)",
        "the image/png is left out: it cannot be read as PNG, JPEG, WebP or GIF (cell 15)",
        "the image/png is left out: it has far more pixels than the limit of 40 megapixels (cell 14)",
        "the image/svg+xml is left out: it has the attribute onload (cell 12)",
        "the image/svg+xml is left out: it holds <script> (cell 11)",
        "an output is cut at 60 lines or 8 KiB (cell 17)",
        "~ stands for a home folder (cells 3, 6, 13 and 16)",
    ]
    rest = [line for line in found if not line.startswith(("notebook-", "masked-"))]
    assert sorted(line.partition(":")[0] for line in rest) == [
        "dead-link", "missing-file", "raw-html", "unsafe-link", "unsafe-link",
    ]  # fmt: skip


def test_the_rest_of_it_is_shown() -> None:
    html = built(hostile()).edition.articles[PATH].html
    assert "plain" in html
    assert "Error: BadError: ***" in html
    assert html.count("<img") == 4


@pytest.mark.parametrize("wide", [False, True])
def test_an_output_of_50_megabytes_is_passed_over(wide: bool) -> None:
    text = "\U0001f600" * 100 + "x" * 52_000_000 if wide else "canary\n" * 7_500_000
    result = built(notebook(code("print(1)", printed(text)), words("The rest.")))
    assert "The rest." in result.edition.articles[PATH].html
    assert max(len(output.content) for output in result.outputs) < 1_000_000
    assert said(result) == [
        "notebook-left-out: builds/x/bad.ipynb: an output that is too large or nested too deep is left out (cell 1)"
    ]


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ([words(PARAGRAPHS)] * 20, "a cell behind the first MiB of all cells is left out (cells 14, 15, 16,"),
        ([words("word " * 30_000)], "a cell of over 100 KiB of text is left out (cell 1)"),
        ([code("", *[printed("x" * 8000, name) for name in ("a", "b")])] * 40, "text behind the first 512 KiB"),
        ([code("", shown(image__png=png()))] * 101, "an image behind the first 100, 32 MiB or 100 megapixels is left"),
        ([code("", shown(image__png=png((6000, 6000))))] * 3, "an image behind the first 100, 32 MiB or 100"),
        ([code("", shown(text__html=f"<table>{'<tr>' + '<td>x</td>' * 200}</table>"))], "a table is cut at 200 rows"),
        ([code("", shown(text__html=f"<table>{'<tr><td>x</td></tr>' * 300}</table>"))] * 200, "text behind the first"),
    ],
)  # fmt: skip
def test_many_things_are_bounded_together(cells: list[object], what: str) -> None:
    assert any(what in line for line in said(built(notebook(*cells))))


def test_a_file_over_the_limit_is_refused() -> None:
    assert said(built(b" " * (NOTEBOOK_LIMIT + 1))) == [
        "invalid-notebook: builds/x/bad.ipynb:1: it is over 64 MiB; clear its large outputs first"
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "bad.ipynb:1: it is not JSON (an object is expected)"),
        (b'{"nbformat": 4,\n"cells": [', "bad.ipynb:2: it is not JSON (a value is never closed)"),
        (
            b'{"nbformat": 4,\n"cells": [{"source": ["a"\n"b"]}]}',
            "bad.ipynb:3: it is not JSON (expecting ',' delimiter)",
        ),
        (b"[]", "bad.ipynb:1: it is not JSON (an object is expected)"),
        (b'{"nbformat": 4, "cells": {}}', "bad.ipynb:1: it has no cells"),
        (b'{"nbformat": 4, "cells": ' + b"[" * 500_000, "bad.ipynb:1: it is not JSON"),
        (b'{"nbformat": 4, "cells": [{"source": ' + b"[" * 99_999 + b"]" * 99_999 + b"}]", "bad.ipynb:1: it is not"),
    ],
)
def test_what_is_no_notebook_is_named_with_its_line(data: bytes, line: str) -> None:
    found = said(built(data))
    assert len(found) == 1
    assert found[0].startswith(f"invalid-notebook: builds/x/{line}")
