"""Articles kept from one build to the next, each for as long as whatever it depends on stays the same."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from labfolio.markdown.article import Article, render
from labfolio.markdown.kept_article import KeptArticle, decoded, encoded
from labfolio.markdown.known_extensions import options_print
from labfolio.markdown.links import LinkTable
from labfolio.markdown.questions import Questions, Site
from labfolio.markdown.works import Bibliography
from labfolio.model.content import Content, bytes_of
from labfolio.model.limit import Within
from labfolio.model.memory import Memory
from labfolio.model.site import Settings


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What all texts of one build share, and how each of them becomes an article."""

    settings: Settings
    table: LinkTable
    bibliography: Bibliography
    within: Within
    memory: Memory

    def article(self, body: str, *, values: Mapping[str, str], **own: Any) -> Article:
        """The article of a text, as `render` gives it; the kept one where nothing that it asked has changed.

        An article with a diagnostic is not kept, nor one of a text whose question has no exact answer.
        """
        self.memory.between()
        site = Site(table=self.table, bibliography=self.bibliography, values=values)
        if self._shared is None:
            return self._rendered(body, site, own)
        key = self._key(body, own)
        kept = self._kept(key)
        if kept is not None and _holds(kept, site):
            return kept.article
        questions = Questions(site)
        article = self._rendered(body, questions.listening(), own)
        if not article.diagnostics and not questions.whole:
            self._keep(key, KeptArticle(article=article, asked=questions.asked))
        return article

    def _rendered(self, body: str, site: Site, own: Mapping[str, Any]) -> Article:
        article = render(
            body,
            settings=self.settings,
            table=site.table,
            bibliography=site.bibliography,
            values=site.values,
            within=self.within,
            **own,
        )
        made = {url: self.memory.aside(bytes_of(content)) for url, content in article.made.items()}
        return replace(article, made=made) if made else article

    @cached_property
    def _shared(self) -> str | None:
        """All that every key names; None where no key could name everything."""
        options = options_print(self.settings)
        if options is None:
            return None
        cited = (self.bibliography.form, self.bibliography.sound)
        settings = (options, self.settings.proof, self.table.docs_dir)
        return json.dumps([self.memory.toolchain, settings, cited])

    def _key(self, body: str, own: Mapping[str, Any]) -> str:
        code = own.get("code")
        named = {**own, "code": asdict(code) if code else None}
        text = json.dumps([self._shared, body, named], sort_keys=True)
        return f"article {sha256(text.encode()).hexdigest()}"

    def _kept(self, key: str) -> KeptArticle | None:
        found = self.memory.recent.get(key)
        if isinstance(found, KeptArticle):
            return found
        data = self.memory.store.get(key)
        kept = decoded(data, self._put_aside) if data is not None else None
        if kept is not None:
            self.memory.recent.put(key, kept)
        return kept

    def _keep(self, key: str, kept: KeptArticle) -> None:
        self.memory.recent.put(key, kept)
        data, images = encoded(kept)
        for digest, content in images.items():
            if self._image(digest) is None:
                self.memory.store.put(f"image {digest}", bytes_of(content))
        self.memory.store.put(key, data)

    def _put_aside(self, digest: str) -> Content | None:
        content = self._image(digest)
        return None if content is None else self.memory.aside(content)

    def _image(self, digest: str) -> bytes | None:
        return self.memory.store.get(f"image {digest}")


def _holds(kept: KeptArticle, site: Site) -> bool:
    """Whether every question that the text asked has the answer that it had."""
    try:
        return all(site.answer(question) == answer for question, answer in kept.asked.items())
    except OSError:
        return False
