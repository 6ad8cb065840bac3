"""An article as it is kept for another process: JSON, with the images that it publishes under their own hashes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from labfolio.markdown.article import AnchorLink, Article
from labfolio.markdown.questions import Answer, Question
from labfolio.markdown.works import CitedWork
from labfolio.model.content import Content, bytes_of
from labfolio.model.source import Position
from labfolio.parse.bibliography import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """An article with all that was asked while it was rendered, and what the answers were."""

    article: Article
    asked: Mapping[Question, Answer]


def encoded(kept: KeptArticle) -> tuple[bytes, Mapping[str, Content]]:
    """The bytes that stand for an article without diagnostics, and the images in it by their hashes."""
    article = kept.article
    digests = {url: sha256(bytes_of(content)).hexdigest() for url, content in article.made.items()}
    images = {digest: article.made[url] for url, digest in digests.items()}
    fields = {
        "html": article.html,
        "contents": article.contents,
        "headings": article.headings,
        "ids": sorted(article.ids),
        "files": dict(article.files),
        "made": digests,
        "anchors": [asdict(one) for one in article.anchors],
        "pages": article.pages,
        "works": [asdict(one) for one in article.works],
        "first_paragraph": article.first_paragraph,
    }
    asked = [[kind, key, answer] for (kind, key), answer in kept.asked.items()]
    return json.dumps({"asked": asked, "article": fields}).encode(), images


def decoded(data: bytes, image: Callable[[str], Content | None]) -> KeptArticle | None:
    """The article that bytes stand for; `image` gives one by its hash. None where one of them is not to be had."""
    kept = json.loads(data)
    fields = kept["article"]
    made = {url: image(digest) for url, digest in fields["made"].items()}
    found = {url: content for url, content in made.items() if content is not None}
    if len(found) < len(made):
        return None
    article = Article(
        html=fields["html"],
        contents=tuple((id, text) for id, text in fields["contents"]),
        headings=tuple(fields["headings"]),
        ids=frozenset(fields["ids"]),
        files=fields["files"],
        made=found,
        anchors=tuple(_anchor(one) for one in fields["anchors"]),
        pages=tuple(fields["pages"]),
        works=tuple(_work(one) for one in fields["works"]),
        diagnostics=(),
        first_paragraph=fields["first_paragraph"],
    )
    return KeptArticle(article=article, asked={(kind, key): answer for kind, key, answer in kept["asked"]})


def _anchor(fields: dict[str, Any]) -> AnchorLink:
    return AnchorLink(**{**fields, "position": Position(**fields["position"])})


def _work(fields: dict[str, Any]) -> CitedWork:
    record = fields["record"]
    names = {name: tuple(record[name]) for name in ("authors", "families")}
    return CitedWork(**{**fields, "record": Record(**{**record, **names}), "places": tuple(fields["places"])})
