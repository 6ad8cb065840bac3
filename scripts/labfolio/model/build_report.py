"""What a build tells its author, in a form that can be kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from labfolio.model.allowance import Allowed
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.fix import Edit, Fix
from labfolio.model.site import LeftOut
from labfolio.model.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was found, left out and allowed, and how many files were written."""

    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    allowed: tuple[Allowed, ...]
    number: int

    def as_data(self) -> dict[str, Any]:
        """The report in lists and texts."""
        return asdict(self)


def report_of(data: Mapping[str, Any]) -> BuildReport:
    """The report that `as_data` gave. Raises KeyError, TypeError and ValueError for anything else."""
    return BuildReport(
        diagnostics=tuple(_diagnostic(one) for one in data["diagnostics"]),
        left_out=tuple(LeftOut(**one) for one in data["left_out"]),
        allowed=tuple(
            Allowed(diagnostic=_diagnostic(one["diagnostic"]), reason=one["reason"]) for one in data["allowed"]
        ),
        number=int(data["number"]),
    )


def _diagnostic(data: Mapping[str, Any]) -> Diagnostic:
    fix = data["fix"]
    made = Fix(what=fix["what"], edits=tuple(Edit(**one) for one in fix["edits"])) if fix else None
    return Diagnostic(**{**data, "level": Level(data["level"]), "position": Position(**data["position"]), "fix": made})
