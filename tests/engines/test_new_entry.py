"""`labfolio new` in a folder: one file, its id written once, and never over what is there."""

from pathlib import Path

import pytest

from tests.conftest import run, sources


def new(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(["labfolio", "new", *arguments], folder)
    return done.returncode, done.stdout, done.stderr


def test_each_kind_has_its_place(small: Path) -> None:
    places = {
        "build": "builds/a-thing/index.md",
        "reproduction": "content/reproductions/a-thing/index.md",
        "paper": "content/papers/a-thing.md",
        "note": "content/notebook/a-thing.md",
        "submission": "content/submissions/a-thing.md",
    }
    for kind, path in places.items():
        title = "A thing"
        code, out, err = new(small, kind, title, "--slug", f"{kind}-thing")
        assert (code, out) == (0, path.replace("a-thing", f"{kind}-thing") + "\n"), err
    assert run(["labfolio", "check"], small).returncode == 0


def test_ids_go_on_from_the_highest_also_of_drafts_and_of_unnumbered_entries(small: Path) -> None:
    (small / "builds/later.md").write_text("---\ntitle: Later\ndate: 2026-03-03\nid: B41\ndraft: yes\n---\n")
    new(small, "build", "One")
    new(small, "build", "Two")
    assert "id: B42\n" in (small / "builds/one/index.md").read_text()
    assert "id: B43\n" in (small / "builds/two/index.md").read_text()


def test_lineage_comes_from_the_entry_that_it_grows_out_of(small: Path) -> None:
    code, _, err = new(small, "build", "Faster sketch", "--from", "rate", "--tag", "speed")
    assert code == 0, err
    text = (small / "builds/faster-sketch/index.md").read_text()
    assert "based_on: [rate]\n" in text
    assert "tags: [speed]\n" in text
    parent = (small / "content/reproductions/rate/index.md").read_text()
    for field in ("pillar", "paper"):
        line = next(line for line in parent.splitlines() if line.startswith(f"{field}: "))
        assert f"{line}\n" in text


def test_a_paper_note_is_named_after_its_key(small: Path) -> None:
    code, out, err = new(small, "paper", "Random features", "--paper", "bloom1970space")
    if code:  # the small site's bibliography decides which keys there are
        assert "there is no paper" in err
        code, out, _ = new(small, "paper", "Random features", "--paper", "rahimi2007random", "--slug", "again")
        assert (code, out) == (0, "content/papers/again.md\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "X", "--pillar", "xx"], "there is no pillar 'xx'"),
        (["build", "X", "--paper", "rahimi2007randm"], "did you mean 'rahimi2007random'?"),
        (["build", "X", "--from", "skech"], "did you mean 'sketch'?"),
        (["build", "日本語"], "give a name with --slug"),
        (["build", "X", "--slug", "../x"], "cannot stand in a URL"),
        (["build", "X", "--slug", "sketch"], "is already the name of builds/sketch/index.md"),
        (["note", "X", "--slug", "SKETCH"], "is already the name of builds/sketch/index.md"),
        (["build", "X", "--date", "soon"], "'soon' is no day"),
    ],
)
def test_what_does_not_fit_writes_nothing(small: Path, arguments: list[str], said: str) -> None:
    before = sources(small)
    code, out, err = new(small, *arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert sources(small) == before


def test_wrong_usage_is_said_as_such(small: Path) -> None:
    assert new(small, "poem", "X")[0] == 2
    assert new(small, "build", " ")[0] == 2


def test_nothing_is_written_through_a_link(small: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (small / "builds/linked").symlink_to(tmp_path / "elsewhere")
    code, _, err = new(small, "build", "X", "--slug", "linked")
    assert code == 1
    assert "symbolic link" in err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_without_front_matter_is_not_written_over(small: Path) -> None:
    (small / "builds/rough").mkdir()
    (small / "builds/rough/index.md").write_text("Rough.\n")
    code, _, err = new(small, "build", "Rough")
    assert code == 1
    assert "builds/rough/index.md" in err
    assert (small / "builds/rough/index.md").read_text() == "Rough.\n"
