"""`labfolio verify`: runs an entry's command in a scratch copy and judges its claims again."""

import math
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from labfolio.build import Result
from labfolio.engines.site_folder import SiteFolder
from labfolio.facts.claims import Judged, judged
from labfolio.files.sources import read_sources
from labfolio.model.entry import Entry
from labfolio.model.front_matter import Evidence
from labfolio.parse.measure import measure

# How much of a failed command's output is shown.
_TAIL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One claim, published and run again. `again` is None where the run gave nothing to judge."""

    published: Judged
    again: Judged | None

    @property
    def holds(self) -> bool:
        """Whether the verdict is the same."""
        return self.again is not None and self.again.judgement.outcome == self.published.judgement.outcome

    @property
    def difference(self) -> float:
        """How far the measured value moved; NaN where there is none to compare."""
        if self.again is None:
            return math.nan
        return self.again.judgement.spread.value - self.published.judgement.spread.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One entry, run again. `problem` says why there is nothing to compare, empty where there is."""

    entry: Entry
    comparisons: tuple[Comparison, ...] = ()
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether every claim has its verdict again."""
        return not self.problem and all(one.holds for one in self.comparisons)


def candidates(result: Result) -> tuple[Entry, ...]:
    """The published entries that can be run again: those with a command and at least one measured claim."""
    found = []
    for entry in result.edition.portfolio.entries:
        measured = any(one.values for one in result.edition.claims.get(entry.path, ()))
        if isinstance(entry.front, Evidence) and entry.front.command and measured:
            found.append(entry)
    return tuple(found)


def verify(folder: SiteFolder, result: Result, entry: Entry, timeout: float) -> Verification:
    """Runs the entry's command in a copy of the sources in which its result files are missing, and judges again."""
    front, claims = entry.front, result.edition.claims[entry.path]
    assert isinstance(front, Evidence)
    tree = read_sources(folder.root, folder.settings.docs_dir)
    made = {path for one in claims for path in one.paths}
    with tempfile.TemporaryDirectory(prefix="labfolio-verify-") as scratch:
        root = Path(scratch)
        for path in sorted(tree.files - made):
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder.root / path, target)
        problem = _run(shlex.split(front.command or ""), root / Path(entry.path).parent, timeout)
        if problem:
            return Verification(entry=entry, problem=problem)
        again = read_sources(root, folder.settings.docs_dir)
        findings, _, diagnostics = measure([entry], again)
    defaults = result.edition.portfolio.program.verdict
    repeated = judged(findings[entry.path].claims, front.seeds, defaults)
    comparisons = tuple(
        Comparison(published=old, again=new if new.values or not old.values else None)
        for old, new in zip(claims, repeated, strict=True)
    )
    missing = "; ".join(dict.fromkeys(one.message for one in diagnostics if one.level == "error"))
    if missing and any(one.again is None for one in comparisons):
        return Verification(entry=entry, comparisons=comparisons, problem=missing)
    return Verification(entry=entry, comparisons=comparisons)


def _run(command: Sequence[str], folder: Path, timeout: float) -> str:
    """Runs a command quietly; why it failed with the end of what it said, or an empty text."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        return f"the command took longer than {timeout:g} seconds"
    except OSError as error:
        return f"{command[0]} cannot be run: {error.strerror}"
    if not done.returncode:
        return ""
    tail = "\n".join((done.stdout + done.stderr).strip().split("\n")[-_TAIL:])
    return f"the command ended with exit code {done.returncode}\n{tail}"


def chosen(result: Result, names: Sequence[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries that names (slugs, ids or paths) stand for, all candidates without names; and the unknown names."""
    known = candidates(result)
    if not names:
        return known, ()
    found: list[Entry] = []
    unknown: list[str] = []
    for name in names:
        match = result.edition.portfolio.named(name)
        if match is None or match not in known:
            unknown.append(name)
        elif match not in found:
            found.append(match)
    return tuple(found), tuple(unknown)
