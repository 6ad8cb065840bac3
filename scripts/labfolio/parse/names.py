"""The names in BibTeX's `author`: who wrote a work, and by which part of a name each is cited."""

from collections.abc import Iterator
from dataclasses import dataclass

from labfolio.parse.latex import plain_latex

# What stands for those whom `and others` leaves out.
OTHERS = "et al."


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it is written out, and the part of it that a citation prints: `van den Oord`, a whole corporation."""

    whole: str
    family: str


def read_names(value: str) -> tuple[Name, ...]:
    """The names of a field without its delimiters, in order; `and others` is OTHERS, last."""
    return tuple(_name(name) for name in _separated(value))


def _separated(value: str) -> Iterator[str]:
    """The names between the words `and`; those within braces belong to a name."""
    depth, name = 0, ""
    for word in value.split():
        if word.lower() == "and" and depth == 0:
            yield from [name] if name else []
            name = ""
        else:
            name = f"{name} {word}".strip()
        depth += word.count("{") - word.count("}")
    if name:
        yield name


def _name(name: str) -> Name:
    """The parts of a name (First von Last; von Last, First; von Last, Jr, First), told apart before LaTeX is read.

    The rules are BibTeX's own (Markey, Tame the BeaST, section 11): words in small letters begin the family name, and
    what stands in braces is one word.
    """
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if name == "others":
        return Name(whole=OTHERS, family=OTHERS)
    parts = parse_single_name_into_parts(name, strict=False)
    given, family, jr = (plain_latex(" ".join(words)) for words in (parts.first, [*parts.von, *parts.last], parts.jr))
    whole = " ".join(filter(None, (given, family, jr)))
    return Name(whole=whole, family=family or whole)
