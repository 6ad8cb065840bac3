"""Values in prose: printed as they are, never as markup, and an unknown name told with its place."""

import pytest

from labfolio.markdown.values import fill, no_value

VALUES = {"rate.mean": "0.5 [a](b) *c* <d>", "rate.sd": "1", "x/rate.mean": "2"}


def test_fill() -> None:
    assert fill("{{ r.rate.sd }} and {{r.x/rate.mean}}", VALUES) == ("1 and 2", ())
    assert fill("{{ r.rat.sd }} {{ other }}", VALUES) == ("{{ r.rat.sd }} {{ other }}", ("rat.sd",))


@pytest.mark.parametrize(
    ("name", "said", "help"),
    [
        ("rat.mean", "'r.rat.mean': there is no claim 'rat'; did you mean 'rate'?", "There are: rate."),
        ("rate.men", "'r.rate.men': a claim has no value 'men'; did you mean 'mean'?", "There are: mean, sd."),
        ("rate", "'r.rate': there is no claim 'rate'", "There are: rate."),
    ],
)
def test_no_value(name: str, said: str, help: str) -> None:
    message, mend = no_value(name, VALUES)
    assert message.startswith(said)
    assert mend == help


def test_an_entry_without_claims_says_so() -> None:
    assert no_value("a.mean", {})[1] == "This entry states no claims."
