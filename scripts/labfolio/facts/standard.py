"""The graduation standard: conditions over counts, verdicts, completeness and hours, each met or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labfolio.facts.checklist import Point, share
from labfolio.facts.claims import Judged
from labfolio.facts.progress import Progress, counts
from labfolio.model.entry import BUILD, REPRODUCTION, Entry
from labfolio.model.program import Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition: its name in `program.yml`, what it wants, what there is, and the least complete entry if asked."""

    name: str
    want: float
    have: float

    @property
    def met(self) -> bool:
        """Whether there is as much as is wanted."""
        return self.have >= self.want


def conditions(
    standard: Standard,
    progress: Progress,
    entries: Iterable[Entry],
    claims: Mapping[str, tuple[Judged, ...]],
    checklists: Mapping[str, tuple[Point, ...]],
) -> tuple[Condition, ...]:
    """The stated conditions in the order of their declaration; completeness is asked of builds and reproductions."""
    shipped = [entry for entry in entries if counts(entry)]
    shares = [share(checklists[entry.path]) for entry in shipped if entry.kind in (BUILD, REPRODUCTION)]
    have: dict[str, float] = {one.kind.section: one.have for one in progress.kinds}
    have["claims_reproduced"] = _held(shipped, claims, REPRODUCTION)
    have["goals_met"] = _held(shipped, claims, BUILD)
    have["completeness"] = 100 * min(shares) if shares else 0.0
    have["hours"] = progress.hours.total
    have["days_logged"] = len(progress.hours.days)
    wanted = {name: getattr(standard, name) for name in type(standard).model_fields}
    return tuple(Condition(name=name, want=want, have=have[name]) for name, want in wanted.items() if want is not None)


def _held(entries: Iterable[Entry], claims: Mapping[str, tuple[Judged, ...]], kind: object) -> int:
    outcomes = [one.judgement.outcome for entry in entries if entry.kind is kind for one in claims.get(entry.path, ())]
    return sum(outcome in ("reproduced", "exceeded") for outcome in outcomes)
