"""Reference pages and JSON Schemas, made from the declared fields and rules; nothing here is typed twice."""

import json
from typing import Any

from pydantic import BaseModel

from labfolio.facts.verdicts import OUTCOMES
from labfolio.model.entry import KINDS
from labfolio.model.environment import Environment, EnvironmentFile, Hardware
from labfolio.model.evidence import (
    Ablation,
    Baseline,
    Claim,
    Cost,
    DecisionRecord,
    Directions,
    Exclusion,
    MismatchRecord,
    Selector,
    Slice,
    Subtrahend,
    Tradeoff,
)
from labfolio.model.evidence_file import EvidenceFile
from labfolio.model.front_matter import Common, Evidence, FreePage, Revision, SubmissionEvent
from labfolio.model.ledger import LedgerLine
from labfolio.model.log import LogLine
from labfolio.model.portfolio_file import PapersFile, PortfolioFile
from labfolio.model.program import (
    Author,
    MilestonePlan,
    Pause,
    Pillar,
    Program,
    Standard,
    Targets,
    VerdictDefaults,
)
from labfolio.model.progress_file import ProgressFile
from labfolio.model.resume_file import ResumeFile
from labfolio.model.rules import RULES, standing
from labfolio.parse.result_file import READERS
from labfolio.present.quantities import IN_PROSE

_NOTE = "<!-- Made by `make docs` from the declarations in scripts/labfolio/model; edit those. -->\n"


# What fields hold, in the order in which a reader meets it.
_RECORDS: tuple[type[BaseModel], ...] = (
    Claim,
    Selector,
    Subtrahend,
    Exclusion,
    Ablation,
    Slice,
    Tradeoff,
    Directions,
    Baseline,
    Cost,
    Environment,
    Hardware,
    DecisionRecord,
    MismatchRecord,
    SubmissionEvent,
    Revision,
    FreePage,
)


def reference_files() -> dict[str, str]:
    """Every generated file below `docs/`, by its path there."""
    files = {
        "reference/fields.md": _fields(),
        "reference/program.md": _program(),
        "reference/rules.md": _rules(),
        "reference/verdicts.md": _verdicts(),
        "reference/values.md": _values(),
        "schema/program.json": _schema(Program),
        "schema/progress.json": _schema(ProgressFile),
        "schema/portfolio.json": _schema(PortfolioFile),
        "schema/papers.json": _schema(PapersFile),
        "schema/resume.json": _schema(ResumeFile),
        "schema/environment.json": _schema(EnvironmentFile),
        "schema/evidence.json": _schema(EvidenceFile),
    }
    return files | {f"schema/{kind.name}.json": _schema(kind.declared) for kind in KINDS}


def _fields() -> str:
    """All kinds: the common fields, then what each kind adds, then the records they hold."""
    parts = [_NOTE, "# Front matter\n", _doc(Common), _table(Common)]
    parts += ["## Builds and reproductions\n", _doc(Evidence), _table(Evidence, beside=Common)]
    for kind in KINDS:
        own = _table(kind.declared, beside=Evidence if issubclass(kind.declared, Evidence) else Common)
        parts += [f"## {kind.noun.capitalize()}\n", f"{_place(kind)}\n", _doc(kind.declared), own]
    for record in _RECORDS:
        parts += [f"## {_title(record)}\n", _doc(record), _table(record)]
    return "\n".join(part for part in parts if part)


def _program() -> str:
    parts = [_NOTE, "# content/program.yml\n", _doc(Program), _table(Program)]
    for record in (Pillar, Targets, MilestonePlan, Standard, Pause, Author, VerdictDefaults):
        parts += [f"## {_title(record)}\n", _doc(record), _table(record)]
    parts += ["# content/log.csv\n", _doc(LogLine), _table(LogLine)]
    parts += ["# content/permalinks.yml\n", _doc(LedgerLine), _table(LedgerLine)]
    return "\n".join(parts)


def _rules() -> str:
    parts = [
        _NOTE,
        "# Rules\n",
        "What labfolio reports, why, and how to mend it. An error stops a build; a warning does under `--strict`.\n",
    ]
    for rule in RULES.values():
        parts.append(
            f"## {rule.name}\n\n*{rule.level.value}* · {rule.what} {rule.why}\n\n"
            f"```\n{rule.example}\n```\n\n{rule.fix}\n\n{' '.join(standing(rule))}\n"
        )
    return "\n".join(parts)


def _verdicts() -> str:
    parts = [
        _NOTE,
        "# The verdict rule\n",
        "For each claim the interval of measured minus reported is held against the tolerance, and the first row that"
        " applies decides. The interval is Student's, at 95% unless program.yml says otherwise, with the degrees of"
        " freedom of Welch and Satterthwaite where the paper gives a standard deviation and a number of runs.\n",
        "| row | when | verdict |\n|--:|---|---|",
        *(f"| {row.number} | {row.when} | {row.outcome or 'an error that stops the build'} |" for row in OUTCOMES),
        "",
    ]
    return "\n".join(parts)


def _values() -> str:
    """What prose may ask for, and which files are read."""
    parts = [_NOTE, "# Numbers in prose\n", "`{{ r.<claim>.<name> }}` prints a number of the entry's own claims;"]
    parts += [
        "`{{ r.<slug>/<claim>.<name> }}` one of another entry's. Neither can be typed wrong without being told.\n"
    ]
    parts += ["| name | what it prints |", "|---|---|"]
    parts += [f"| `{name}` | {doc} |" for name, (doc, _) in IN_PROSE.items()]
    parts += ["| `verdict` | the verdict in a word |", "", "# Result files\n", "| file | how it is read |", "|---|---|"]
    parts += [f"| {f'`{suffix}`' if suffix else 'no suffix'} | {doc} |" for suffix, doc in READERS.items()]
    return "\n".join([*parts, ""])


def _place(kind: Any) -> str:
    folder = kind.folder if kind.in_root else f"content/{kind.folder}"
    return f"Written as `{folder}/<slug>.md` or `{folder}/<slug>/index.md`, published at `/{kind.section}/<slug>/`."


def _title(record: type[BaseModel]) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in record.__name__).strip()
    return words.capitalize()


def _doc(record: type[BaseModel]) -> str:
    return " ".join((record.__doc__ or "").split()) + "\n"


def _table(record: type[BaseModel], beside: type[BaseModel] | None = None) -> str:
    """Name, default, meaning and example of a record's own fields; those of `beside` are left out."""
    known = set(beside.model_fields) if beside else set()
    fields = {name: field for name, field in record.model_fields.items() if name not in known}
    if not fields:
        return ""
    rows = ["| field | default | meaning | example |", "|---|---|---|---|"]
    for name, field in fields.items():
        default = "required" if field.is_required() else _shown(field.get_default(call_default_factory=True))
        example = f"`{_yaml(field.examples[0])}`" if field.examples and field.examples[0] is not None else ""
        rows.append(f"| `{field.alias or name}` | {default} | {_cell(field.description or '')} | {_cell(example)} |")
    return "\n".join(rows) + "\n"


def _shown(value: Any) -> str:
    if value is None or value in ((), {}, ""):
        return ""
    if isinstance(value, BaseModel):
        return "see below" if type(value).model_fields else ""
    return f"`{_yaml(value)}`"


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_yaml(item) for item in value if item is not None) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _schema(record: type[BaseModel]) -> str:
    return json.dumps(record.model_json_schema(by_alias=True), indent=2, ensure_ascii=False, default=str) + "\n"
