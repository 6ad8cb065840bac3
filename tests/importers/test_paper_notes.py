"""Notes on papers as people keep them: their record, their headings, and what is added."""

import re
from dataclasses import replace

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from labfolio.importers.carried import Import, Target
from labfolio.importers.paper_notes import read
from labfolio.model.section import PAPER
from tests.importers.into_small import after, empty, given, holds, said, sample, target
from tests.site import build_files, small_files

RECORDS = r"""
@misc{vaswani2017attention, title={Attention Is All You {N}eed}, eprint={1706.03762v5}, archivePrefix={arXiv}}
@misc{bahdanau2015neural, title={Neural Machine Translation}, eprint={1409.0473}}
@misc{kingma2015adam, title={Adam}, doi={10.48550/arXiv.1412.6980}}
@article{old1990, title={Old}, doi={10.1016/0370-2693(90)90012-X}}
"""


def site() -> Target:
    """The small site with a few records more."""
    return replace(target(), papers=target().papers + RECORDS)


def files_after(result: Import) -> dict[str, bytes]:
    files = after(result)
    return {**files, "content/papers.bib": files["content/papers.bib"] + RECORDS.encode()}


def note(text: str, name: str = "a.md") -> str:
    found = read(given({name: text}), site())
    return next(one.content.decode() for one in found.files if one.path.endswith(".md"))


def headings(text: str) -> list[str]:
    return re.findall(r"^## .*?(?:\{#([\w-]+)\})?$", text, re.MULTILINE)


def test_sample() -> None:
    result = read(sample("notes"), site())
    holds("notes", result)
    built = build_files(files_after(result))
    assert built.outputs
    assert not [one for one in built.diagnostics if one.level == "error"]


def test_second_import_changes_nothing() -> None:
    first = read(sample("notes"), site())
    again = target(files_after(first))
    assert read(sample("notes"), again).files == first.files


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("# Attention is all you need!", "vaswani2017attention"),
        ("# Notes on: Attention is all you need (Vaswani et al., 2017)", "vaswani2017attention"),
        ("# Transformers\n\nhttps://arxiv.org/pdf/1706.03762v7.pdf", "vaswani2017attention"),
        ("# Transformers\n\n[arXiv:1706.03762](x).", "vaswani2017attention"),
        ("# Optimiser\n\ndoi:10.48550/arXiv.1412.6980.", "kingma2015adam"),
        ("# Optimiser\n\narxiv: 1412.6980", "kingma2015adam"),
        ("# Optimiser\n\n<https://doi.org/10.48550/ARXIV.1412.6980>", "kingma2015adam"),
        ("# Bosons\n\n(10.1016/0370-2693(90)90012-X)", "old1990"),
        ("# T\n\narXiv:1706.03762\n\n## Related\n\narXiv:1409.0473", "vaswani2017attention"),
        ("# T\n\n## Method\n\narXiv:1409.0473", "bahdanau2015neural"),
        ("# T\n\narXiv:1706.03762 or arXiv:1409.0473", None),
        ("# T\n\n1706.03762", None),
        ("# T", None),
        ("---\npaper: kingma2015adam\n---\n# Attention is all you need", "kingma2015adam"),
    ],
)
def test_record(text: str, key: str | None) -> None:
    found = re.search(r"^paper: (.*)$", note(text), re.MULTILINE)
    assert (found[1] if found else None) == key


def test_no_record_is_named() -> None:
    result = read(given({"a.md": "# Unknown work\n\nText."}), site())
    assert [one.path for one in result.files] == ["content/papers/unknown-work.md"]
    assert said(result)[1] == (
        "a.md:1: no record of content/papers.bib has this title, DOI or arXiv identifier;"
        " add one and name it in `paper`"
    )


def test_paper_that_has_a_note() -> None:
    noted = replace(site(), noted=frozenset({"kingma2015adam"}))
    assert "a.md:1: 'kingma2015adam' has a note already; this is another" in said(
        read(given({"a.md": "# Adam"}), noted)
    )


@pytest.mark.parametrize(
    "heading",
    [
        "## Method",
        "#### Method ##",
        "Method\n------",
        "**Method**",
        "**Method:**",
        "__Method__:",
        "Method:",
        "## 2. Method",
    ],
)  # fmt: skip
def test_headings_in_any_form(heading: str) -> None:
    text = note(f"# T\n\n{heading}\n\nIt was good.")
    assert "\n## What is the core mechanism? {#mechanism}\n\nIt was good.\n" in text
    assert headings(text) == ["mechanism", *(one.id for one in PAPER if one.id != "mechanism")]


@pytest.mark.parametrize(
    "text", ["```\n# Method\n```", "    # Method", "Method: good.", "`Method:`", "- Method:", "> ## Method"]
)
def test_what_is_no_heading(text: str) -> None:
    assert headings(note(f"# T\n\n{text}")) == [one.id for one in PAPER]


def test_each_question_once() -> None:
    text = note("# T\n\n# Problem\n\nOne.\n\n# Motivation\n\nTwo.\n\n# Else\n\nThree.")
    assert headings(text)[:3] == ["problem-and-baseline", "", ""]
    assert "## Motivation\n\nTwo.\n\n## Else\n\nThree.\n" in text


def test_code_that_never_ends_does_not_swallow_the_questions() -> None:
    assert "```\nx\n```\n\n## What problem" in note("# T\n\n```\nx")


def test_plain_text() -> None:
    text = note("Adam\n\nGood.\n\nLimitations:\nNone.", "a.txt")
    assert text.startswith("---\ntitle: Adam\n")
    assert "\npaper: kingma2015adam\n" in text
    assert note("It is a sentence.\n\nMore.", "my note.txt").startswith("---\ntitle: My note\n")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff", "a.md:1: byte 0 is not valid UTF-8 (0xff); the file is left out"),
        (b"a\x00", "a.md:1: U+0000 is a control character; the file is left out"),
        (b"---\na: [\n---\n", "a.md:3: the front matter cannot be read"),
        (b"x" * 6_000_000, "a.md:1: the file has 6,000,000 bytes; the limit is 5,242,880; the file is left out"),
    ],
)
def test_hostile_files(data: bytes, line: str) -> None:
    result = read(given({"a.md": data}), site())
    assert result.files == ()
    assert said(result)[0].startswith(line)


@pytest.mark.parametrize(
    "text", ["# " + " " * 100_000 + "x", "**" * 50_000, "(" * 50_000, "10.1234/" * 10_000, "A:\n" * 20_000]
)
def test_long_texts(text: str) -> None:
    assert headings(note(f"# T\n\n{text}"))


@pytest.mark.parametrize("field", ["draft: true", "draft: maybe", "published: no"])
def test_draft_stays_one(field: str) -> None:
    assert "\ndraft: yes\n" in note(f"---\ntitle: Adam\n{field}\n---\nText.")


def test_empty_file() -> None:
    result = read(given({"a.md": ""}), empty())
    assert "status: planned" in result.files[0].content.decode()


@any_of(st.text(alphabet=st.sampled_from("#*_-:`~ \nMethodA.{}[]()<>0/1"), max_size=200))
def test_any_text_has_every_question_once(text: str) -> None:
    found = [id for id in headings(note(f"# T\n\n{text}")) if id in {one.id for one in PAPER}]
    assert sorted(found) == sorted(one.id for one in PAPER)


def test_small_site_is_untouched() -> None:
    assert read(sample("notes"), target(small_files())).files[0].path.startswith("content/papers/")
