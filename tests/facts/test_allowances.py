"""A warning can be allowed for a file, with a reason, and is told of all the same."""

import json
from collections.abc import Mapping
from dataclasses import replace

from labfolio.build import Result, build
from labfolio.model.diagnostic import has_errors
from labfolio.model.source import Refused
from labfolio.present.cards import leave_out
from labfolio.present.report import as_json, closing, concise
from tests.conftest import SMALL, TODAY
from tests.site import build_files, entry, settings, small_files, source_tree, theme

PAGE = "builds/x/index.md"
REASON = "the archive is offline until spring"
ALLOW = f"{{dead-link: {REASON}}}"
PROGRAM = (SMALL / "content" / "program.yml").read_text()


def built(files: Mapping[str, bytes]) -> Result:
    """The small site without its own warnings, and some files."""
    return build_files({**small_files(), "content/contract.md": b"# The contract\n", **files})


def said(result: Result) -> list[str]:
    return [concise(one) for one in result.diagnostics]


def allowed(result: Result) -> list[tuple[str, str, str]]:
    return [(one.diagnostic.path, one.diagnostic.rule, one.reason) for one in result.allowed]


def test_an_allowed_warning_does_not_count_and_is_told() -> None:
    result = built({PAGE: entry("[y](y.md) and [z](z.md)", allow=ALLOW)})
    assert said(result) == []
    assert not has_errors(result.diagnostics, strict=True)
    assert allowed(result) == [(PAGE, "dead-link", REASON)] * 2
    assert closing((), (), result.allowed).startswith(f"allowed: {PAGE}: dead-link: {REASON}\n")
    found = json.loads(as_json((), (), result.allowed))["allowed"]
    assert [(one["path"], one["line"], one["rule"], one["reason"]) for one in found] == [
        (PAGE, 6, "dead-link", REASON),
        (PAGE, 6, "dead-link", REASON),
    ]


def test_it_holds_for_its_rule_and_its_file_alone() -> None:
    other = "builds/y/index.md"
    result = built({PAGE: entry("[y](y.md)\n\n# Again", allow=ALLOW), other: entry("[y](y.md)")})
    assert [(one.path, one.rule) for one in result.diagnostics] == [(PAGE, "second-title"), (other, "dead-link")]


def test_an_entry_in_a_folder_covers_the_files_beside_it() -> None:
    files = {**small_files(), PAGE: entry(allow="{refused-file: kept for my own use}")}
    links = tuple(Refused(path=path, reason="it is a symbolic link") for path in ("builds/x/a.png", "builds/y/a.png"))
    result = build(replace(source_tree(files), refused=links), settings(), theme(), TODAY, leave_out)
    assert allowed(result) == [("builds/x/a.png", "refused-file", "kept for my own use")]
    assert [one.path for one in result.diagnostics if one.rule == "refused-file"] == ["builds/y/a.png"]


def test_pages_of_the_author_have_it_too() -> None:
    result = built({"content/p.md": f"---\nallow: {ALLOW}\n---\n[y](y.md)\n".encode()})
    assert (said(result), allowed(result)) == ([], [("content/p.md", "dead-link", REASON)])


def test_the_programme_allows_for_the_files_beside_it() -> None:
    program = f"{PROGRAM}allow:\n  outside-programme: kept from before\n".encode()
    log = b"date,hours\n2020-01-01,1\n"
    result = built({"content/program.yml": program, "content/log.csv": log})
    assert (said(result), allowed(result)) == ([], [("content/log.csv", "outside-programme", "kept from before")])


def test_one_that_allows_nothing_is_told_at_its_name() -> None:
    result = built({PAGE: entry(allow=ALLOW)})
    assert said(result) == [
        f"{PAGE}:4:9: warning[unused-allowance]: allow: nothing in builds/x/ breaks 'dead-link'",
    ]


def test_nothing_is_judged_unused_where_not_everything_was_looked_at() -> None:
    assert said(built({PAGE: entry(allow=ALLOW, draft="yes")})) == []
    faulty = built({PAGE: entry(allow=ALLOW), "builds/y.md": entry(staus="shipped")})
    assert [one.rule for one in faulty.diagnostics] == ["unknown-key"]


def test_every_rule_that_is_refused_is_told_at_its_own_place() -> None:
    allow = "\n  unknown-key: a\n  falling-counter: b\n  unused-allowance: c\n  dead-links: d\n  dead-link: e"
    assert said(built({PAGE: entry("[y](y.md)", allow=allow)})) == [
        f"{PAGE}:5:3: error[invalid-value]: allow.unknown-key: 'unknown-key' is an error, which cannot be allowed",
        f"{PAGE}:6:3: error[invalid-value]: allow.falling-counter: 'falling-counter' is a note,"
        " which needs no allowance",
        f"{PAGE}:7:3: error[invalid-value]: allow.unused-allowance: 'unused-allowance' cannot be allowed",
        f"{PAGE}:8:3: error[invalid-value]: allow.dead-links: 'dead-links' is no rule; did you mean 'dead-link'?",
    ]
