"""What stands around the article of a page of the author's own."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from labfolio.model.entry import FreeText
from labfolio.present.edition import Edition
from labfolio.present.fragments import Fragments
from labfolio.present.reference_list import references
from labfolio.present.search import PAGES, facts_of
from labfolio.present.views.common import Reference
from labfolio.present.views.pages import FreeView

FREE = "free.html"


def free_article(edition: Edition, article: str, page: FreeText | None = None) -> str:
    """The content of a page of the author's own, around its article, with the list of what it cites."""
    listed = references(edition, page.path, page.url) if page else ()
    return around(edition.theme.fragments, article, listed)


def around(fragments: Mapping[str, str], article: str, listed: Sequence[Reference]) -> str:
    """The same of an article and its list, by the sources of the fragments."""
    view = FreeView(article=Markup(article), references=tuple(listed), search=facts_of(kind=PAGES))
    return Fragments(fragments).render(FREE, view=view)
