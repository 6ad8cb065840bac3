"""From Markdown files, with or without front matter."""

import posixpath
import re
from datetime import date

from labfolio.importers.callouts import callouts
from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, commas, day_of
from labfolio.importers.links import Links, candidates
from labfolio.importers.matter import read_matter
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_DAY = re.compile(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_. T]+|$)")


def read(given: Given, target: Target) -> Import:
    """An entry for each Markdown file; a date in the file's name counts where none is stated."""
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        if not path.lower().endswith(SUFFIXES):
            continue
        matter = read_matter(path, given.read(path))
        missed += matter.missed
        if matter.sound:
            posts.append(_post(Fields(matter), target))

    def find(source: str, href: str) -> str | None:
        names = [name for way in candidates(source, href) for name in (way, *(f"{way}{one}" for one in SUFFIXES))]
        return next((name for name in names if name in files), None)

    files = frozenset(given.files)
    return imported(posts, given, target, Origin(translate=_translate, find=find), missed)


def _post(fields: Fields, target: Target) -> Post:
    matter = fields.matter
    stated = fields.text("title")
    heading, body = headed(stated, matter.body)
    hidden = fields.hidden("published")
    # `published` is a yes or a day, as people use it.
    day = fields.day("date", "created", *(() if "published" in fields.taken else ("published",)))
    name, in_name = dated_name(matter.path)
    return Post(
        source=matter.path,
        name=fields.text("slug") or name or stated or heading,
        title=title_of(stated, heading, name or matter.path),
        day=day or in_name,
        body=body,
        body_line=matter.body_line,
        fields={
            "updated": fields.day("updated", "lastmod", "modified", "last_modified_at"),
            "summary": fields.summary("summary", "description", "excerpt"),
            "tags": fields.tags("tags", "categories", "keywords", split=commas),
            "draft": hidden or None,
            "aliases": fields.texts("aliases"),
            **fields.rest(target),
        },
        lines=matter.lines,
        missed=tuple(fields.missed),
    )


def dated_name(path: str) -> tuple[str, date | None]:
    """The words of a file's name, without the day that it begins with, and that day.

    The name of an index file is that of its folder; a name that is a day and nothing else stays as it is.
    """
    folder, file = posixpath.split(path)
    stem = posixpath.splitext(file)[0]
    if stem.lower() in ("index", "readme") and folder:
        stem = posixpath.basename(folder)
    found = _DAY.match(stem)
    day = day_of("-".join(found.groups())) if found else None
    return (stem[found.end() :] or stem if found and day else stem), day


def _translate(prose: Prose, _: Links) -> None:
    callouts(prose)
