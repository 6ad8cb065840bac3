"""mkdocs.yml as the core reads it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig

from labfolio.parse.settings import KNOWN, read_settings
from tests.fuzz.readers import told
from tests.strategies import VALUES


def test_env_tags_are_answered_by_the_environment() -> None:
    text = 'site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]\n'
    assert read_settings("mkdocs.yml", text, {})[0].site_url == "http://127.0.0.1:8000/"
    assert read_settings("mkdocs.yml", text, {"SITE_URL": "https://a.example/b"})[0].site_url == "https://a.example/b/"
    assert read_settings("mkdocs.yml", text, {"SITE_URL": "https://a.example/b"})[0].base_path == "/b/"


def test_python_names_are_kept_as_names() -> None:
    text = (
        "markdown_extensions:\n  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n  - toc: {permalink: true}\n"
    )
    settings, found = read_settings("mkdocs.yml", text, {})
    assert not found
    assert settings.extensions == ("pymdownx.emoji", "toc")
    assert settings.extension_configs["pymdownx.emoji"]["emoji_index"].name == "material.extensions.emoji.twemoji"


def test_python_objects_are_not_made() -> None:
    _, found = read_settings("mkdocs.yml", "site_name: !!python/object/apply:os.system [ls]\n", {})
    assert [one.rule for one in found] == ["invalid-yaml"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\nb: 0x_\n", 2, 4, "'0x_' cannot be read as !!int"),
        ("a: 2026-13-40\n", 1, 4, "'2026-13-40' cannot be read as !!timestamp"),
        ("a:\n  - {id: 1, b,!!int : 30}\n", 2, 15, "'' cannot be read as !!int"),
        ("a:\n  - {id: 1, b,!!bool x: 30}\n", 2, 15, "'x' cannot be read as !!bool"),
        ("a:\n  - {id: 1, !!float : 30}\n", 2, 13, "'' cannot be read as !!float"),
        ("a:\n  - {id: 1, b: !!timestamp x}\n", 2, 16, "'x' cannot be read as !!timestamp"),
        # The reader also ends a line at U+0085, which no file and no editor does.
        ("a: 'b'#\x85\x85c:\t1\n", 1, 12, "a tab stands where YAML wants a space"),
        ("a: 1\nb:\t1\n", 2, 3, "a tab stands where YAML wants a space"),
    ],
)
def test_what_the_loader_refuses_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    _, found = read_settings("mkdocs.yml", text, {})
    assert [(one.rule, one.position.line, one.position.column, one.message) for one in found] == [
        ("invalid-yaml", line, column, message)
    ]


def test_navigation_is_flat() -> None:
    settings, _ = read_settings("mkdocs.yml", "nav:\n  - Builds: builds/\n  - More:\n    - about.md\n", {})
    assert [(item.title, item.target) for item in settings.nav] == [("Builds", "builds/"), ("", "about.md")]


def test_an_address_without_scheme_is_named() -> None:
    _, found = read_settings("mkdocs.yml", "site_name: x\nsite_url: a.example\n", {})
    assert [(one.position.line, one.message) for one in found] == [(2, "site_url: 'a.example' has no scheme")]


def test_all_settings_of_mkdocs_are_known() -> None:
    assert {name for name, _ in MkDocsConfig._schema} == set(KNOWN) - {"INHERIT"}


@given(st.dictionaries(st.sampled_from([*KNOWN, "site_nmae", "plugin"]), VALUES, max_size=5))
def test_any_value_of_any_setting_is_read_or_told(value: dict[str, object]) -> None:
    text = "".join(f"{name}: {json.dumps(one)}\n" for name, one in value.items()) or "{}"
    settings, found = read_settings("mkdocs.yml", text, {})
    told(found, text.count("\n") + 1)
    assert settings.site_url.endswith("/")
    assert not settings.docs_dir.endswith("/")
