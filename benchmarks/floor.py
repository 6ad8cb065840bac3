"""What a build in Python cannot do without: `python -m benchmarks.floor FOLDER ...`, for portfolios that are built.

Each step is a process of its own that does nothing else, in the libraries that labfolio uses. CPU seconds and the MiB
of the process at its largest are printed, and written to `benchmarks/results/floor.md`: the least of three runs, above
2,000 texts of one.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.peers.machine import machine
from benchmarks.peers.process import Cost, measured

RESULT = Path(__file__).parent / "results" / "floor.md"
RUNS, MANY = 3, 2000
IMPORTS = "import labfolio.cli.commands, labfolio.engines.native, labfolio.present.card.drawing\n"
TEXTS = """
from pathlib import Path
texts = [path.read_text().split("\\n---\\n", 1)[1] for path in sorted(Path("content").glob("*/*.md"))]
texts += [path.read_text().split("\\n---\\n", 1)[1] for path in sorted(Path(".").glob("content/*/*/index.md"))]
texts += [path.read_text().split("\\n---\\n", 1)[1] for path in sorted(Path("builds").glob("*/index.md"))]
"""
PLAIN = """
from markdown import Markdown
converter = Markdown(extensions=["extra", "admonition", "toc", "codehilite"])
"""
FLAVOUR = """
from labfolio.markdown.flavour import converter
from labfolio.model.site import Settings
converter = converter(Settings(path="mkdocs.yml", site_name="x", site_url="https://ada.example/"))
"""
EVERY = """
for text in texts:
    converter.reset().convert(text)
"""
FILES = """
import tempfile
from pathlib import Path
with tempfile.TemporaryDirectory(dir=".") as target:
    for number, path in enumerate(path for path in Path("site").rglob("*") if path.is_file()):
        Path(target, str(number)).write_bytes(path.read_bytes())
"""
STEPS = {
    "Python starts": "pass",
    "the modules of a build": IMPORTS,
    "the modules, and one text": IMPORTS + TEXTS + FLAVOUR + "converter.convert(texts[0])",
    "every text: Python-Markdown with `extra` and `codehilite`": TEXTS + PLAIN + EVERY,
    "every text: Python-Markdown in labfolio's flavour": TEXTS + FLAVOUR + EVERY,
    "every file of the site, copied": FILES,
}


def cost(program: str, folder: Path, work: Path, runs: int) -> Cost:
    """The least that a program costs in a folder."""
    taken = [measured([sys.executable, "-c", program], folder, work) for _ in range(runs)]
    return Cost(*(min(getattr(one, name) for one in taken) for name in ("cpu", "wall", "peak")))


def main(folders: list[Path]) -> None:
    """Measures every step in every folder."""
    counts = [len([*folder.glob("site/*/*/index.md")]) for folder in folders]
    on = machine()
    lines = [
        f"{on['processor']}, {on['cores']} cores, Python {on['python']}, revision {on['revision']}.", "",
        f"| step, CPU s and MiB | {' | '.join(f'{count:,} texts' for count in counts)} |",
        f"|---|{'--:|' * len(counts)}",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as work:
        for step, program in STEPS.items():
            costs = [
                cost(program, folder, Path(work), 1 if count > MANY else RUNS)
                for folder, count in zip(folders, counts, strict=True)
            ]
            lines.append(f"| {step} | {' | '.join(f'{one.cpu:.2f} s, {one.peak:.0f} MiB' for one in costs)} |")
            print(lines[-1], file=sys.stderr)
    text = "\n".join(lines) + "\n"
    RESULT.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main([Path(name).absolute() for name in sys.argv[1:]])
