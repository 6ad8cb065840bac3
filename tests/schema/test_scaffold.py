"""What new entries and sites begin with: whole, without a fault, and nothing of it that an author did not ask for."""

import re
from datetime import date

import pytest

from labfolio.build import Result, build
from labfolio.files.scaffold import packaged_scaffold
from labfolio.model.entry import KINDS, Kind
from labfolio.model.section import SECTIONS
from labfolio.parse.settings import read_settings
from labfolio.present.cards import leave_out
from labfolio.schema.scaffold import (
    NewEntry,
    NewSite,
    entry_path,
    entry_text,
    is_example,
    next_id,
    site_files,
    slug_of,
)
from tests.conftest import TODAY
from tests.site import build_files, small_files, source_tree, theme

PILLARS = ("swe", "re", "ml", "ds")


def site(**changes: str) -> NewSite:
    given = {
        "site_name": "Ada Park",
        "author": "Ada Park",
        "statement": "Ada Park builds, reproduces and measures.",
        "site_url": "",
        "repo_url": "",
        "timezone": "UTC",
        "version": "0.1.0",
        **changes,
    }
    return NewSite(start=TODAY, **given)


def built(files: dict[str, bytes]) -> Result:
    settings, found = read_settings("mkdocs.yml", files["mkdocs.yml"].decode(), {})
    assert not found
    sources = {path: data for path, data in files.items() if path.startswith(("content/", "builds/"))}
    return build(source_tree(sources), settings, theme(), TODAY, leave_out)


def begun(kind: Kind, **changes: object) -> NewEntry:
    given = {"slug": "a-thing", "title": "A thing", "id": f"{kind.letter}07", "date": date(2026, 3, 3), **changes}
    return NewEntry(kind=kind, **given)  # type: ignore[arg-type] # the fields differ in type


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_entry_is_published_without_a_fault(kind: Kind) -> None:
    path = entry_path(kind, "a-thing", "content")
    text = entry_text(begun(kind), PILLARS)
    result = build_files({**small_files(), path: text.encode()})
    assert not [one for one in result.diagnostics if one.path == path]
    page = next(
        output.content.decode() for output in result.outputs if output.path == f"{kind.section}/a-thing/index.html"
    )
    for section in SECTIONS[kind.name]:
        assert f'id="{section.id}"' in page
        assert section.asks not in page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_fields_that_are_offered_are_fields(kind: Kind) -> None:
    """Each line of the front matter that is a comment is a field once its sign is gone."""
    text = entry_text(begun(kind), PILLARS)
    matter, _, body = text[4:].partition("---\n")
    open_fields = "\n".join(line.removeprefix("# ") for line in matter.splitlines())
    path = entry_path(kind, "a-thing", "content")
    text = f"---\n{open_fields}\n---\n{body}".replace(
        "a key of papers.bib, for authors, year and venue", "rahimi2007random"
    )
    said = [one.message for one in build_files({**small_files(), path: text.encode()}).diagnostics if one.path == path]
    # The result file of the offered claim is still to be written.
    assert all("results/error.csv" in one for one in said), said


def test_what_is_known_stands_in_the_fields() -> None:
    kind = KINDS[1]
    new = begun(kind, title='Say "no": a test', pillar="re", papers=("k",), based_on=("b",), tags=("x", "y z"))
    head = entry_text(new, PILLARS).split("\n# ")[0]
    assert head == (
        "---\n"
        "title: 'Say \"no\": a test'\n"
        "date: 2026-03-03\n"
        "id: R07\n"
        "status: building  # shipped once its claims are judged; only then does it count\n"
        "pillar: re\n"
        "paper: k\n"
        "based_on: [b]\n"
        "tags: [x, y z]"
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Tiled attention", "tiled-attention"),
        ("What's in a “name”?", "whats-in-a-name"),
        ("Überraschung: 2 × 2", "uberraschung-2-2"),
        ("日本語", ""),
        ("x" * 80, "x" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_titles_become_addresses(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_an_id_is_never_given_twice() -> None:
    build, *_, submission = KINDS
    assert next_id(build, []) == "B01"
    assert next_id(build, ["B01", "B07", "R90"]) == "B08"
    assert next_id(build, ["B99"]) == "B100"
    assert next_id(submission, ["B99"]) == "S01"


def test_a_new_site_is_published_without_a_fault_and_without_its_examples() -> None:
    files = site_files(packaged_scaffold(), site(), examples=True)
    result = built(files)
    assert not result.diagnostics
    assert sum(one.reason == "it is a draft" for one in result.left_out) == 5
    assert not [
        output.path for output in result.outputs if b"Welford" in output.content and output.path != "papers.json"
    ]
    assert not [path for path, data in files.items() if re.search(rb"@[a-z_]+@", data)]


def test_the_examples_are_sound_when_they_are_published() -> None:
    files = site_files(packaged_scaffold(), site(), examples=True)
    published = {path: data.replace(b"draft: yes\n", b"") for path, data in files.items()}
    result = built(published)
    assert not result.diagnostics
    verdicts = {entry.slug: [one.judgement.outcome for one in result.edition.claims[entry.path]]
                for entry in result.edition.portfolio.entries if entry.path in result.edition.claims}  # fmt: skip
    assert verdicts == {
        "example-running-variance": ["reproduced"],
        "example-birthdays": ["reproduced", "reproduced"],
    }


def test_a_bare_site_has_no_example_in_it() -> None:
    files = site_files(packaged_scaffold(), site(), examples=False)
    assert not [path for path in files if is_example(path)]
    assert b"welford" not in files["content/papers.bib"]
    assert not built(files).diagnostics


@pytest.mark.parametrize("name", ['O\'Brien: "x" #1', "- a list", "yes", "@version@", "日本語", "{a: b}", "x\\n"])
def test_any_name_can_be_an_authors(name: str) -> None:
    files = site_files(packaged_scaffold(), site(author=name, site_name=name, statement=name), examples=False)
    result = built(files)
    assert not result.diagnostics
    program = result.edition.portfolio.program
    assert program.author is not None
    assert program.author.name == name
    assert result.edition.settings.site_name == name
