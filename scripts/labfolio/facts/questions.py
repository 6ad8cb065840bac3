"""Which of the seven questions of a paper note a heading asks, in whatever words its author has put it."""

import re
import unicodedata
from dataclasses import dataclass

from labfolio.model.section import PAPER


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words that a heading may ask one question with: one of `heads` at least, `others` beside them."""

    heads: frozenset[str]
    others: frozenset[str]


def question_of(heading: str) -> str | None:
    """The id of the question that a heading asks, or None.

    An explicit `{#id}` and the question's own words decide; else every word of the heading has to belong to one
    question, so that `Limitations` is one and `Limitations of related work` is left alone.
    """
    attributes = re.search(r"\{([^{}]*)\}\s*#*\s*$", heading)
    explicit = re.search(r"#(\S+)", attributes[1]) if attributes else None
    if explicit:
        return explicit[1] if explicit[1] in _OWN else None
    words = _words(heading)
    own = "-".join(words)
    asked = (id for id, wordings in _OWN.items() if own in wordings)
    return next(asked, None) or _by_synonym(words)


def _by_synonym(words: list[str]) -> str | None:
    telling = {_singular(word) for word in words if word not in _FILLERS}
    for id, wording in _WORDINGS.items():
        if telling & wording.heads and telling <= wording.heads | wording.others:
            return id
    return None


def _words(heading: str) -> list[str]:
    """The words in small letters, without markup, accents and the number that a heading may begin with."""
    plain = unicodedata.normalize("NFKD", heading).casefold().replace("\u2019", "'")
    plain = re.sub(r"n't\b", " not", plain)
    plain = re.sub(r"'s\b", " is", plain)
    words = re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return words[1:] if len(words) > 1 and re.fullmatch(r"q?\d{1,2}|question", words[0]) else words


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _wording(heads: str, others: str = "") -> _Wording:
    return _Wording(_set(heads), _set(others))


_FILLERS = _set(
    "a an and any are be being by can could do does for from here i in is it main me might my of on or our paper so"
    " summary than that the their there these they this to was we what when where which who why will with would"
    " you your"
)
_WORDINGS = {
    "problem-and-baseline": _wording(
        "problem motivation baseline challenge gap",
        "statement setting definition addressed solved solve beaten beat prior context background try trying solving",
    ),
    "mechanism": _wording(
        "mechanism method methodology approach how idea intuition architecture algorithm technique",
        "core key central work proposed model technical detail overview high level solution design",
    ),
    "what-is-new": _wording(
        "new novel novelty contribution",
        "key part actually really prior work compared differ different difference claimed",
    ),
    "assumptions": _wording(
        "assumption assume caveat",
        "not hold production break fail practice deployment key hidden made make implicit may real world",
    ),
    "smallest-reproduction": _wording(
        "reproduction reproduce reproducing reproducibility replication replicate replicating",
        "small smallest minimal minimum simplest cheapest plan how experiment version toy idea possible least",
    ),
    "deciding-metric": _wording(
        "metric convince convincing persuade",
        "deciding decisive key evaluation evidence result keep going success experiment number continue measure change"
        " mind",
    ),
    "failure-cases": _wording(
        "limitation failure fail weakness drawback shortcoming break unsafe irrelevant",
        "case mode not work risk criticism known possible potential make safety key",
    ),
}
_OWN = {one.id: (one.id, "-".join(_words(one.heading))) for one in PAPER}
