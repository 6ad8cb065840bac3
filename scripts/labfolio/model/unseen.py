"""Characters that nobody sees and that change what is read: directions, fillers, tags.

Those that shape letters (the joiners of Persian, Hindi and emoji, variation selectors) are none of them.
"""

import re

# Embeddings, overrides and isolates: with these a line reads otherwise than it runs (CVE-2021-42574).
DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_MARKS = "\u061c\u200e\u200f"
_FILLERS = "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff"
_TAGS = "\U000e0000-\U000e007f"
# The flags of England, Scotland and Wales are a black flag and the tags of their code (Unicode TS 51, ED-14a).
_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f"
_UNSEEN = re.compile(f"({_FLAG})|[{DIRECTIONS}{_MARKS}{_FILLERS}{_CONTROLS}{_TAGS}]")
_LINES = re.compile(f"({_FLAG})|[\t\n\r\x85\u2028\u2029]|{_UNSEEN.pattern.partition('|')[2]}")


# What takes no place on a line by itself (Unicode: Default_Ignorable_Code_Point, those of the first plane).
_BLANK = re.compile(
    r"[\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen, though it may have characters that shape others."""
    return _BLANK.fullmatch(text) is not None


def without_unseen(text: str) -> str:
    """The text without what is not seen; every letter is kept."""
    return _UNSEEN.sub(lambda found: found[1] or "", text)


def one_line(text: str) -> str:
    """A text in which everything unseen, and every end of a line, is written as an escape such as `\\u202e`."""
    return _LINES.sub(lambda found: found[1] or found[0].encode("unicode_escape").decode(), text)
