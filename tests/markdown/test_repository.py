"""Addresses of lines of code on the hosts that are known."""

import pytest

from labfolio.markdown.repository import Repository


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("https://github.com/ada/site", "https://github.com/ada/site/blob/12e4567/builds/x/a.py#L3-L9"),
        ("https://github.com/ada/site.git", "https://github.com/ada/site/blob/12e4567/builds/x/a.py#L3-L9"),
        ("https://gitlab.com/g/ada/site", "https://gitlab.com/g/ada/site/-/blob/12e4567/builds/x/a.py#L3-9"),
        (
            "https://gitlab.example.org/ada/site",
            "https://gitlab.example.org/ada/site/-/blob/12e4567/builds/x/a.py#L3-9",
        ),
        ("https://codeberg.org/ada/site/", "https://codeberg.org/ada/site/src/commit/12e4567/builds/x/a.py#L3-L9"),
        ("https://git.sr.ht/~ada/site", "https://git.sr.ht/~ada/site/tree/12e4567/item/builds/x/a.py#L3-9"),
        ("https://bitbucket.org/ada/site", "https://bitbucket.org/ada/site/src/12e4567/builds/x/a.py#lines-3:9"),
        ("https://code.example.org/ada/site", ""),
    ],
)
def test_the_lines_of_a_file_at_a_commit(address: str, lines: str) -> None:
    assert Repository(address=address, commit="12e4567").lines("builds/x/a.py", 3, 9) == lines


def test_a_repository_of_one_folder() -> None:
    own = Repository(address="https://github.com/ada/x", commit="12e4567", folder="builds/x")
    assert own.lines("builds/x/src/a b.py") == "https://github.com/ada/x/blob/12e4567/src/a%20b.py"
    assert own.lines("builds/y/a.py") == ""


def test_a_folder_of_a_repository() -> None:
    own = Repository(address="https://github.com/ada/site/tree/main/code/x", commit="12e4567", folder="builds/x")
    assert own.lines("builds/x/a.py") == "https://github.com/ada/site/blob/12e4567/code/x/a.py"
