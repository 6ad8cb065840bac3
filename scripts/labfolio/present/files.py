"""Where numbers come from: result files with their hashes, and the commit that made them."""

from posixpath import dirname, relpath

from labfolio.model.entry import Entry
from labfolio.model.front_matter import Evidence
from labfolio.present.edition import Edition
from labfolio.present.views.common import Link, TitleField
from labfolio.present.views.evidence import DataFile


def data_file(edition: Edition, entry: Entry, path: str, lines: str = "") -> DataFile | None:
    """A published result file as the entry names it, with the first eight digits of its SHA-256."""
    url = edition.data_urls.get(path)
    if url is None:
        return None
    name, digest = relpath(path, dirname(entry.path)), edition.hashes.get(path, "")
    link = Link(text=name, href=edition.href(url, entry.url))
    return DataFile(file=link, lines=lines, hash=digest[:8], digest=digest)


def commit_field(edition: Edition, entry: Entry) -> TitleField | None:
    """The commit that was run: stated in the front matter, else recorded in the environment file."""
    front, environment = entry.front, edition.findings[entry.path].environment
    if not isinstance(front, Evidence):
        return None
    commit = front.commit or (environment.commit if environment else None)
    if commit is None:
        return None
    href = f"{edition.settings.repo_url}/commit/{commit}" if edition.settings.repo_url else None
    dirty = not front.commit and environment is not None and bool(environment.dirty)
    return TitleField(label="Commit", value=commit[:12] + (", with changes" if dirty else ""), href=href)
