"""Reference pages and JSON Schemas, made from the declared fields and rules; nothing here is typed twice."""

from typing import Any

from pydantic import BaseModel

from labfolio.facts.verdicts import OUTCOMES
from labfolio.markdown.fences import fenced
from labfolio.model.entry import KINDS
from labfolio.model.environment import EnvironmentFile, Hardware
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
from labfolio.model.front_matter import Common, Evidence, FreePage, Revision, SubmissionEvent
from labfolio.model.ledger import LedgerLine
from labfolio.model.log import LogLine
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
from labfolio.model.rules import RULES, standing
from labfolio.model.source import FILE_LIMIT
from labfolio.parse.result_file import READERS
from labfolio.present.families import BROUGHT, MADE
from labfolio.present.quantities import IN_PROSE
from labfolio.schema.json_schema import NAMES, json_schema

# What generated pages begin with.
NOTE = "<!-- Made by `make docs` from the declarations in scripts/labfolio; edit those. -->\n"


# What fields hold, in the order in which a reader meets it.
_RECORDS: tuple[type[BaseModel], ...] = (
    Claim,
    Ablation,
    Slice,
    Tradeoff,
    Directions,
    Baseline,
    Cost,
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
        "reference/outputs.md": _outputs(),
        "reference/results.md": _results(),
    }
    return files | {f"schema/{name}.json": json_schema(name) for name in NAMES}


def _fields() -> str:
    """All kinds: the common fields, then what each kind adds, then the records they hold."""
    told = "What `measured` and `environment` hold: [result files](results.md).\n"
    parts = [NOTE, "# Front matter\n", _doc(Common), told, _table(Common)]
    parts += ["## Builds and reproductions\n", _doc(Evidence), _table(Evidence, beside=Common)]
    for kind in KINDS:
        own = _table(kind.declared, beside=Evidence if issubclass(kind.declared, Evidence) else Common)
        parts += [f"## {kind.noun.capitalize()}\n", f"{_place(kind)}\n", _doc(kind.declared), own]
    for record in _RECORDS:
        parts += [f"## {_title(record)}\n", _doc(record), _table(record)]
    return "\n".join(part for part in parts if part)


def _program() -> str:
    parts = [NOTE, "# content/program.yml\n", _doc(Program), _table(Program)]
    for record in (Pillar, Targets, MilestonePlan, Standard, Pause, Author, VerdictDefaults):
        parts += [f"## {_title(record)}\n", _doc(record), _table(record)]
    return "\n".join(parts)


def _rules() -> str:
    parts = [
        NOTE,
        "# Rules\n",
        "What labfolio reports, why, and how to mend it. An error stops a build; a warning does under `--strict`.\n",
    ]
    for rule in RULES.values():
        parts.append(
            f"## {rule.name}\n\n*{rule.level.value}* · {rule.what} {rule.why}\n\n"
            f"{fenced(rule.example)}\n\n{rule.fix}\n\n{' '.join(standing(rule))}\n"
        )
    return "\n".join(parts)


def _verdicts() -> str:
    parts = [
        NOTE,
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
    """What prose may ask for."""
    parts = [NOTE, "# Numbers in prose\n", "`{{ r.<claim>.<name> }}` prints a number of the entry's own claims;"]
    parts += [
        "`{{ r.<slug>/<claim>.<name> }}` one of another entry's. Neither can be typed wrong without being told.\n"
    ]
    parts += ["| name | what it prints |", "|---|---|"]
    parts += [f"| `{name}` | {doc} |" for name, (doc, _) in IN_PROSE.items()]
    parts += ["| `verdict` | the verdict in a word |"]
    return "\n".join([*parts, ""])


def _outputs() -> str:
    """Every file of a site, under the headings of their table."""
    parts = [
        NOTE,
        "# What a site holds\n",
        "`<kind>` is one of " + ", ".join(f"`{kind.section}`" for kind in KINDS) + "; an address that ends in a slash"
        " is the file `index.html` there. A field is added within a version of a schema; one that goes or changes its"
        " meaning raises the version.\n",
    ]
    for heading, families in {**MADE, "What you bring": BROUGHT}.items():
        parts += [f"## {heading}\n", "| address | what it is | for | schema |", "|---|---|---|---|"]
        parts += [f"| `{one.address}` | {one.holds} | {one.reader} | {_schema_link(one.schema)} |" for one in families]
        parts.append("")
    return "\n".join(parts)


def _schema_link(name: str) -> str:
    return f"[{name}](../schema/{name}.json)" if name else ""


def _results() -> str:
    """The files that numbers come from, and what selects from them."""
    parts = [
        NOTE,
        "# Result files\n",
        "They lie beside the entry and are read as they are; `*` in a name takes all that fit. Files over"
        f" {FILE_LIMIT // 1024 // 1024} MiB are refused.\n",
        "| file | how it is read |\n|---|---|",
        *(f"| {f'`{suffix}`' if suffix else 'no suffix'} | {doc} |" for suffix, doc in READERS.items()),
        "",
    ]
    for record in (Selector, Subtrahend, Exclusion):
        parts += [f"## {_title(record)}\n", _doc(record), _table(record)]
    parts += ["# Environment\n", "What `labfolio capture` writes as JSON ([schema](../schema/environment.json)).\n"]
    parts += [_doc(EnvironmentFile), _table(EnvironmentFile), "## Hardware\n", _doc(Hardware), _table(Hardware)]
    parts += ["# content/log.csv\n", _doc(LogLine), _table(LogLine)]
    parts += ["# content/permalinks.yml\n", _doc(LedgerLine), _table(LedgerLine)]
    return "\n".join(parts)


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
        rows.append(f"| `{field.alias or name}` | {default} | {cell(field.description or '')} | {cell(example)} |")
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


def cell(text: str) -> str:
    """A text in a cell of a Markdown table."""
    return text.replace("|", "\\|")
