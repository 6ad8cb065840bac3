"""The mathematics fonts: each holds what the style sheet says, they share nothing, and no expression lacks a sign."""

import io
import re
from collections import Counter

from fontTools.ttLib import TTFont

from labfolio.markdown.mathml import formula
from tests.conftest import ROOT
from tests.site import theme

FACE = re.compile(r'"STIX Two Math"; font-display: swap; src: url\((\S+)\); unicode-range: ([^}]+) \}')
FACES = FACE.findall(theme().assets["assets/css/tokens.css"].decode())
# Two of the files need the sign that chooses between two forms of a letter or sign.
SHARED = {0xFE00}


def characters(ranges: str) -> set[int]:
    ends = [part.removeprefix("U+").split("-") for part in ranges.split(", ")]
    return {one for end in ends for one in range(int(end[0], 16), int(end[-1], 16) + 1)}


def test_each_file_holds_its_characters_and_the_measures_of_mathematics() -> None:
    assert len(FACES) == 6
    for path, ranges in FACES:
        font = TTFont(io.BytesIO(theme().assets[f"assets/{path}"]))
        assert "MATH" in font
        assert characters(ranges) - SHARED <= set(font.getBestCmap())


def test_no_character_is_in_two_files() -> None:
    counted = Counter(one for _, ranges in FACES for one in characters(ranges))
    assert {one for one, times in counted.items() if times > 1} == SHARED


def test_every_sign_of_the_list_is_in_one_of_them() -> None:
    known = set().union(*(characters(ranges) for _, ranges in FACES))
    page = (ROOT / "tests" / "markdown" / "expressions.md").read_text()
    for tex in re.findall(r"^\$\$ (.+?) \$\$", page, re.MULTILINE):
        math = formula(tex, display=True, macros={}, value=lambda written, name: name).math
        missing = {one for one in "".join(math.itertext()) if ord(one) not in known | {0xFE01, 0x2061}}
        assert not missing, tex
