"""The values that texts may ask for, and the texts of front matter with them filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from labfolio.facts.claims import Judged
from labfolio.markdown.values import fill, no_value
from labfolio.model.diagnostic import Diagnostic
from labfolio.model.entry import Entry, Keys
from labfolio.model.front_matter import Evidence
from labfolio.model.rules import fault
from labfolio.model.source import START, Position
from labfolio.present.quantities import IN_PROSE
from labfolio.present.rows import verdict_mark


def values_of(entry: Entry, claims: Iterable[Judged]) -> dict[str, str]:
    """`rate.mean`, `rate.verdict` and so on, for every claim of an entry."""
    found: dict[str, str] = {}
    for one in claims:
        found |= {f"{one.id}.{name}": made(one) for name, (_, made) in IN_PROSE.items()}
        found[f"{one.id}.verdict"] = verdict_mark(entry, one.judgement.outcome).word.lower()
    return found


def of_all(entries: Iterable[Entry], claims: Mapping[str, tuple[Judged, ...]]) -> dict[str, str]:
    """The values of every entry, its slug before them: `hll-sketch/error.mean`."""
    return {
        f"{entry.slug}/{name}": text
        for entry in entries
        for name, text in values_of(entry, claims.get(entry.path, ())).items()
    }


def filled(entry: Entry, values: Mapping[str, str]) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """The entry with the values in its summary, limitations, decisions and mismatches, and what nothing answers.

    The same object where its texts ask for none.
    """
    found: list[Diagnostic] = []

    def text(given: str, *keys: str | int) -> str:
        printed, unknown = fill(given, values)
        for name in unknown:
            message, help = no_value(name, values)
            position = _position(entry, keys)
            found.append(fault("unknown-value", entry.path, f"{keys[0]}: {message}", help, position, entry.text))
        return printed

    front = entry.front
    changes: dict[str, Any] = {}
    if front.summary:
        changes["summary"] = text(front.summary, "summary")
    if isinstance(front, Evidence):
        changes["limitations"] = tuple(text(one, "limitations", index) for index, one in enumerate(front.limitations))
        changes["decisions"] = tuple(
            one.model_copy(
                update={name: text(getattr(one, name), "decisions", index, name) for name in ("tried", "why")}
            )
            for index, one in enumerate(front.decisions)
        )
        changes["mismatches"] = tuple(
            one.model_copy(
                update={name: text(getattr(one, name), "mismatches", index, name) for name in ("what", "likely_cause")}
            )
            for index, one in enumerate(front.mismatches)
        )
    if all(getattr(front, name) == made for name, made in changes.items()):
        return entry, tuple(found)
    return replace(entry, front=front.model_copy(update=changes)), tuple(found)


def _position(entry: Entry, keys: Keys) -> Position:
    return next(
        (entry.positions[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in entry.positions), START
    )
