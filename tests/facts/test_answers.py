"""What answers old URLs: renames by id, then by text, aliases before both; counters; feed ids."""

from datetime import date

import pytest

from labfolio.facts.answers import digest, wider
from labfolio.facts.publication import retired
from labfolio.parse.ledger import read_ledger
from labfolio.present.feeds.items import permanent_id
from labfolio.present.ledger_file import ledger_text
from tests.conftest import TODAY
from tests.site import LEDGER_PATH, build_files, entry, published_files, small_files


def rules(files: dict[str, bytes]) -> list[str]:
    return [one.rule for one in build_files(files).diagnostics if one.path != "content/contract.md"]


def ends(files: dict[str, bytes]) -> dict[str, str]:
    return build_files(files).edition.answers.ends()


def moved(files: dict[str, bytes], old: str, new: str, text: bytes | None = None) -> dict[str, bytes]:
    """The files with one under another name."""
    given = dict(files)
    content = given.pop(old)
    return {**given, new: content if text is None else text}


def site(**more: bytes) -> dict[str, bytes]:
    files = {"builds/x.md": entry("A text of its own.", id="B05", status="shipped")}
    return published_files({**small_files(), **files, **more})


def retire(files: dict[str, bytes], url: str) -> dict[str, bytes]:
    ledger, _ = read_ledger(LEDGER_PATH, files[LEDGER_PATH].decode())
    lines = {**ledger.lines, url: retired(ledger.lines[url], "It was wrong.", TODAY)}
    return {**files, LEDGER_PATH: ledger_text(lines).encode()}


def test_a_rename_is_found_by_id_also_with_another_text() -> None:
    files = moved(site(), "builds/x.md", "builds/y/index.md", entry("Another.", id="B05", status="shipped"))
    assert ends(files) == {"builds/x/": "builds/y/"}
    assert rules(files) == []


def test_a_rename_without_id_is_found_by_its_text() -> None:
    files = published_files({**small_files(), "content/notebook/x.md": entry("A text of its own.")})
    renamed = moved(files, "content/notebook/x.md", "content/notebook/y.md")
    assert ends(renamed) == {"notebook/x/": "notebook/y/"}
    assert rules(moved(files, "content/notebook/x.md", "content/notebook/y.md", entry("Another."))) == ["lost-url"]


def test_a_free_page_is_found_by_its_text() -> None:
    files = published_files({**small_files(), "content/uses.md": b"# Uses\n\nOne computer.\n"})
    assert ends(moved(files, "content/uses.md", "content/tools.md")) == {"uses/": "tools/"}


@pytest.mark.parametrize("copies", [("y",), ("y", "z")])
def test_a_text_that_several_pages_have_tells_nothing(copies: tuple[str, ...]) -> None:
    files = published_files({**small_files(), "content/notebook/x.md": entry("Same."), "builds/b.md": entry("Same.")})
    renamed = moved(files, "content/notebook/x.md", "content/notebook/y.md")
    renamed |= {f"content/notebook/{name}.md": entry("Same.") for name in copies}
    assert ("lost-url" in rules(renamed)) == (len(copies) > 1)


def test_two_of_one_text_that_were_renamed_at_once_are_asked_for() -> None:
    before = {f"content/notebook/{name}.md": entry("Same.") for name in ("x", "y")}
    files = published_files({**small_files(), **before})
    for old, new in (("x", "v"), ("y", "w")):
        files = moved(files, f"content/notebook/{old}.md", f"content/notebook/{new}.md")
    assert rules(files) == ["lost-url", "lost-url"]


def test_the_first_day_of_a_url_stays() -> None:
    files = published_files({**small_files(), "content/uses.md": b"# Uses\n"}, date(2026, 6, 1))
    line = files[LEDGER_PATH].decode().split("url: uses/", 1)[1].split("\n")[0]
    assert "first: 2026-06-01" in line
    assert line in published_files(files)[LEDGER_PATH].decode()


def test_an_empty_text_tells_nothing() -> None:
    assert digest(" \n") is None
    assert digest("a") == digest("a\n") != digest("b")


def test_a_chain_of_renames_is_one_hop_and_stays_when_the_page_goes() -> None:
    files = site()
    for old, new in (("x", "y"), ("y", "z")):
        files = published_files(moved(files, f"builds/{old}.md", f"builds/{new}.md"))
    assert ends(files) == {"builds/x/": "builds/z/", "builds/y/": "builds/z/"}
    del files["builds/z.md"]
    assert rules(files) == ["lost-url"]
    files = published_files(retire(files, "builds/z/"))
    assert ends(files) == {"builds/x/": "builds/z/", "builds/y/": "builds/z/"}
    back = published_files({**files, "builds/x.md": entry("A text of its own.", id="B05", status="shipped")})
    assert ends(back) == {"builds/y/": "builds/z/"}


def test_a_published_alias_answers_without_its_line_in_the_front_matter() -> None:
    text = entry("T.", id="B05", status="shipped", aliases="[builds/old, old/page.html]")
    files = published_files(site(**{"builds/x.md": text}))
    files["builds/x.md"] = entry("T.", id="B05", status="shipped")
    assert ends(files) == {"builds/old/": "builds/x/", "old/page.html": "builds/x/"}


def test_an_alias_goes_before_a_tombstone() -> None:
    files = site()
    del files["builds/x.md"]
    files = retire(files, "builds/x/")
    files["builds/y.md"] = entry("T.", aliases="builds/x/")
    answers = build_files(files).edition.answers
    assert answers.ends() == {"builds/x/": "builds/y/"}
    assert answers.tombstones == ()


def test_a_list_of_a_topic_that_is_no_more_leads_to_the_wider_one() -> None:
    files = site(**{"builds/x.md": entry("T.", id="B05", status="shipped", tags="[rare]")})
    files["builds/x.md"] = entry("T.", id="B05", status="shipped")
    assert ends(files) == {"builds/tag/rare/": "builds/", "topics/rare/": "progress/"}
    assert wider("papers/year/2026/") == "papers/"
    assert ends(published_files(files)) == ends(files)


def test_a_counter_that_falls_is_told_until_it_is_published() -> None:
    files = site()
    files["builds/x.md"] = entry("A text of its own.", id="B05", status="building")
    assert rules(files) == ["falling-counter"]
    assert rules(published_files(files)) == []
    del files["builds/x.md"]
    files = retire(files, "builds/x/")
    assert rules(files) == ["falling-counter"]
    assert rules(published_files(files)) == []


def test_a_rename_leaves_no_counter_and_a_merge_leaves_one() -> None:
    files = site(**{"builds/y.md": entry("Y.", id="B06", status="shipped")})
    assert rules(moved(files, "builds/x.md", "builds/z.md")) == []
    del files["builds/x.md"]
    files["builds/y.md"] = entry("Y.", id="B06", status="shipped", aliases="builds/x/")
    assert rules(files) == ["falling-counter"]


def test_a_heading_that_went_is_told_until_it_is_published_also_after_a_rename() -> None:
    files = site(**{"builds/x.md": entry("## Results\n\n## Limits", id="B05")})
    files = moved(files, "builds/x.md", "builds/y.md", entry("## What came out\n\nKept.\n{: #limits}", id="B05"))
    assert rules(files) == ["lost-heading"]
    files = published_files(files)
    assert rules(files) == []
    files["builds/y.md"] = entry("## What came out", id="B05")
    assert rules(files) == ["lost-heading"]


def test_a_feed_id_outlives_renames() -> None:
    def ids(files: dict[str, bytes]) -> set[str]:
        edition = build_files(files).edition
        return {permanent_id(edition, one) for one in edition.portfolio.entries}

    files = published_files({**small_files(), "content/notebook/x.md": entry("A text of its own.")})
    before = ids(files)
    for old, new in (("x", "y"), ("y", "z"), ("z", "x"), ("x", "w")):
        files = moved(files, f"content/notebook/{old}.md", f"content/notebook/{new}.md")
        assert ids(files) == before
        files = published_files(files)
        assert ids(files) == before
    files["content/notebook/x.md"] = entry("A second one.")
    assert len(ids(files)) == len(before) + 1


def test_files_of_a_moved_page_stay_and_those_of_a_retired_one_go_with_it() -> None:
    row = b"seed,v\n0,1\n"
    text = entry("[Rows](results/v.csv)", id="B05")
    files = published_files({**small_files(), "builds/x/index.md": text, "builds/x/results/v.csv": row})
    renamed = {path.replace("builds/x/", "builds/y/"): content for path, content in files.items()}
    outputs = {one.path: one.content for one in build_files(published_files(renamed)).outputs}
    assert outputs["builds/x/results/v.csv"] == outputs["builds/y/results/v.csv"] == row
    assert rules(renamed) == []
    gone = {path: content for path, content in files.items() if not path.startswith("builds/x/")}
    assert rules(retire(gone, "builds/x/")) == []
    assert rules({**files, "builds/x/index.md": entry("No rows.", id="B05")}) == ["lost-file"]


def test_a_site_without_a_ledger_is_as_it_was() -> None:
    assert build_files(small_files()).edition.answers.ends() == {}
    before = {one.path: one.content for one in build_files(small_files()).outputs}
    after = {one.path: one.content for one in build_files(published_files(small_files())).outputs}
    assert before == after
