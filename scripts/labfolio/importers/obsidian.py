"""From an Obsidian vault: its notes, with the images that they embed."""

import posixpath
import re

from labfolio.importers.callouts import callouts
from labfolio.importers.carried import Given, Import, Missed, Target
from labfolio.importers.fields import Fields, once, words
from labfolio.importers.links import Links, candidates
from labfolio.importers.matter import Matter, read_matter
from labfolio.importers.plain import dated_name
from labfolio.importers.post import Origin, Post, headed, imported, title_of
from labfolio.importers.prose import Prose, code_spans, within
from labfolio.importers.wiki import tags_of, wiki

_TEMPLATES = ("templates", "_templates", "template")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def read(given: Given, target: Target) -> Import:
    """An entry for each note; templates and drawings are passed over."""
    posts: list[Post] = []
    missed: list[Missed] = []
    for path in given.files:
        if any(part.lower() in _TEMPLATES for part in path.split("/")[:-1]):
            continue
        if path.endswith((".canvas", ".base", ".excalidraw.md")):
            missed.append(Missed(path=path, line=1, what="a drawing or a table of Obsidian; it is left out"))
        elif path.lower().endswith(".md"):
            matter = read_matter(path, given.read(path))
            missed += matter.missed
            if matter.sound:
                posts.append(_post(matter, target))
    return imported(posts, given, target, _origin(posts, given), missed)


def _origin(posts: list[Post], given: Given) -> Origin:
    bodies = {post.source: f"# {post.title}\n\n{post.body}" for post in posts}
    files = [path for path in given.files if not path.lower().endswith(".md") or path in bodies]
    by_name: dict[str, list[str]] = {}
    for path in files:
        by_name.setdefault(posixpath.basename(path).lower(), []).append(path)
    exact = {path.lower(): path for path in files}

    def find(source: str, name: str) -> str | None:
        """The file at the path, from the note's folder or the vault's; else the nearest one of the name."""
        for way in candidates(source, name, ("",)):
            if found := exact.get(way.lower()) or exact.get(f"{way}.md".lower()):
                return found
        last = posixpath.basename(name).lower()
        same = by_name.get(last) or by_name.get(f"{last}.md") or []
        ends = [
            one
            for one in same
            if f"/{one}".lower().removesuffix(".md").endswith(f"/{name}".lower().removesuffix(".md"))
        ]
        folder = posixpath.dirname(source)
        return min(ends, key=lambda one: (posixpath.dirname(one) != folder, one.count("/"), one), default=None)

    def headings(source: str) -> list[str]:
        body = bodies[source]
        spans = code_spans(body)
        return [match[1] for match in _HEADING.finditer(body) if not within(spans, match.start())]

    def translate(prose: Prose, links: Links) -> None:
        wiki(prose, links, find, headings)
        callouts(prose)

    return Origin(translate=translate, find=find)


def _post(matter: Matter, target: Target) -> Post:
    fields = Fields(matter)
    stem = posixpath.splitext(posixpath.basename(matter.path))[0]
    stated = fields.text("title")
    heading, body = headed(stated, matter.body)
    for name in ("aliases", "alias"):
        key, value = fields.value(name)
        if value:
            fields.miss(key, f"{key}: are other names of the note and no addresses; left out")
    _, in_name = dated_name(matter.path)
    given = [one.strip("#/ ") for one in fields.texts("tags", "tag", split=words)]
    hidden = fields.hidden("publish")
    fields.value("publish")
    return Post(
        source=matter.path,
        name=stem,
        title=stated or heading or stem or title_of("", "", matter.path),
        day=fields.day("date", "created", "date created") or in_name,
        body=body,
        body_line=matter.body_line,
        fields={
            "updated": fields.day("updated", "modified", "date modified"),
            "summary": fields.summary("summary", "description"),
            "tags": once([one for one in (*given, *tags_of(body)) if one]),
            "draft": hidden or None,
            **fields.rest(target),
        },
        lines=matter.lines,
        urls=tuple(fields.texts("permalink")),
        missed=tuple(fields.missed),
    )
