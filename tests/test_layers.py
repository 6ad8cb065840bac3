"""The house: imports go down, files and functions stay small, disk, clock and environment stay at the two ends."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "scripts" / "labfolio"

# Floors from below; a package may import those of lower rank. Floor three has an order of its own:
# text is parsed, then rendered, then presented; reference and scaffolds are made from what all of them declare, and
# what other programs wrote is imported with all of it.
RANKS = {
    "model": 1, "facts": 2, "files": 2, "parse": 3.1, "markdown": 3.2, "present": 3.3, "schema": 3.4,
    "importers": 3.5, "survey": 3.9, "articles": 3.95, "leaks": 3.95, "check": 4, "build": 4, "edited_pages": 4.1,
    "engines": 5.1,
    "__init__": 5.15, "cli": 5.2,
}  # fmt: skip
ENDS = ("files", "engines", "cli")
FILES = sorted(PACKAGE.rglob("*.py"))


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("labfolio."):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("labfolio."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    own = package_of(path)
    for module in imports(path):
        other = module.split(".")[1]
        assert other == own or RANKS[other] < RANKS[own], f"{own} imports {module}"


def test_no_circle_within_a_package() -> None:
    graph = {
        ".".join(("labfolio", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): set(
            imports(path)
        )
        for path in FILES
    }
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_world_stays_at_the_ends(path: Path) -> None:
    if package_of(path) in ENDS:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            assert name not in ("open", "date.today", "datetime.now", "datetime.today", "time.time", "os.getenv"), name
            assert not name.endswith((".read_text", ".read_bytes", ".write_text", ".write_bytes")), name
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) != "os.environ"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_small_rooms(path: Path) -> None:
    text = path.read_text()
    # A declaration is as long as the list that it declares.
    if path.name != "rules.py":
        assert text.count("\n") <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 50, node.name


def test_the_core_knows_no_engine() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            if any(name.split(".")[0] in ("mkdocs", "material", "properdocs") for name in names):
                assert path.relative_to(PACKAGE).as_posix().startswith("engines/mkdocs_")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_docstrings_are_text(path: Path) -> None:
    """Python 3.13 refuses to compile one that holds half of a character."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            (ast.get_docstring(node) or "").encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_public_is_documented(path: Path) -> None:
    module = ast.parse(path.read_text())
    assert ast.get_docstring(module) or path.name == "__init__.py"
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"
