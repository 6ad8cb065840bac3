"""The schemas that editors check against accept whatever labfolio accepts, as an editor reads it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from labfolio.parse.front_matter import split
from labfolio.parse.tree import locate
from labfolio.schema.editor import editor_files
from labfolio.schema.json_schema import NAMES, json_schema
from tests.conftest import ROOT, SMALL


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema, which editors read: no dates, and `yes` is a word."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def written() -> Iterator[tuple[str, Path, Any]]:
    """Every front matter and YAML file of the demo and the small site: the schema's name, the file and its value."""
    for root in (ROOT, SMALL):
        for path in sorted([*root.glob("content/**/*.md"), *root.glob("builds/**/*.md")]):
            matter = split(path.read_text())[0]
            place = locate(path.relative_to(root).as_posix(), "content")
            if matter is not None:
                yield place[0].name if place else "page", path, yaml.load(matter, CoreLoader)
        yield "program", root, yaml.load((root / "content/program.yml").read_text(), CoreLoader)
    yield "permalinks", ROOT, yaml.load((ROOT / "content/permalinks.yml").read_text(), CoreLoader)


@pytest.mark.parametrize(
    ("name", "path", "value"), [pytest.param(*one, id=f"{one[1].name}-{n}") for n, one in enumerate(written())]
)
def test_what_labfolio_accepts_an_editor_accepts(name: str, path: Path, value: Any) -> None:
    found = list(Draft202012Validator(json.loads(json_schema(name))).iter_errors(value))
    assert not [f"{'/'.join(map(str, one.path))}: {one.message}" for one in found], path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("build", {"title": "X", "date": "2026-03-03", "staus": "shipped"}),
        ("build", {"title": "X", "date": "2026-03-03", "status": "done"}),
        ("build", {"date": "2026-03-03"}),
        ("build", {"title": "X", "date": "2026-03-03", "draft": "perhaps"}),
        ("paper", {"title": "X", "date": "2026-03-03", "novelty": ["size"]}),
        ("program", {"days": "many"}),
        ("program", {"pillars": [{"id": "a", "name": "A", "share": "most"}]}),
        ("permalinks", [{"url": "a/", "kind": "build", "first": "2026-03-03", "state": "lost"}]),
    ],
)
def test_what_labfolio_refuses_an_editor_marks(name: str, value: Any) -> None:
    assert not Draft202012Validator(json.loads(json_schema(name))).is_valid(value)


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_says_which_draft_it_is(name: str) -> None:
    schema = json.loads(json_schema(name))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_front_matter_cms_has_a_form_for_every_kind() -> None:
    settings = json.loads(editor_files()["frontmatter.json"])
    types = {one["name"]: one["fields"] for one in settings["frontMatter.taxonomy.contentTypes"]}
    assert {one["contentTypes"][0] for one in settings["frontMatter.content.pageFolders"]} == set(types)
    known = {"string", "number", "boolean", "datetime", "choice", "tags", "draft", "list"}
    for fields in types.values():
        by_name = {field["name"]: field for field in fields}
        assert by_name["title"]["required"]
        assert by_name["date"]["type"] == "datetime"
        assert by_name["status"]["choices"] == ["planned", "building", "shipped", "abandoned"]
        assert {field["type"] for field in fields} <= known
    assert next(field for field in types["paper"] if field["name"] == "novelty")["multiple"]
