"""Writes the theme's mathematics fonts from STIX Two Math: `python scripts/math_font.py FONT`, a font with `glyf`.

Which characters go into which file the style sheet says, under `unicode-range`; of other forms nothing is kept but what
browsers ask for. With `--parts`, FONT is a file that this wrote, and those files are written whose characters it has:
so one is cut into smaller ones. Signs that grow belong in the first file: measures and larger forms are taken from the
first available font (MathML Core, section 5), which is the one with the space (CSS Fonts 4, section 2.1).

The licence (OFL 1.1) has no reserved font name for this face, so that the parts keep its name.

Four measures are changed. Browsers let a root hang below what stands in it by as much as its sign is taller (MathML
Core, section 3.3.3.2; TeX puts half of that above): there is a lower sign, and a little more air in one. Chromium makes
room for the widest form of a sign whichever it draws, and for the slant of an integral though its lower limit stands
under it: larger forms are made narrower, and that slant is less. The head of an arrow to the right has the lengths of
its two ends the wrong way round, for which no browser stretches it.
"""

import re
import sys
from copy import deepcopy
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).resolve().parents[1] / "theme" / "overrides" / "assets"
FACE = re.compile(r'"STIX Two Math"; font-display: swap; src: url\((\S+)\); unicode-range: ([^}]+) \}')
FENCES, INTEGRALS, ROOT = "()[]{}⌊⌋⌈⌉⟨⟩", "∫∬∭∮", "√"
# Chooses between two forms of the character before it, and is none of its own.
FORM = 0xFE00
# How many times as wide as the smallest form of a sign its others may be.
WIDEST = {FENCES: 1.3, ROOT: 1.1}
SLANT = 0.55
# The share of the smallest root's height and width that a lower one has, and the air in it in thousandths of an em.
LOWER, SLIMMER, AIR = 0.68, 0.85, 115


def lower(font: TTFont) -> None:
    """Makes the smallest root lower; as it was it is the next larger form."""
    base = font.getBestCmap().get(ord(ROOT))
    variants = font["MATH"].table.MathVariants
    if base is None or base not in variants.VertGlyphCoverage.glyphs:
        return
    glyphs, widths = font["glyf"], font["hmtx"].metrics
    tall = f"{base}.tall"
    font.setGlyphOrder([*font.getGlyphOrder(), tall])
    glyphs[tall], widths[tall] = deepcopy(glyphs[base]), widths[base]
    glyph, top = glyphs[base], glyphs[base].yMax
    glyph.coordinates.translate((0, -top))
    glyph.coordinates.scale((SLIMMER, LOWER))
    glyph.coordinates.translate((0, top))
    glyph.coordinates.toInt()
    glyph.recalcBounds(glyphs)
    widths[base] = (round(widths[base][0] * SLIMMER), glyph.xMin)
    grown = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(base)]
    first, *larger = grown.MathGlyphVariantRecord
    again = deepcopy(first)
    again.VariantGlyph = tall
    first.AdvanceMeasurement = glyph.yMax - glyph.yMin + 1
    grown.MathGlyphVariantRecord = [first, again, *larger]
    grown.VariantCount += 1
    font["MATH"].table.MathConstants.RadicalVerticalGap.Value = AIR


def narrow(font: TTFont) -> None:
    """Makes no form of a fence or root wider than WIDEST says."""
    widths, shares = font["hmtx"].metrics, {}
    for signs, widest in WIDEST.items():
        for base, forms in constructions(font, signs):
            for form in forms:
                shares[form] = min(shares.get(form, 1.0), widest * widths[base][0] / widths[form][0])
    for form, share in shares.items():
        if share < 1:
            glyph = font["glyf"][form]
            glyph.coordinates.scale((share, 1))
            glyph.coordinates.toInt()
            glyph.recalcBounds(font["glyf"])
            widths[form] = (round(widths[form][0] * share), glyph.xMin)


def upright(font: TTFont) -> None:
    """Makes less of the slant of every form of an integral."""
    slants = font["MATH"].table.MathGlyphInfo.MathItalicsCorrectionInfo
    wanted = {form for base, forms in constructions(font, INTEGRALS) for form in (base, *forms)}
    for glyph, slant in zip(slants.Coverage.glyphs, slants.ItalicsCorrection, strict=True):
        if glyph in wanted:
            slant.Value = round(slant.Value * SLANT)


def joined(font: TTFont) -> None:
    """Lets the last part of everything that grows in width meet the part before it."""
    for one in font["MATH"].table.MathVariants.HorizGlyphConstruction or ():
        last = one.GlyphAssembly.PartRecords[-1] if one.GlyphAssembly else None
        if last and not last.StartConnectorLength:
            last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0


def constructions(font: TTFont, signs: str) -> list[tuple[str, list[str]]]:
    """The glyph of each sign that grows in height, and those of its larger forms and of their parts."""
    variants = font["MATH"].table.MathVariants
    grown = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    found = []
    for base in (font.getBestCmap().get(ord(sign)) for sign in signs):
        if base in grown:
            parts = grown[base].GlyphAssembly.PartRecords if grown[base].GlyphAssembly else ()
            forms = [one.VariantGlyph for one in grown[base].MathGlyphVariantRecord] + [part.glyph for part in parts]
            found.append((base, forms))
    return found


def main(source: str, *, adapted: bool = False) -> None:
    """Every file that tokens.css names; of a font that is `adapted` already those that it has the characters of."""
    known = TTFont(source).getBestCmap().keys()
    for path, ranges in FACE.findall((ASSETS / "css" / "tokens.css").read_text(encoding="utf-8")):
        characters = subset.parse_unicodes(ranges.replace("U+", ""))
        if adapted and not known >= set(characters) - {FORM}:
            continue
        options = subset.Options(
            flavor="woff2", layout_features=["dtls", "flac"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False
        )
        font = subset.load_font(source, options)
        part = subset.Subsetter(options)
        part.populate(unicodes=characters)
        part.subset(font)
        for change in () if adapted else (lower, narrow, upright, joined):
            change(font)
        subset.save_font(font, str(ASSETS / path), options)


if __name__ == "__main__":
    main(sys.argv[-1], adapted="--parts" in sys.argv)
