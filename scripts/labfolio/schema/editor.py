"""What editors read: JSON Schemas of the YAML files, and the content types of the extension Front Matter CMS."""

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from labfolio.model.entry import KINDS, Kind
from labfolio.schema.json_schema import json_schema

# Beside the record of what was made; the first line of program.yml names one of them.
SCHEMAS = ".labfolio/schema"
# Fields that are records of their own have no form to be filled in; they are written as YAML.
_TYPES = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}


def editor_files() -> dict[str, bytes]:
    """The files of a site that editors read, by path; they depend on labfolio alone."""
    files = {f"{SCHEMAS}/{name}.json": json_schema(name).encode() for name in ("program", "permalinks")}
    return files | {"frontmatter.json": _front_matter_cms().encode()}


def _front_matter_cms() -> str:
    """The settings of Front Matter CMS: a content type a kind, by the folder that its files lie in."""
    folders = [
        {
            "title": kind.plural,
            "path": f"[[workspace]]/{kind.folder if kind.in_root else f'content/{kind.folder}'}",
            "contentTypes": [kind.name],
        }
        for kind in KINDS
    ]
    settings = {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.content.autoUpdateDate": False,
        "frontMatter.content.draftField": {"name": "draft", "type": "boolean"},
        "frontMatter.content.pageFolders": folders,
        "frontMatter.taxonomy.contentTypes": [_content_type(kind) for kind in KINDS],
    }
    return json.dumps(settings, indent=2, ensure_ascii=False) + "\n"


def _content_type(kind: Kind) -> dict[str, Any]:
    written = kind.declared.model_json_schema(by_alias=True)["properties"]
    fields = [_field(name, one, written[one.alias or name]) for name, one in kind.declared.model_fields.items()]
    return {"name": kind.name, "pageBundle": kind.in_root, "fields": [field for field in fields if field]}


def _field(name: str, declared: FieldInfo, schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """One field of a form, by its JSON Schema; None where only YAML can hold it."""
    title = name.replace("_", " ").capitalize()
    made: dict[str, Any] = {"title": title, "name": declared.alias or name, "description": declared.description or ""}
    if declared.is_required():
        made["required"] = True
    words, several = _words(declared.annotation)
    if words:
        return made | {"type": "choice", "choices": list(words)} | ({"multiple": True} if several else {})
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    kinds = {one.get("type") for one in options}
    if any(one.get("format") == "date" for one in options):
        return made | {"type": "datetime"}
    if name in ("tags", "draft"):
        return made | {"type": name}
    if "array" in kinds:
        plain = all(one.get("items", {}).get("type") == "string" for one in options if one.get("type") == "array")
        return made | {"type": "list"} if plain else None
    shown = next((_TYPES[one] for one in ("boolean", "number", "integer", "string") if one in kinds), None)
    return made | {"type": shown} if shown else None


def _words(annotation: Any) -> tuple[tuple[str, ...], bool]:
    """The allowed words of a field, and whether it takes several of them."""
    if get_origin(annotation) is Literal:
        return get_args(annotation), False
    several = get_origin(annotation) is tuple
    found = [one for argument in get_args(annotation) for one in _words(argument)[0]]
    return tuple(found), several
