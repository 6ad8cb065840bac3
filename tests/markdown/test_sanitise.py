"""The allow-list, apart from what pages show of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labfolio.markdown.sanitise import _allowed, clean, foreign_markup
from labfolio.model.limit import OutOfTime

WORDS = st.text(st.sampled_from("ab <>&;\"'\0\r\n\t\xa0\x0b\x7f\u2028\ufeff=/!-"), max_size=20)


@given(text=st.one_of(WORDS, st.text(st.characters(exclude_categories=["Cs"]))))
def test_words_without_markup_are_what_a_parser_makes_of_them(text: str) -> None:
    if not set(text) & set("<>&\0\r\xa0\ufeff"):
        assert clean(text, lambda *_: None) == text == _allowed(text, None)


def test_an_attribute_that_runs_code_is_named_once_wherever_it_stands() -> None:
    html = '<p onClick = "a">x</p><p title="onload=1" class=on>y</p><img/onerror=b><b onclick=c>'
    assert foreign_markup(html) == ("onClick", "onerror", "onclick")


@pytest.mark.parametrize("error", [FileNotFoundError(2, "No such file", "run.py"), OutOfTime()])
def test_a_file_that_goes_meanwhile_is_told_by_who_reads_it_and_nothing_is_printed(
    error: Exception, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", lost.append)
    asked: list[str] = []

    def address(_attribute: str, value: str) -> str:
        asked.append(value)
        raise error

    with pytest.raises(type(error)) as raised:
        clean('<a href="run.py">a</a> <a href="b.py">b</a>', address)
    assert raised.value is error
    assert asked == ["run.py"]
    assert lost == []
    assert capfd.readouterr() == ("", "")
