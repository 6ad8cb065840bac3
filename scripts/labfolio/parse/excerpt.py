"""A piece of a file of code: the lines of a Python symbol, of a marked region, or a range that begins as expected."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from labfolio.model.spelling import closest, nearest

_Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_BEFORE = r"^\s*(?:\#\s*pragma\b|\#|//|--|;|%|/\*|<!--|\"|\{-|\(\*)?\s*"
# Editors' own markers, and those of pymdownx.snippets.
_REGION = re.compile(_BEFORE + r"\#?\s*region\s+(?P<name>[\w.-]+)")
_END = re.compile(_BEFORE + r"\#?\s*end\s?region\b")
_SNIPPET = re.compile(r"-+8<-+\s*\[(?P<side>start|end)\s*:\s*(?P<name>[\w.-]+)\s*\]")


class NoExcerpt(Exception):
    """The file has no such piece; `help` says what it has, `stale` that it may have had it once."""

    def __init__(self, what: str, help: str = "", *, stale: bool = True) -> None:
        super().__init__(what)
        self.help, self.stale = help, stale


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file, numbered from `first` on."""

    first: int
    lines: tuple[str, ...]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.lines) - 1


def by_symbol(text: str, name: str) -> Excerpt:
    """The definition of a Python function, class, method or constant, `HyperLogLog.add`.

    It begins with its decorators and the comments right above. Raises NoExcerpt.
    """
    try:
        found = list(_symbols(ast.parse(text).body))
    except SyntaxError as error:
        raise NoExcerpt(f"it is no Python that can be read (line {error.lineno or 1})", "Quote lines of it.") from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise NoExcerpt("it is no Python that can be read", "Quote lines of it.") from error
    nodes = [node for symbol, node in found if symbol == name]
    if not nodes:
        raise _missing("symbol", f"'{name}'", name, dict.fromkeys(symbol for symbol, _ in found))
    if len(nodes) > 1:
        lines = ", ".join(str(node.lineno) for node in nodes)
        raise NoExcerpt(f"'{name}' stands there more than once, in lines {lines}", "Quote lines of it.", stale=False)
    lines_of_text, node = text.split("\n"), nodes[0]
    decorators = node.decorator_list if isinstance(node, _Named) else []
    first = min((node.lineno, *(one.lineno for one in decorators)))
    indent = lines_of_text[first - 1][: node.col_offset]
    while first > 1 and _is_comment(lines_of_text[first - 2], indent):
        first -= 1
    return Excerpt(first, tuple(lines_of_text[first - 1 : node.end_lineno]))


def _missing(kind: str, what: str, name: str, known: Iterable[str]) -> NoExcerpt:
    """What is said of a name that the file does not have: the one that was meant, else the first that it has."""
    names = list(known)
    meant = closest(name, names)
    has = f"It has {', '.join(names[:8])}{' and others' if len(names) > 8 else ''}." if names else f"It has no {kind}."
    help = f'Write {kind}="{meant}"' if meant else has
    return NoExcerpt(f"there is no {what} in it{nearest(name, names)}", help)


def _is_comment(line: str, indent: str) -> bool:
    """Whether a line above a definition is a comment on it: no marker, no shebang, in the same column."""
    comment = line.startswith(f"{indent}#") and not line.startswith("#!")
    return comment and not (_REGION.match(line) or _END.match(line) or _SNIPPET.search(line))


def _symbols(body: Sequence[ast.stmt], before: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Every name that statements define, with the definition; those in `if`, `try` and `with` too."""
    for node in body:
        if isinstance(node, _Named):
            yield before + node.name, node
            yield from _symbols(node.body, f"{before}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part for target in targets for part in getattr(target, "elts", [target])]
            yield from ((before + name.id, node) for name in names if isinstance(name, ast.Name))
        elif isinstance(node, ast.If | ast.Try | ast.With):
            for name in ("body", "orelse", "finalbody"):
                yield from _symbols(getattr(node, name, []), before)


def by_region(text: str, name: str) -> Excerpt:
    """The lines between `# region name` and `# endregion`, or `--8<-- [start:name]` and `[end:name]`.

    Raises NoExcerpt.
    """
    lines = text.split("\n")
    begins = [number for number, line in enumerate(lines, start=1) if _begins(line) == name]
    if not begins:
        known = dict.fromkeys(found for line in lines if (found := _begins(line)))
        raise _missing("region", f"region '{name}'", name, known)
    if len(begins) > 1:
        places = ", ".join(map(str, begins))
        raise NoExcerpt(f"the region '{name}' begins more than once, in lines {places}", "Name each region otherwise.")
    first, depth = begins[0], 1
    snippet = _SNIPPET.search(lines[first - 1]) is not None
    for number, line in enumerate(lines[first:], start=first + 1):
        if snippet:
            mark = _SNIPPET.search(line)
            depth -= mark is not None and mark["side"] == "end" and mark["name"] == name
        else:
            depth += (_REGION.match(line) is not None) - (_END.match(line) is not None)
        if depth == 0:
            if number == first + 1:
                raise NoExcerpt(f"the region '{name}' is empty")
            return Excerpt(first + 1, tuple(lines[first : number - 1]))
    end = f"--8<-- [end:{name}]" if snippet else "endregion"
    raise NoExcerpt(f"the region '{name}' begins in line {first} and never ends", f"Write a line with {end}.")


def _begins(line: str) -> str:
    """The name of the region that a line begins, empty where it begins none."""
    if snippet := _SNIPPET.search(line):
        return snippet["name"] if snippet["side"] == "start" else ""
    region = _REGION.match(line)
    return region["name"] if region else ""


def by_lines(text: str, first: int, last: int) -> Excerpt:
    """A range of lines, from 1. Raises NoExcerpt."""
    lines = text.removesuffix("\n").split("\n")
    if last > len(lines):
        raise NoExcerpt(f"it ends in line {len(lines)}", f"Write lines up to {len(lines)}.")
    return Excerpt(first, tuple(lines[first - 1 : last]))


def moved(text: str, excerpt: Excerpt, starts: str) -> str:
    """The range at which lines that begin with `starts` stand now, empty where that is not certain."""
    places = [number for number, line in enumerate(text.split("\n"), 1) if line.strip().startswith(starts)]
    return f"{places[0]}-{places[0] + len(excerpt.lines) - 1}" if len(places) == 1 else ""
