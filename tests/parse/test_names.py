"""Names as bibliographies write them, and the part by which each is cited."""

import pytest

from labfolio.parse.names import OTHERS, read_names


@pytest.mark.parametrize(
    ("written", "whole", "family"),
    [
        (r"Fusy, {\'E}ric", "Éric Fusy", "Fusy"),
        (r"{\'E}ric Fusy", "Éric Fusy", "Fusy"),
        ("{The ATLAS Collaboration}", "The ATLAS Collaboration", "The ATLAS Collaboration"),
        (r"{Universit{\'e} de Gen{\`e}ve}", "Université de Genève", "Université de Genève"),
        ("de la Cruz, Ana", "Ana de la Cruz", "de la Cruz"),
        ("van den Oord, Aaron", "Aaron van den Oord", "van den Oord"),
        ("Aaron van den Oord", "Aaron van den Oord", "van den Oord"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr.", "King"),
        ("Sutherland, Danica J.", "Danica J. Sutherland", "Sutherland"),
        (r"Erd{\H{o}}s, P\'al", "Pál Erdős", "Erdős"),
        (r"{\O}ystein Ore", "Øystein Ore", "Ore"),
        ("Vandenberghe, {Lieven} M.~A.", "Lieven M. A. Vandenberghe", "Vandenberghe"),
        ("Plato", "Plato", "Plato"),
        ("others", OTHERS, OTHERS),
    ],
)
def test_a_name(written: str, whole: str, family: str) -> None:
    (name,) = read_names(written)
    assert (name.whole, name.family) == (whole, family)


def test_names_stand_between_and() -> None:
    names = read_names("Rahimi, Ali AND {Simon and Schuster} and and others")
    assert [name.whole for name in names] == ["Ali Rahimi", "Simon and Schuster", "et al."]


@pytest.mark.parametrize("written", ["", ",", ", ,", "{", "}{", "a, b, c, d, e", "\\", "{" * 5000, "$" * 99])
def test_any_name_can_be_read(written: str) -> None:
    assert all(isinstance(name.whole, str) for name in read_names(written))
