"""From notes on papers as people keep them, in Markdown or plain text, to paper notes with their seven questions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from labfolio.facts.questions import question_of
from labfolio.importers.callouts import callouts
from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, commas
from labfolio.importers.links import Links, candidates
from labfolio.importers.matter import read_matter
from labfolio.importers.paper_stub import open_questions, question_heading
from labfolio.importers.plain import SUFFIXES, dated_name
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose, lower_headings, plain_words
from labfolio.importers.slugs import slug_of
from labfolio.markdown.fences import open_fence
from labfolio.model.entry import PAPER
from labfolio.model.section import PAPER as QUESTIONS
from labfolio.parse.bibliography import Record, arxiv_id, read_bibliography

NOTES = (*SUFFIXES, ".txt")
# A heading; words with a line below them; a line that is all bold; words that end in a colon.
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]+(?P<sign>\S[^\n]{0,300})"
    r"|(?P<under>[^\s#>|`*+-][^\n]{0,200})\n-{3,}[ \t]{0,80}"
    r"|(?P<mark>\*\*|__)(?P<bold>[^*_\n]{1,100}?):?(?P=mark):?[ \t]{0,80}"
    r"|(?P<colon>[A-Z][^\n:.!?]{1,60}[:?])[ \t]{0,80})$",
    re.MULTILINE,
)
_DOI = re.compile(r"(?<!\w)10\.\d{4,9}/[^\s\"'<>{}|\\^`\]]+")
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html)/|:\s*)([\w.-]{1,20}(?:/\d{7})?(?:v\d+)?)", re.IGNORECASE)
# `(Vaswani et al., 2017)` or `[2017]` after a title, and what people write before one.
_AFTER = re.compile(r"\s*[(\[][^()\[\]]*\d{4}[a-z]?[)\]]\s*$")
_BEFORE = re.compile(r"^(?:paper|notes?|review|summary|reading)(?:\s+(?:notes?|of|on))*\s*[:\u2013-]\s*", re.IGNORECASE)


def read(given: Given, target: Target) -> Import:
    """A paper note for each Markdown or plain text file, led to its record by arXiv identifier, DOI or title.

    Headings that ask one of the seven questions get its words and id; what else there is stays as it is, and the
    questions without an answer stand at the end.
    """
    records = read_bibliography(target.bibliography, target.papers)[0]
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        if path.lower().endswith(NOTES):
            matter = read_matter(path, given.read(path))
            missed += matter.missed
            posts += [_post(Fields(matter), records, target)] if matter.sound else []
    files = frozenset(given.files)

    def find(source: str, href: str) -> str | None:
        names = [name for way in candidates(source, href) for name in (way, *(f"{way}{one}" for one in NOTES))]
        return next((name for name in names if name in files), None)

    result = imported(posts, given, replace(target, kind=PAPER), Origin(translate=_translate, find=find), missed)
    used = {one.source for one in result.files}
    unused = [name for name in given.files if name not in used and not name.lower().endswith(NOTES)]
    left = [
        Missed(path=name, line=1, what="is no note in Markdown or plain text, and none shows it") for name in unused
    ]
    return replace(result, missed=tuple(sorted([*result.missed, *left], key=lambda one: (one.path, one.line))))


def _post(fields: Fields, records: Mapping[str, Record], target: Target) -> Post:
    matter = fields.matter
    name, day = dated_name(matter.path)
    stated = fields.text("title")
    heading, body = headed(stated, matter.body)
    if not (stated or heading) and matter.path.lower().endswith(".txt"):
        heading, body = _first_line(body)
    title = title_of(stated, heading, name or matter.path)
    keys = _stated_keys(fields, records) or _found_keys(title, body, records)
    if not keys:
        where = target.bibliography
        fields.miss(
            "title", f"no record of {where} has this title, DOI or arXiv identifier; add one and name it in `paper`"
        )
    if keys and keys[0] in target.noted and slug_of(keys[0]) not in {slug.lower() for slug in target.slugs}:
        fields.miss("paper", f"'{keys[0]}' has a note already; this is another")
    return Post(
        source=matter.path,
        name=keys[0] if keys else title,
        title=title,
        day=fields.day("date", "created", "read") or day,
        body=body,
        body_line=matter.body_line,
        fields={
            "status": "planned" if not body.strip() else None,
            "draft": fields.hidden("published") or None,
            "paper": keys[0] if len(keys) == 1 else keys,
            "tags": fields.tags("tags", "keywords", split=commas),
            **fields.rest(target),
        },
        lines=matter.lines,
        missed=tuple(fields.missed),
    )


def _first_line(text: str) -> tuple[str, str]:
    """The first line of a plain text, where it stands alone and is no sentence, and the text with it blank."""
    found = re.match(r"\s*([^\n]{1,200})\n(?:\s*\n|\s*\Z|[-=]{3,}[ \t]*(?:\n|\Z))", text)
    if not found or found[1].rstrip().endswith((".", ",", ";")):
        return "", text
    return plain_words(found[1]), "\n" * found[0].count("\n") + text[found.end() :]


def _stated_keys(fields: Fields, records: Mapping[str, Record]) -> list[str]:
    """The keys that front matter names, those of records; another is named."""
    stated = fields.texts("paper", "citekey", "bibkey", split=commas)
    for key in stated:
        if key not in records:
            fields.miss("paper", f"'{key[:60]}' is no key of the bibliography; left out")
    return [key for key in stated if key in records]


def _found_keys(title: str, body: str, records: Mapping[str, Record]) -> list[str]:
    """The record that a note is on: named before its first heading, by its title, or the only one that it names."""
    first = _HEADING.search(body)
    head = f"{title}\n{body[: first.start()] if first else body}"
    for keys in (_named(head, records), _titled(title, records), _named(body, records)):
        if len(set(keys)) == 1:
            return keys[:1]
    return []


def _named(text: str, records: Mapping[str, Record]) -> list[str]:
    """The keys of the records whose arXiv identifier or DOI a text holds."""
    works: dict[str, str] = {}
    for key, one in records.items():
        for id in filter(None, (one.doi.lower(), arxiv_id(one.arxiv))):
            works.setdefault(id, key)
    return [works[id] for id in _ids(text) if id in works]


def _ids(text: str) -> Iterator[str]:
    for found in _ARXIV.finditer(text):
        yield arxiv_id(found[1].rstrip("."))
    for found in _DOI.finditer(text):
        doi = found[0].lower().rstrip(".,;:*_)")
        yield doi
        yield arxiv_id(doi) if "arxiv" in doi else ""
        yield doi + ")"  # some DOIs end in one, as the older ones of Elsevier do


def _titled(title: str, records: Mapping[str, Record]) -> list[str]:
    plain = _BEFORE.sub("", _AFTER.sub("", title))
    wanted = {_folded(title), _folded(plain)} - {""}
    return [key for key, one in records.items() if _folded(one.title) in wanted]


def _folded(title: str) -> str:
    return "".join(re.findall(r"\w+", title.casefold()))


def _translate(prose: Prose, _: Links) -> None:
    """The headings in the words of the seven questions, and those without an answer at the end."""
    callouts(prose)
    lower_headings(prose)
    answered: list[str] = []

    def asked(match: re.Match[str]) -> str:
        words = match["sign"] or match["bold"] or match["colon"] or match["under"]
        id = question_of(plain_words(words) if "{" not in words else words)
        if id is None or id in answered:
            return match[0]
        answered.append(id)
        return next(question_heading(one) for one in QUESTIONS if one.id == id)

    prose.replace(_HEADING, asked)
    text = prose.text.rstrip("\n")
    if fence := open_fence(text):
        prose.miss(len(text), "a block of code is never closed; it is closed here")
        text += f"\n{fence}"
    prose.text = f"{text}\n\n{open_questions(answered)}"
