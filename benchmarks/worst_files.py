"""What a single bad file costs: `python benchmarks/worst_files.py [PART OF A NAME]`.

Each file is put on the small site of the tests, alone, and `labfolio build` runs as a process of its own. Printed, and
written to `benchmarks/results/worst_files.md` where all of them were run, are its user and system time, the most
memory that it held, and how it ended: 0 where the site was built, 1 where the file was refused. No file may cost ten
seconds or 512 MiB.
"""

import io
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "sites" / "small"
RESULT = Path(__file__).parent / "results" / "worst_files.md"
MEBIBYTE = 1024 * 1024
# The option by which a process is asked to make the files of a name, and no more.
PUT = "--put"
PAGE = "builds/x/index.md"
HEAD = "---\ntitle: X\ndate: 2026-03-03\n"
Files = Mapping[str, bytes]


def page(body: str, head: str = "") -> Files:
    """An entry with a text."""
    return {PAGE: f"{HEAD}{head}---\n{body}\n".encode()}


def repeated(fragment: str, size: int = MEBIBYTE // 2 - 100) -> Files:
    """An entry whose text is one fragment over and over."""
    return page(fragment * (size // len(fragment)))


def shown(name: str, content: bytes) -> Files:
    """An entry that shows a file."""
    return {**page(f"![Alpha]({name})"), f"builds/x/{name}": content}


def measured(name: str, content: str) -> Files:
    """An entry whose claim is measured in a file."""
    head = "pillar: ml\nstatus: shipped\nclaims:\n- id: c\n  claim: C\n  target: 1\n  tolerance: 1\n"
    return {
        **page("Text.", f"{head}  measured: {{file: {name}, value: a}}\n"),
        f"builds/x/{name}": content.encode(),
    }


def png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A grey PNG whose pixels are all black; `extra` are chunks after its header."""
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(b"\0" * (1 + width)) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
    return start + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def image(kind: str, mode: str, width: int, height: int, frames: int = 1) -> bytes:
    """An image of noise, as Pillow writes it."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    pictures = [
        Image.merge(mode, [Image.effect_noise((width, height), 64 + number % 64)] * bands)
        if bands > 1
        else Image.effect_noise((width, height), 64 + number % 64).convert(mode)
        for number in range(min(frames, 8))
    ]
    rest = {"save_all": True, "append_images": (pictures * (frames // 8 + 1))[1:frames]} if frames > 1 else {}
    target = io.BytesIO()
    pictures[0].save(target, kind, **rest)
    return target.getvalue()


def svg(inside: str, head: str = "") -> bytes:
    """A drawing."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'.encode()


def notebook(cells: str) -> bytes:
    """A notebook with these cells."""
    return f'{{"nbformat": 4, "nbformat_minor": 5, "metadata": {{}}, "cells": [{cells}]}}'.encode()


def cell(source: str, output: str = "") -> str:
    """A cell of code that prints a text."""
    printed = f'[{{"output_type": "stream", "name": "stdout", "text": {json.dumps(output)}}}]' if output else "[]"
    head = '{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1'
    return f'{head}, "source": {json.dumps(source)}, "outputs": {printed}}}'


LAUGHS = "<!DOCTYPE svg [" + '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip

WORST: dict[str, Callable[[], Files]] = {
    "nothing": dict,
    # Markdown: 512 KiB of one fragment, which is the most that a text may have.
    "text of 6 MiB": lambda: repeated("word ", 6 * MEBIBYTE),
    "text `word `": lambda: repeated("word "),
    "text of paragraphs": lambda: repeated("A paragraph of *some* words, `code` and [a link](https://x.org).\n\n"),
    "text `[`": lambda: repeated("["),
    "text `![](`": lambda: repeated("![]("),
    "text `<a `": lambda: repeated("<a "),
    "text `<![CDATA[`": lambda: repeated("<![CDATA["),
    "text `[!`": lambda: repeated("[!"),
    "text `\\`": lambda: repeated("\\"),
    "text `*a _b `": lambda: repeated("*a _b "),
    "text of lines `# a`": lambda: repeated("# a\n"),
    "text of headings": lambda: repeated("## a\n\n"),
    "text of lines `---`": lambda: repeated("---\n"),
    "text of theorems": lambda: repeated("!!! theorem\n    x\n\n"),
    "text of fences": lambda: repeated("```py\nx\n```\n"),
    "text of one table": lambda: page("a|b\n-|-\n" + "c|d\n" * 250_000),
    "text of one list": lambda: repeated("- a\n"),
    "text of quotations": lambda: repeated("> "),
    "text of nested lists": lambda: page("".join("  " * depth + "- a\n" for depth in range(700))),
    "text of footnotes": lambda: page("".join(f"[^{n}] " for n in range(40_000)) + "\n\n" + "[^1]: a\n" * 40_000),
    "text of abbreviations": lambda: page("".join(f"*[w{n}]: b\n" for n in range(50_000))),
    "text of dead links": lambda: page("".join(f"[a](b{n}.md)\n\n" for n in range(50_000))),
    "text of `$a$`": lambda: repeated("$a$\n\n"),
    "text of nested fractions": lambda: page("$" + "\\frac{" * 5000 + "$"),
    "text of raw HTML": lambda: repeated("<div>"),
    "text of `<b>`": lambda: repeated("<b>\n\n"),
    "text in one fence": lambda: page("```python\n" + "x = (\n" * 150_000 + "```"),
    # Front matter and the other texts of a site.
    "front matter of aliases": lambda: page("", "a: &a [" + "x," * 9 + "]\nb: [" + "*a," * 20_000 + "]\n"),
    "front matter of brackets": lambda: page("", f"tags: {'[' * 30_000}\n"),
    "front matter of keys": lambda: page("", "".join(f"k{n}: 1\n" for n in range(7000))),
    "program.yml of brackets": lambda: {"content/program.yml": b"pillars: " + b"[" * 500_000},
    "program.yml of keys": lambda: {"content/program.yml": b"".join(b"k%d: 1\n" % n for n in range(500_000))},
    "permalinks.yml": lambda: {"content/permalinks.yml": b"- {url: a/, first: 2026-01-01}\n" * 150_000},
    "mkdocs.yml of brackets": lambda: {"mkdocs.yml": b"site_name: X\nextra: " + b"[" * 500_000},
    "mkdocs.yml of aliases": lambda: {
        "mkdocs.yml": b"site_name: X\nextra: {a: &a [1,1], " + b"".join(
            b"b%d: &b%d [%s], " % (n, n, b"*b%d,*b%d" % (n - 1, n - 1) if n else b"*a,*a") for n in range(40)
        ) + b"}\n"
    },
    "log.csv": lambda: {"content/log.csv": b"date,hours\n" + b"2026-03-03,1\n" * 350_000},
    "log.csv of faults": lambda: {"content/log.csv": b"date,hours\n" + b"x,y\n" * 1_000_000},
    "bibliography without end": lambda: {"content/papers.bib": b"@article{a, title = {" * 250_000},
    "bibliography of braces": lambda: {"content/papers.bib": b"@article{a, title = " + b"{" * 5_000_000},
    "bibliography of records": lambda: {
        "content/papers.bib": b"".join(b"@misc{k%d, title = {A}, year = 2020}\n" % n for n in range(100_000))
    },
    "bibliography of macros": lambda: {
        "content/papers.bib": b"".join(b"@string{a%d = a%d # a%d}\n" % (n + 1, n, n) for n in range(20_000))
    },
    # Results.
    "CSV of one field": lambda: measured("r.csv", "a,seed\n" + "9" * 20_000_000),
    "CSV of columns": lambda: measured("r.csv", ",".join(f"c{n}" for n in range(1_000_000))),
    "CSV of rows": lambda: measured("r.csv", "a,seed\n" + "".join(f"0.5,{n}\n" for n in range(500_000))),
    "CSV of empty lines": lambda: measured("r.csv", "a,seed\n" + "\n" * 20_000_000),
    "CSV of commas": lambda: measured("r.csv", "a,seed\n" + "," * 20_000_000),
    "CSV of short rows": lambda: measured("r.csv", "a\n" + "1\n" * 9_000_000),
    "CSV with an open quote": lambda: measured("r.csv", "a,seed\n" + '"' + "1,1\n" * 4_000_000),
    "JSON of brackets": lambda: measured("r.json", "[" * 10_000_000),
    "JSON of rows": lambda: measured("r.json", "[" + '{"a": 1},' * 1_000_000 + '{"a": 1}]'),
    "JSON of digits": lambda: measured("r.json", '[{"a": ' + "9" * 10_000_000 + "}]"),
    "JSON of keys": lambda: measured("r.json", "{" + "".join(f'"k{n}": 1,' for n in range(1_000_000)) + '"a": 1}'),
    "JSON lines of keys": lambda: measured("r.jsonl", "".join(f'{{"k{n}": 1}}\n' for n in range(500_000))),
    "JSON lines": lambda: measured("r.jsonl", '{"a": 1}\n' * 1_000_000),
    "MLflow metric": lambda: measured("loss", "1 0.5 1\n" * 2_000_000),
    "environment.json": lambda: {
        **page("", "environment: e.json\n"), "builds/x/e.json": b'{"python": ' + b"[" * 5_000_000
    },
    # Images.
    "PNG of 40 megapixels": lambda: shown("a.png", png(8000, 5000)),
    "PNG of 400 megapixels": lambda: shown("a.png", png(20_000, 20_000)),
    "PNG of noise": lambda: shown("a.png", image("PNG", "RGB", 2500, 2500)),
    "PNG of sixteen bits": lambda: shown("a.png", image("PNG", "I;16", 2500, 1800)),
    "PNG with a text bomb": lambda: shown(
        "a.png", png(9, 9, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 400_000_000, 9)))
    ),
    "PNG with a profile bomb": lambda: shown(
        "a.png", png(9, 9, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 400_000_000, 9)))
    ),
    "PNG of chunks": lambda: shown("a.png", png(9, 9, chunk(b"tEXt", b"a\0b") * 1_000_000)),
    "JPEG of 40 megapixels": lambda: shown("a.jpg", image("JPEG", "RGB", 7900, 5000)),
    "JPEG in CMYK": lambda: shown("a.jpg", image("JPEG", "CMYK", 5000, 4000)),
    "WebP of 40 megapixels": lambda: shown("a.webp", image("WEBP", "RGB", 7900, 5000)),
    "GIF of 10,000 frames": lambda: shown("a.gif", image("GIF", "P", 16, 16, 10_000)),
    "SVG of entities": lambda: shown("a.svg", svg("&j;", LAUGHS)),
    "SVG of groups": lambda: shown("a.svg", svg("<g>" * 200 + "</g>" * 200)),
    "SVG of depth": lambda: shown("a.svg", svg("<g>" * 400_000 + "</g>" * 400_000)),
    "SVG of elements": lambda: shown("a.svg", svg("<g/>" * 4_000_000)),
    "SVG of attributes": lambda: shown("a.svg", svg("<g " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>")),
    "SVG of one path": lambda: shown("a.svg", svg(f'<path d="{"M0 0" * 4_000_000}"/>')),
    # Notebooks.
    "notebook of 60 MiB": lambda: shown("a.ipynb", notebook(cell("1", "x" * 60 * MEBIBYTE))),
    "notebook of cells": lambda: shown("a.ipynb", notebook(",".join([cell("x = 1", "1")] * 50_000))),
    "notebook of one cell": lambda: shown("a.ipynb", notebook(cell("x = (\n" * 1_000_000))),
    "notebook of brackets": lambda: shown("a.ipynb", b'{"nbformat": 4, "cells": ' + b"[" * 10_000_000),
    # Files and folders.
    "code of 20 MiB": lambda: {
        **page("```py file=x.py lines=1-2\n```"), "builds/x/x.py": b"x = 1\n" * 3_000_000
    },
    "code of brackets": lambda: {
        **page("```py file=x.py symbol=f\n```"), "builds/x/x.py": b"(" * 5_000_000
    },
    "folder of 20,000 files": lambda: {**page("Text."), **{f"builds/x/f{n}.txt": b"" for n in range(20_000)}},
    "folders, 300 levels": lambda: {**page("Text."), "builds/x/" + "d/" * 300 + "a.txt": b""},
    "name of 255 bytes": lambda: {f"builds/{'x' * 252}.md": f"{HEAD}---\n".encode()},
}  # fmt: skip


def put(name: str, folder: str) -> None:
    """Puts the files of this name into a site."""
    for path, content in WORST[name]().items():
        place = Path(folder) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def cost(name: str) -> tuple[float, float, int, str]:
    """Seconds of processor time, the most memory in MiB, the exit code and the first fault that is told.

    The files are made in a process of their own: the kernel counts the memory of whoever starts a process as its own
    (`ru_maxrss` lives on through `exec`).
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(SMALL, Path(place) / "site"))
        subprocess.run([sys.executable, __file__, PUT, name, str(folder)], check=True)
        log = Path(place) / "log"
        with log.open("wb") as printed:
            process = subprocess.Popen(
                [sys.executable, "-m", "labfolio.cli.commands", "build"],
                cwd=folder,
                env={**os.environ, "SOURCE_DATE_EPOCH": "1795132800"},
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        lines = log.read_text("utf-8", "replace").splitlines()
        told = next((line for line in lines if "error[" in line or "bug" in line or "Traceback" in line), "")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode, told.partition(": ")[2][:90]


def main(part: str = "") -> None:
    """Runs the files whose name has a part, and prints the table."""
    lines = [f"Python {platform.python_version()}, one run each.", "", "| file | CPU s | MiB | exit | told |"]
    lines += ["|---|--:|--:|--:|---|"]
    print("\n".join(lines))
    for name in WORST:
        if part in name:
            seconds, memory, code, told = cost(name)
            told = told.replace("|", "\\|")
            lines.append(f"| {name} | {seconds:.1f} | {memory:.0f} | {code} | {told} |".replace("  |", " |"))
            print(lines[-1], flush=True)
    if not part:
        RESULT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == [PUT]:
        put(*sys.argv[2:])
    else:
        main(*sys.argv[1:2])
