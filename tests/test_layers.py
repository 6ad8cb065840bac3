"""The house: imports go down, files and functions stay small, disk, clock and environment stay at the two ends."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "scripts" / "labfolio"

# Floors from below; a package may import those of lower rank. Floor three has an order of its own:
# text is parsed, then rendered, then presented; reference and scaffolds are made from what all of them declare, and
# what other programs wrote is imported with all of it.
RANKS = {
    "model": 1, "facts": 2, "files": 2, "parse": 3.1, "markdown": 3.2, "present": 3.3, "schema": 3.4,
    "importers": 3.5, "survey": 3.9, "articles": 3.95, "leaks": 3.95, "check": 4, "build": 4, "edited_pages": 4.1,
    "engines": 5.1,
    "__init__": 5.15, "cli": 5.2, "__main__": 5.3,
}  # fmt: skip
ENDS = ("files", "engines", "cli")
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a file, itself first."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("labfolio."):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("labfolio."))


def test_imports_go_down() -> None:
    for path in FILES:
        own = package_of(path)
        for module in imports(path):
            other = module.split(".")[1]
            assert other == own or RANKS[other] < RANKS[own], f"{name_of(path)} imports {module}"


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


def test_the_world_stays_at_the_ends() -> None:
    for path in (path for path in FILES if package_of(path) not in ENDS):
        place = name_of(path)
        for node in nodes(path):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                world = ("open", "date.today", "datetime.now", "datetime.today", "time.time", "os.getenv")
                assert name not in world, f"{place}: {name}"
                files = (".read_text", ".read_bytes", ".write_text", ".write_bytes")
                assert not name.endswith(files), f"{place}: {name}"
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) != "os.environ", place


def test_small_rooms() -> None:
    for path in FILES:
        # A declaration is as long as the list that it declares.
        if path.name != "rules.py":
            assert path.read_text().count("\n") <= 350, name_of(path)
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 50, f"{name_of(path)}: {node.name}"


def test_the_core_knows_no_engine() -> None:
    for path in FILES:
        for node in nodes(path):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            if any(name.split(".")[0] in ("mkdocs", "material", "properdocs") for name in names):
                assert name_of(path).startswith("engines/mkdocs_")


def test_docstrings_are_text() -> None:
    """Python 3.13 refuses to compile one that holds half of a character."""
    for path in FILES:
        for node in nodes(path):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node) or ""
                assert text == text.encode("utf-8", "replace").decode(), name_of(path)


def test_what_is_public_is_documented() -> None:
    for path in FILES:
        module = nodes(path)[0]
        assert isinstance(module, ast.Module)
        assert ast.get_docstring(module) or path.name == "__init__.py", name_of(path)
        for node in module.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name_of(path)}: {node.name} has no docstring"
