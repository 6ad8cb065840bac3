"""How wide a text is that a browser will set in the face of labels, without opening the font."""

from unicodedata import east_asian_width

# IBM Plex Sans Condensed at weight 400: the advance in thousandths of an em, and the letters that have it.
_ADVANCES = {
    212: " \u00a0", 220: "'", 228: "ijìíîï", 247: "l", 248: ",.‘’", 258: "!:;¡", 286: "[]", 288: "|¦", 294: "f",
    296: "·", 302: "()", 310: "{}", 318: "t", 320: "²³¹", 332: "r", 349: "/\\", 358: "•", 360: "-\u00adº",
    362: "IªÌÍÎÏ", 382: '"', 414: "*", 421: "z", 422: "°¿", 428: "®", 431: "?“”", 439: "s", 445: "v", 451: "yýÿ",
    453: "L", 454: "cç", 459: "x", 462: "J", 463: "«»", 465: "¢", 477: "gk", 483: "aàáâãäå", 495: "eèéêë", 502: "ð",
    504: "oòóôõöø", 505: "F", 508: "_", 513: "hnuñùúûü", 516: "T", 518: "µ", 524: "Zbdpqþ", 525: "S", 526: "E§ÈÉÊË",
    528: "–", 534: "YÝ", 535: "£", 538: "$", 540: "+0123456789<=>^`~¨¬¯±´¸×÷−", 544: "¤", 546: "¥", 548: "PÞ",
    549: "V", 555: "X", 561: "CÇ", 574: "K", 578: "R", 579: "AÀÁÂÃÄÅß", 588: "¶", 589: "B", 607: "D", 610: "Ð",
    611: "UÙÚÛÜ", 626: "&", 627: "G", 637: "#HNÑ", 638: "OQÒÓÔÕÖØ", 698: "w", 700: "©", 702: "—", 722: "¾", 729: "…",
    730: "M", 732: "¼", 760: "½", 782: "æ", 787: "m", 803: "@", 808: "W", 820: "Æ", 837: "%",
}  # fmt: skip
_ADVANCE = {letter: advance / 1000 for advance, letters in _ADVANCES.items() for letter in letters}
# What the face lacks comes from another: as wide as the widest letters, or a whole square.
_OTHER, _SQUARE = 0.85, 1.05
# Weight 600 is up to so much wider over a word.
_BOLD = 1.12


def label_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels at a size in pixels; letters that the face lacks are taken as wide ones."""
    ems = sum(_ADVANCE.get(letter) or _foreign(letter) for letter in text)
    return ems * size * (_BOLD if bold else 1.0)


def _foreign(letter: str) -> float:
    return _SQUARE if east_asian_width(letter) in "WF" else _OTHER
