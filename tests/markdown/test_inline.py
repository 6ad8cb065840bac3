"""The inline step: the patterns that it leaves out would have changed nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.markdown import inline
from labfolio.markdown.article import Article, render
from labfolio.markdown.links import LinkTable
from labfolio.model.site import Settings

TABLE = LinkTable(
    pages={}, urls=frozenset(), hidden=frozenset(), files=frozenset(), docs_dir="content", read=lambda _: b""
)
# What begins or ends any inline markup of the flavour.
PIECES = [
    "word", "\u212a", "`", "``", "\\", "$", "$$", "++", "[", "](", ")", "]", "[^1]", "!", "![", "<", ">", "<b>", "&",
    "&amp;", "*", "**", "_", "__", "^", "^^", "~", "~~", "==", "@", "@fig-a", "{{ r.a.b }}", "http://a.example/",
    "HTTPS://A.EXAMPLE", "ftp://a", "www.a.example", "WWW.a.example", "a@b.example", " ", "  \n", "\n", ":", "#!py ",
]  # fmt: skip


def article(text: str) -> Article:
    return render(
        text,
        source="content/a.md",
        url="a/",
        text=text,
        body_line=1,
        settings=Settings(path="mkdocs.yml", site_name="x", site_url="https://ada.example/"),
        table=TABLE,
        entry=False,
        values={"a.b": "3"},
    )


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_text_comes_out_as_if_every_pattern_was_asked(text: str) -> None:
    found = article(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inline, "_signs", lambda _pattern: None)
        assert found == article(text)


@pytest.mark.parametrize(
    ("expression", "signs"),
    [
        (r"\[\^([^\]]*)\]", "["),
        (r"(?<!\\)(`+)x", "`"),
        (r"\*|_", "*_"),
        (r"[*_]{2,}", "*_"),
        (r"(?:a|\$)+", None),
        (r"a?\$?", None),
        (r"[^x]", None),
        (r"(?=\{)..", "{"),
        (r"(?!\{)..", None),
        ("(?i)k", None),
        (r"(?>\$)\w", "$"),
        ("  \n", "\n"),
    ],
)
def test_what_a_match_must_hold(expression: str, signs: str | None) -> None:
    found = inline._signs(re.compile(expression))
    assert found == (None if signs is None else frozenset(signs))


def test_what_is_no_expression_is_always_asked() -> None:
    assert inline._signs(object()) is None


def test_most_patterns_of_the_flavour_are_left_out_of_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    name = "_InlineProcessor__applyPattern"
    real = getattr(inline.Inline, name)

    def apply(self: inline.Inline, pattern: object, *rest: object) -> object:
        asked.append(pattern)
        return real(self, pattern, *rest)

    monkeypatch.setattr(inline.Inline, name, apply)
    assert article("Plain words and nothing else").html == "<p>Plain words and nothing else</p>"
    assert len(asked) < 5


def test_where_python_keeps_its_parser_to_itself_all_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "parser", None)
    assert inline._signs.__wrapped__(re.compile(r"\*")) is None
