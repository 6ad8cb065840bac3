"""JSON Schemas of what authors write and of what labfolio publishes, from the declared fields."""

import json
from typing import Any

from pydantic import BaseModel, TypeAdapter

from labfolio.model.entry import KINDS
from labfolio.model.environment import EnvironmentFile
from labfolio.model.evidence_file import EvidenceFile
from labfolio.model.front_matter import FreePage
from labfolio.model.ledger import LedgerLine
from labfolio.model.lineage_file import LineageFile
from labfolio.model.portfolio_file import PapersFile, PortfolioFile
from labfolio.model.program import Program
from labfolio.model.progress_file import ProgressFile
from labfolio.model.resume_file import ResumeFile

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

# What an author writes: front matter by kind, a page's own, and the YAML files of content/.
_WRITTEN: dict[str, type[BaseModel]] = {
    **{kind.name: kind.declared for kind in KINDS},
    "page": FreePage,
    "program": Program,
}
# What is published or written for programs to read.
_PUBLISHED: dict[str, type[BaseModel]] = {
    "environment": EnvironmentFile,
    "evidence": EvidenceFile,
    "lineage": LineageFile,
    "papers": PapersFile,
    "portfolio": PortfolioFile,
    "progress": ProgressFile,
    "resume": ResumeFile,
}
NAMES = (*_WRITTEN, "permalinks", *_PUBLISHED)


def json_schema(name: str) -> str:
    """The schema of one of NAMES as a JSON document. Raises KeyError."""
    if name == "permalinks":
        found = _lenient(TypeAdapter(tuple[LedgerLine, ...]).json_schema(by_alias=True))
    elif name in _WRITTEN:
        found = _lenient(_WRITTEN[name].model_json_schema(by_alias=True))
    else:
        found = _PUBLISHED[name].model_json_schema(by_alias=True)
    return json.dumps({"$schema": _DRAFT, **found}, indent=2, ensure_ascii=False, default=str) + "\n"


def _lenient(schema: Any) -> Any:
    """The schema as editors need it: they read `title: 2048` as a number, labfolio reads every value as text."""
    if isinstance(schema, list):
        return [_lenient(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _lenient(one) for name, one in schema.items()}
    if made.get("type") == "string" and not {"enum", "const", "format"} & made.keys():
        made["type"] = ["string", "number", "boolean"]
    return made
