"""Writes the theme's mathematics fonts from STIX Two Math: `python scripts/math_font.py FONT`, any format of the font.

Which characters go into which file the style sheet says, under `unicode-range`; nothing is kept there but the forms
that browsers ask for. The licence (OFL 1.1) has no reserved font name for this face, so that the parts keep its name.
"""

import re
import sys
from pathlib import Path

from fontTools import subset

ASSETS = Path(__file__).resolve().parents[1] / "theme" / "overrides" / "assets"
FACE = re.compile(r'"STIX Two Math"; font-display: swap; src: url\((\S+)\); unicode-range: ([^}]+) \}')


def main(source: str) -> None:
    """Every file that tokens.css names."""
    for path, ranges in FACE.findall((ASSETS / "css" / "tokens.css").read_text(encoding="utf-8")):
        options = subset.Options(
            flavor="woff2", layout_features=["dtls", "flac"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
        )
        font = subset.load_font(source, options)
        part = subset.Subsetter(options)
        part.populate(unicodes=subset.parse_unicodes(ranges.replace("U+", "")))
        part.subset(font)
        subset.save_font(font, str(ASSETS / path), options)


if __name__ == "__main__":
    main(sys.argv[1])
