"""Colours and faces as the site's stylesheet declares them, for a light page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import join, normpath

# The innermost braces and what stands before them, at the top level only: rules of a medium are about other readers.
_RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^;\"'()])+)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_PAIR = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),.*\)", re.DOTALL)
_SOURCE = re.compile(r"url\(\s*[\"']?([^\"')?#]+)")
_FAMILY = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]+))")
# `var()` within `var()`; deeper ones are a circle.
_DEPTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """One `@font-face`: its family, the weights it serves and the path of its file among the assets."""

    family: str
    weights: tuple[float, float]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The custom properties of `:root`, as they are written, and the upright faces."""

    values: Mapping[str, str]
    faces: tuple[FontFile, ...]

    def colour(self, name: str) -> str:
        """A colour for a light page as CSS says it; empty where it is not declared."""
        value = self._resolved(self.values.get(name, ""))
        pair = _PAIR.search(value)
        return (pair[1] if pair else value).strip()

    def font_file(self, name: str, weight: int) -> str:
        """The path of the face that a property such as `--text` names first, at a weight; empty where there is none."""
        named = _FAMILY.match(self._resolved(self.values.get(name, "")))
        family = (named[1] or named[2] or named[3] or "").strip().casefold() if named else ""
        fitting = [face for face in self.faces if face.family == family]
        fitting.sort(key=lambda face: max(face.weights[0] - weight, weight - face.weights[1], 0))
        return fitting[0].path if fitting else ""

    def _resolved(self, value: str) -> str:
        for _ in range(_DEPTH):
            if "var(" not in value:
                break
            value = _VARIABLE.sub(lambda found: self.values.get(found[1], found[2] or ""), value)
        return value


def read_tokens(stylesheet: bytes) -> Tokens:
    """The tokens of a stylesheet without comments, that is published in `assets/`; what comes later holds."""
    values: dict[str, str] = {}
    faces: list[FontFile] = []
    for selector, body in _RULE.findall(stylesheet.decode("utf-8", "replace")):
        name = selector.rpartition(";")[2].strip()
        declared = dict(_DECLARATION.findall(body))
        if name == ":root":
            values |= {name: value.strip() for name, value in declared.items()}
        elif name == "@font-face":
            faces += _face(declared)
    return Tokens(values=values, faces=tuple(reversed(faces)))


def _face(declared: Mapping[str, str]) -> Iterable[FontFile]:
    source = _SOURCE.search(declared.get("src", ""))
    if source is None or "italic" in declared.get("font-style", ""):
        return
    words = declared.get("font-weight", "400").replace("normal", "400").replace("bold", "700").split()
    try:
        weights = [float(word) for word in words]
    except ValueError:
        return
    if weights:
        family = declared.get("font-family", "").strip().strip("\"'").casefold()
        yield FontFile(family=family, weights=(weights[0], weights[-1]), path=normpath(join("assets", source[1])))
