"""Names in addresses: safe, one each, and the same at the next import."""

import pytest

from labfolio.importers.slugs import name_of, shared_out, slug_of

FOLDER = "content/notebook"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("../../etc/passwd", "etc-passwd"),
        ("Müller's Größe", "mullers-groe"),
        ("a_b.c", "a-b-c"),
        ("x" * 200, "x" * 80),
        ("CON", "con"),
    ],
)
def test_a_slug_has_small_letters_digits_and_hyphens(words: str, slug: str) -> None:
    assert slug_of(words) == slug


@pytest.mark.parametrize("words", ["日本語", "...", "index", "2026", "", "🎉"])
def test_words_that_give_no_name_of_their_own_are_told_apart(words: str) -> None:
    assert slug_of(words) not in ("", "index", "2026")
    assert slug_of(words) != slug_of(words + "の")


def test_equal_names_get_numbers_and_keep_them() -> None:
    wanted = {"a.md": "Same", "b.md": "same", "c.md": "Other"}
    first = shared_out(wanted, FOLDER, {})
    assert first == {"a.md": "same", "b.md": "same-2", "c.md": "other"}
    standing = {slug: f"{FOLDER}/{slug}.md" for slug in first.values()}
    assert shared_out(wanted, FOLDER, standing) == first


def test_a_name_that_another_entry_has_is_not_taken() -> None:
    taken = {"Same": "builds/same/index.md"}
    assert shared_out({"a.md": "same"}, FOLDER, taken) == {"a.md": "same-2"}
    assert shared_out({"a.md": "same"}, FOLDER, {"same": f"{FOLDER}/same/index.md"}) == {"a.md": "same"}


@pytest.mark.parametrize(
    ("file", "name"),
    [("Error Bars.PNG", "Error-Bars.png"), ("a.b.svg", "a.b.svg"), ("図.png", "file.png"), ("..png", "file.png")],
)
def test_a_files_name_is_safe(file: str, name: str) -> None:
    assert name_of(file) == name
