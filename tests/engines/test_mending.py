"""`--fix`: what is certain and nothing else, byte for byte, whole files, no links followed."""

import os
import subprocess
from collections.abc import Container
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from labfolio.engines.mending import Mended, mend, write_mended
from labfolio.engines.site_folder import open_folder
from labfolio.engines.site_folder import run as run_site
from labfolio.files.destinations import DestinationError
from labfolio.model.diagnostic import Diagnostic, Level
from labfolio.model.rules import RULES
from tests.conftest import run, sources
from tests.slips import slips
from tests.strategies import in_ci

TODAY = "2026-11-20"
FRONT_MATTER = ("duplicate-key", "unknown-key", "misspelt-key", "missing-field", "invalid-value")
PAGE = "builds/x/index.md"
FAULTY = "---\ntitle: Build 0: x\ndate: 2026/03/03\nstaus: done\n---\nText.  \n"
SOUND = '---\ntitle: "Build 0: x"\ndate: 2026-03-03\nstatus: shipped\n---\nText.  \n'


def put(site: Path, data: bytes, path: str = PAGE) -> Path:
    """A file of a site."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(data)
    return site / path


def mended(site: Path) -> Mended:
    """The site mended and written."""
    result = mend(site / "mkdocs.yml", {}, TODAY)
    write_mended(site / "mkdocs.yml", result.files)
    return result


def test_what_a_mend_brings_to_light_is_mended_too(small: Path) -> None:
    put(small, FAULTY.encode())
    result = mended(small)
    assert (small / PAGE).read_text() == SOUND
    assert [(one.place, one.rule) for one in result.fixed] == [
        ("builds/x/index.md:2:8", "invalid-yaml"),
        ("builds/x/index.md:3:7", "invalid-value"),
        ("builds/x/index.md:4:1", "unknown-key"),
        ("builds/x/index.md:4:9", "invalid-value"),
    ]
    assert not any(one.path == PAGE for one in result.found.diagnostics)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_and_byte_order_mark_stay(small: Path, mark: bytes, end: str) -> None:
    file = put(small, mark + FAULTY.replace("\n", end).encode())
    mended(small)
    assert file.read_bytes() == mark + SOUND.replace("\n", end).encode()


def test_a_repeated_line_goes_with_its_line_end(small: Path) -> None:
    before = b"---\r\ntitle: X\r\ndate: 2026-03-03\r\ndate: 2026-03-03\r\n---\r\nText."
    file = put(small, before)
    mended(small)
    assert file.read_bytes() == b"---\r\ntitle: X\r\ndate: 2026-03-03\r\n---\r\nText."


def test_a_second_run_changes_nothing_and_a_sound_site_not_at_all(small: Path) -> None:
    before = sources(small)
    assert not mended(small).files
    assert sources(small) == before
    put(small, FAULTY.encode())
    mended(small)
    after = sources(small)
    assert not mended(small).fixed
    assert sources(small) == after


def test_a_link_in_code_or_in_a_comment_stays_as_it_is(small: Path) -> None:
    body = "See [a](../Sketch/index.md), [b](../Sketch/index.md).\n\n```\n[c](../Sketch/index.md)\n```\n\n"
    body += "    [d](../Sketch/index.md)\n\n`[e](../Sketch/index.md)`\n\n<!--\n[f](../Sketch/index.md)\n-->\n"
    file = put(small, f"---\ntitle: X\ndate: 2026-03-03\n---\n{body}".encode())
    mended(small)
    assert file.read_text().endswith(body.replace("Sketch", "sketch", 2))


def test_headings_in_code_are_no_titles(small: Path) -> None:
    body = "```sh\n# a comment\n```\n\n# One\n\n## Two\n\n# Three\n"
    file = put(small, f"---\ntitle: X\ndate: 2026-03-03\n---\n{body}".encode())
    mended(small)
    assert file.read_text().endswith("```sh\n# a comment\n```\n\n## One\n\n## Two\n\n## Three\n")


@pytest.mark.parametrize(
    "front",
    [
        "title: Data: x\n  goes on here",  # the text goes on in the next line
        "title: X\ndraft: ja",  # a word that is none of ours
        "title: X\nupdated: 03/04/2026",  # the third of April, or the fourth of March
        "title: X\nstatus: failed",  # an abandoned entry needs a reason
        "title: X\nstarted: 2027/01/01",  # the day would be after `date`
        "title: X\nstaus: shipped\nstatus: building",  # the right field is there already
        "title: X\nstage: reading # why\nstage: reading",  # the second says it without the comment
        "title: X\nstage: reading\nstage: reading # why",  # a comment would go with the line
        "title: X\nswe: y",  # like nothing
        "title: X\nrepository: github.com/ada/x",  # http or https
        "title: X\ntags: a, b",  # one topic or two
    ],
)
def test_what_is_not_certain_is_left_to_the_author(small: Path, front: str) -> None:
    file = put(small, f"---\n{front}\ndate: 2026-03-03\n---\nText.\n".encode())
    before = file.read_bytes()
    mended(small)
    if "stage: reading # why\n" in front:
        assert file.read_bytes() == before.replace(b"\nstage: reading\n", b"\n")
    else:
        assert file.read_bytes() == before


def test_the_settings_the_programme_and_the_log_are_mended(small: Path) -> None:
    settings = (small / "mkdocs.yml").read_text()
    put(small, settings.replace("site_name", "site_nme").encode(), "mkdocs.yml")
    put(small, b"date,huors\r\n2026/03/03,2\r\n", "content/log.csv")
    program = (small / "content" / "program.yml").read_text()
    put(small, program.replace("timezone", "timezon").encode(), "content/program.yml")
    mended(small)
    assert (small / "mkdocs.yml").read_text() == settings
    assert (small / "content" / "log.csv").read_bytes() == b"date,hours\r\n2026-03-03,2\r\n"
    assert (small / "content" / "program.yml").read_text() == program


def test_the_ledger_is_never_touched(small: Path) -> None:
    line = b"- {url: builds/gone/, knd: build, first: 2026-03-01, state: live}\n"
    file = put(small, line, "content/permalinks.yml")
    result = mended(small)
    assert file.read_bytes() == line
    assert any(one.path == "content/permalinks.yml" for one in result.found.diagnostics)


def test_a_link_is_never_followed(small: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, b"site_nme: Ada\n", "outside/mkdocs.yml")
    (small / "mkdocs.yml").unlink()
    (small / "mkdocs.yml").symlink_to(outside)
    mended(small)
    assert outside.read_bytes() == b"site_nme: Ada\n"
    assert (small / "mkdocs.yml").is_symlink()


def test_a_file_that_changed_meanwhile_is_left_alone(small: Path) -> None:
    file = put(small, FAULTY.encode())
    result = mend(small / "mkdocs.yml", {}, TODAY)
    file.write_text("the author's own")
    with pytest.raises(DestinationError, match="changed meanwhile"):
        write_mended(small / "mkdocs.yml", result.files)
    assert file.read_text() == "the author's own"


def test_rights_of_a_file_stay(small: Path) -> None:
    file = put(small, FAULTY.encode())
    file.chmod(0o640)
    mended(small)
    assert os.stat(file).st_mode & 0o777 == 0o640


def test_only_the_files_that_are_asked_for_are_mended(small: Path) -> None:
    asked, other = put(small, FAULTY.encode()), put(small, FAULTY.encode(), "builds/y.md")
    misspelt = (small / "content" / "program.yml").read_bytes().replace(b"timezone", b"timezon")
    program = put(small, misspelt, "content/program.yml")
    said = run(["labfolio", "check", "--fix", "builds/x"], small)
    assert (said.returncode, said.stdout) == (0, "")
    assert (asked.read_text(), other.read_text(), program.read_bytes()) == (SOUND, FAULTY, misspelt)


def test_what_is_allowed_in_a_file_is_named_where_only_that_file_is_asked_for(small: Path) -> None:
    allow = '---\ntitle: X\ndate: 2026-03-03\nallow: {dead-link: "offline"}\n---\n'
    put(small, f"{allow}[y](y.md)\n".encode())
    said = run(["labfolio", "check", "--strict", PAGE], small)
    assert (said.returncode, said.stdout) == (0, "")
    assert said.stderr == f"allowed: {PAGE}: dead-link: offline\n"
    put(small, allow.encode())
    assert "warning[unused-allowance]" in run(["labfolio", "check", PAGE], small).stdout


def test_a_dry_run_prints_a_patch_and_writes_nothing(small: Path) -> None:
    put(small, FAULTY.rstrip("\n").encode())
    before = sources(small)
    shown = run(["labfolio", "check", "--fix", "--dry-run"], small)
    assert (shown.returncode, sources(small)) == (1, before)
    assert shown.stdout == run(["labfolio", "check", "--diff"], small).stdout
    assert "4 would be mended" in shown.stderr
    subprocess.run(["git", "apply", "-"], cwd=small, input=shown.stdout, text=True, check=True)
    patched = sources(small)
    (small / PAGE).write_bytes(before[PAGE])
    said = run(["labfolio", "check", "--fix"], small)
    assert sources(small) == patched
    assert "fixed: builds/x/index.md:2:8: invalid-yaml\n" in said.stderr
    assert said.returncode == 0
    assert run(["labfolio", "check", "--diff"], small).stdout.startswith("content/contract.md")


@in_ci(25, suppress_health_check=list(HealthCheck))
@given(slips(), st.sampled_from(["\n", "\r\n"]))
def test_any_slip_is_mended_or_left_and_never_made_worse(small: Path, text: str, end: str) -> None:
    before = text.replace("\n", end).encode()
    file = put(small, before)
    faults = run_site(open_folder(small / "mkdocs.yml", {}), {}, TODAY, drawn=False).diagnostics
    first = mended(small)
    left, mended_rules = first.found.diagnostics, {one.rule for one in first.fixed if one.level is Level.ERROR}
    if not mended_rules:
        assert errors(left) <= errors(faults)
    # What stands behind front matter that could not be read, such as results, is first told when it can be.
    elif "invalid-yaml" not in mended_rules:
        assert errors(left, FRONT_MATTER) <= errors(faults, FRONT_MATTER)
    assert not any(one.fix for one in first.found.diagnostics)
    assert file.read_bytes() == before or first.fixed
    assert end == "\n" or file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    again = mended(small)
    assert (again.files, again.fixed) == ({}, ())


def errors(diagnostics: tuple[Diagnostic, ...], rules: Container[str] = RULES) -> int:
    """The number of errors of these rules."""
    return sum(one.level is Level.ERROR and one.rule in rules for one in diagnostics)
