"""The pages that answer old URLs: a redirect where something moved, a tombstone where something was retired."""

import json
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from labfolio.facts.answers import Redirect
from labfolio.model.entry import KINDS
from labfolio.model.ledger import LedgerLine
from labfolio.model.site import Output
from labfolio.model.wording import sentence
from labfolio.present.edition import Edition
from labfolio.present.fragments import Fragments
from labfolio.present.frame import Frame
from labfolio.present.views.common import Link, TitleBlock, TitleField, as_date
from labfolio.present.views.pages import TombstoneView

# The script keeps query and fragment, which a refresh would drop; a browser without scripts takes the refresh.
_REDIRECT = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<script>location.replace({target} + location.search + location.hash);</script>
<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>
</head>
<body>
<p>This page has moved: <a href="{href}">{title}</a></p>
</body>
</html>
"""


def output_path(url: str) -> str:
    """The file that a host serves for a URL."""
    return url if url.endswith(".html") else f"{url.rstrip('/')}/index.html"


def old_addresses(edition: Edition, fragments: Fragments, frame: Frame) -> Iterable[Output]:
    """A redirect or tombstone for every old URL that no page answers itself."""
    titles = {entry.url: entry.front.title for entry in edition.portfolio.entries}
    titles |= {page.url: page.title for page in edition.portfolio.free_pages}
    titles |= {f"{kind.section}/": kind.plural for kind in KINDS} | {"progress/": "Progress"}
    titles |= {line.url: line.title for line in edition.answers.tombstones if line.title}
    for one in edition.answers.redirects:
        yield _redirect(edition, one, titles.get(one.to, one.to))
    for line in edition.answers.tombstones:
        content = fragments.render("tombstone.html", view=_tombstone(edition, line))
        title = line.title or line.url
        page = frame.render(line.url, title, content, description=_sentence(line.reason or ""), robots="noindex")
        yield Output(path=output_path(line.url), content=page, source=edition.ledger.path)


def _redirect(edition: Edition, one: Redirect, title: str) -> Output:
    href = edition.href(one.to, one.url)
    text = _REDIRECT.format(
        lang=escape(edition.settings.language),
        title=escape(title),
        canonical=escape(edition.settings.site_url + quote(one.to, safe="/.~-_")),
        target=json.dumps(href).replace("<", "\\u003c"),
        href=escape(href),
    )
    return Output(path=output_path(one.url), content=text.encode("utf-8", "replace"), source=one.source)


def _tombstone(edition: Edition, line: LedgerLine) -> TombstoneView:
    kind = next((kind for kind in KINDS if kind.name == line.kind), None)
    fields = [TitleField(label="Sheet", value=line.id)] if line.id else []
    fields.append(TitleField(label="First day", value=line.first.isoformat(), date=as_date(line.first)))
    if line.last is not None:
        fields.append(TitleField(label="Last day", value=line.last.isoformat(), date=as_date(line.last)))
    link = Link(text=kind.plural if kind else "Home", href=edition.href(f"{kind.section}/" if kind else "", line.url))
    block = TitleBlock(fields=tuple(fields), title=line.title or line.url, result="This page was withdrawn.")
    return TombstoneView(block=block, reason=_sentence(line.reason or ""), link=link)


def _sentence(words: str) -> str:
    """A reason with a capital and a full stop, unless it ends as a sentence does."""
    text = sentence(words)
    return text[:-1] if words.rstrip().endswith((".", "!", "?")) else text
