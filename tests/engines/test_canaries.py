"""Nothing leaks: a canary in every place that is not published, and all bytes of all outputs looked through."""

import gzip
import io
import json
import zlib
from pathlib import Path

import pytest
from PIL import Image

from labfolio.engines.site_folder import open_folder
from labfolio.engines.site_folder import run as build_in_memory
from tests.conftest import environment, run, tree
from tests.site import entry

CANARY = "Serinus"
CLAIM = (
    f"[{{id: {CANARY}, claim: {CANARY}, target: 1, tolerance: 0.5, measured: {{file: {CANARY}.csv, value: {CANARY}}}}}]"
)
# Every field that a draft can have and that a page, a list, a feed or a file for programs would show.
FIELDS = {
    "title": CANARY,
    "summary": f"{CANARY} sing.",
    "tags": f"[{CANARY}-topic]",
    "aliases": f"[old-{CANARY}/]",
    "paper": f"{CANARY}2020",
    "based_on": "sketch",
    "repository": f"https://{CANARY}.example/x",
    "doi": f"10.5281/zenodo.{CANARY}",
    "demo": f"https://{CANARY}.example/demo",
    "revisions": f"[{{date: 2026-03-04, what: {CANARY}}}]",
    "id": "B77",
}
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": [f"## {CANARY}"]}],
}


def picture(text: str) -> bytes:
    """A JPEG whose camera wrote a text."""
    made, target = Image.Exif(), io.BytesIO()
    made[0x010F] = text
    Image.new("RGB", (900, 90), "red").save(target, "JPEG", exif=made, comment=text.encode())
    return target.getvalue()


def canaries() -> dict[str, bytes]:
    """Files on top of the small site: a draft of every kind, an entry of next year, and what lies beside entries."""
    text = f"## {CANARY}\n\n{CANARY} [@{CANARY}2020]. <!-- {CANARY} -->\n\n![{CANARY}]({CANARY}.jpg)\n\n"
    text += f'```{{.python file="{CANARY}.py" symbol="{CANARY}"}}\n```\n\n![{CANARY}]({CANARY}.ipynb)\n'
    later = {**FIELDS, "date": "2027-03-03", "id": "B78", "aliases": f"[later-{CANARY}/]", "doi": "10.5281/zenodo.7"}
    plain = {name: FIELDS[name] for name in ("title", "summary", "tags", "paper")}
    secret = CANARY.encode()
    drafted = {"draft": "yes", **plain}
    return {
        f"builds/{CANARY}/index.md": entry(text, **FIELDS, draft="yes", status="shipped", claims=CLAIM),
        f"builds/{CANARY}/{CANARY}.csv": f"seed,{CANARY}\n1,1.0\n2,1.1\n3,0.9\n".encode(),
        f"builds/{CANARY}/{CANARY}.jpg": picture(CANARY),
        f"builds/{CANARY}/{CANARY}.py": f"{CANARY} = 1\n".encode(),
        f"builds/{CANARY}/{CANARY}.ipynb": json.dumps(NOTEBOOK).encode(),
        f"builds/{CANARY}-later.md": entry(CANARY, **later),
        f"content/reproductions/{CANARY}-r/index.md": entry(CANARY, **drafted),
        f"content/papers/{CANARY}-p.md": entry(CANARY, **drafted),
        f"content/notebook/{CANARY}-n.md": entry(CANARY, **drafted),
        f"content/submissions/{CANARY}-s.md": entry(CANARY, **drafted, events="[{date: 2026-03-02, event: submitted}]"),
        "content/log.csv": f"date,hours,activity,item,note\n2026-03-02,1,read,{CANARY},{CANARY}\n".encode(),
        f"content/{CANARY}.txt": secret,
        "content/.env": secret,
        "builds/sketch/.env": secret,
        "builds/sketch/id_rsa": secret,
        "builds/sketch/wandb/run.log": secret,
        "builds/shown/index.md": entry("![Shown](a.jpg)\n\n[The same](b.jpg)"),
        "builds/shown/a.jpg": picture(CANARY),
        "builds/shown/b.jpg": picture(CANARY + "2"),
    }


@pytest.fixture
def caged(small: Path) -> Path:
    """The small site with all canaries, and a cache in which a preview left what it drew of them."""
    for path, content in canaries().items():
        (small / path).parent.mkdir(parents=True, exist_ok=True)
        (small / path).write_bytes(content)
    bib = small / "content/papers.bib"
    bib.write_text(
        f"{bib.read_text()}\n@misc{{{CANARY}2020, title={{{CANARY}}}, author={{{CANARY}}}, year={{2020}}}}\n"
    )
    folder = open_folder(small / "mkdocs.yml", environment())
    preview = build_in_memory(folder, environment(), preview=True)
    assert any(CANARY in one.path for one in preview.outputs), [one.message for one in preview.diagnostics]
    assert tree(small / ".cache")
    return small


def leaks(files: dict[str, bytes]) -> list[str]:
    """The files that hold a canary: in their name, as they are, unpacked, or in what an image says of itself."""
    found = []
    for path, content in files.items():
        texts = [path.encode(), content]
        if content.startswith(b"\x1f\x8b"):
            texts.append(gzip.decompress(content))
        if path.endswith((".png", ".jpg", ".webp", ".gif")):
            image = Image.open(io.BytesIO(content))
            texts += [repr((image.info, dict(image.getexif()))).encode()]
        if path.endswith(".png"):
            texts.append(b"".join(_unpacked(content)))
        if any(CANARY.lower().encode() in text.lower() for text in texts):
            found.append(path)
    return found


def _unpacked(data: bytes) -> list[bytes]:
    """The packed texts of a PNG."""
    return [
        zlib.decompress(part.partition(b"\0\0")[2])
        for name in (b"zTXt", b"iCCP")
        for part in data.split(name)[1:]
        if part.partition(b"\0\0")[2][:1] == b"\x78"
    ]


@pytest.mark.parametrize("engine", ["labfolio", "mkdocs"])
def test_no_canary_is_in_any_byte_of_a_site(engine: str, caged: Path) -> None:
    finished = run([engine, "build"], caged)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    site = tree(caged / "site")
    assert "builds/shown/a.jpg" in site
    assert leaks(site) == []


def test_no_canary_is_in_the_ledger_or_in_what_a_publication_says(caged: Path) -> None:
    finished = run(["labfolio", "publish"], caged)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert CANARY not in (caged / "content/permalinks.yml").read_text()
    said = [line for line in (finished.stdout + finished.stderr).splitlines() if "left out" not in line]
    assert [line for line in said if CANARY in line] == []


def test_a_canary_would_be_found(caged: Path) -> None:
    page = caged / f"builds/{CANARY}/index.md"
    page.write_bytes(page.read_bytes().replace(b"draft: yes\n", b""))
    assert run(["labfolio", "build"], caged).returncode == 0
    found = leaks(tree(caged / "site"))
    assert {"feed.xml", "portfolio.json", f"builds/{CANARY}/index.html", f"builds/{CANARY}/card.png"} <= set(found)
