"""The ledger as a file, and what a publication says of it."""

import json
import re
from collections.abc import Iterable, Mapping

from labfolio.facts.publication import Publication
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.ledger import LedgerLine
from labfolio.model.wording import plural

_HEAD = "# Every URL that was ever published, one a line, in any order. Kept by labfolio publish; commit it.\n"
# What YAML reads as it is written, also between { and }.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+%-]*")


def ledger_text(lines: Mapping[str, LedgerLine]) -> str:
    """The file: one line a URL in sorted order, so that two branches can be merged line by line."""
    return _HEAD + "".join(f"- {{{', '.join(_fields(lines[url]))}}}\n" for url in sorted(lines))


def _fields(line: LedgerLine) -> Iterable[str]:
    for name in type(line).model_fields:
        value = getattr(line, name)
        if isinstance(value, bool):
            if value:
                yield f"{name}: yes"
        elif isinstance(value, tuple):
            if value:
                yield f"{name}: [{', '.join(_scalar(one) for one in value)}]"
        elif value is not None:
            yield f"{name}: {_scalar(str(value))}"


def _scalar(text: str) -> str:
    """A text plain where YAML reads it so, else in double quotes with what cannot be seen escaped."""
    if _PLAIN.fullmatch(text) and text.lower() != "null":
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(ord(sign)) for sign in quoted)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def told(publication: Publication, counters: Iterable[Diagnostic], path: str, state: str) -> str:
    """What is new in the ledger, a line each page, then the number of URLs."""
    kinds = {url: publication.lines[url].kind for url in publication.added}
    lines = [f"added: {url}" for url, kind in kinds.items() if kind not in ("list", "file")]
    numbers = [(sum(one == kind for one in kinds.values()), kind) for kind in ("list", "file")]
    lines += [f"added: {plural(number, kind)}" for number, kind in numbers if number]
    lines += [f"moved: {url} leads to {to}" for url, to in publication.moved]
    lines += [f"restored: {url}" for url in publication.restored]
    lines += [f"heading gone: {url}#{heading}" for url, heading in publication.headings]
    lines += [f"counter: {one.message}" for one in counters]
    lines.append(f"{path}: {plural(len(publication.lines), 'URL')}, {state}")
    return "\n".join(lines)
