"""What a text asks while it is rendered, with the answers: whoever asks again and hears the same may keep the article.

A text asks of the site whether a path is a page or a file, what a file holds, what a number is and who wrote a work.
Each such question is noted with its answer; what has no exact one, such as a look at all files, is noted as `whole`.
"""

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Generic, TypeVar

from labfolio.markdown.links import LinkTable
from labfolio.markdown.works import Bibliography

_V = TypeVar("_V")

# What may be asked, and of what: `page?` whether there is one, `page` which URL it has, and so on.
Question = tuple[str, str]
Answer = str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that texts ask: where links lead, what can be cited and the numbers of claims."""

    table: LinkTable
    bibliography: Bibliography
    values: Mapping[str, str]

    def answer(self, question: Question) -> Answer:
        """The answer to a question as it is noted, files and works by their hash; None where there is nothing.

        Raises OSError where a file cannot be read.
        """
        kind, key = question
        if kind == "read":
            return sha256(self.table.read(key)).hexdigest()
        if kind == "work":
            work = self.bibliography.works.get(key)
            return None if work is None else sha256(json.dumps(asdict(work)).encode()).hexdigest()
        if kind.endswith("?"):
            return key in self._held(kind[:-1])
        return self._texts(kind).get(key)

    def _held(self, kind: str) -> Set[str] | Mapping[str, object]:
        table, cited = self.table, self.bibliography
        held: Mapping[str, Set[str] | Mapping[str, object]] = {
            "page": table.pages, "url": table.urls, "hidden": table.hidden, "file": table.files,
            "work": cited.works, "note": cited.notes, "value": self.values,
        }  # fmt: skip
        return held[kind]

    def _texts(self, kind: str) -> Mapping[str, str]:
        return {"page": self.table.pages, "note": self.bibliography.notes, "value": self.values}[kind]


@dataclass(slots=True)
class Questions:
    """Every question that was asked of a site, with its answer; `whole` tells of one that has no exact answer."""

    site: Site
    asked: dict[Question, Answer] = field(default_factory=dict)
    whole: bool = False

    def listening(self) -> Site:
        """The same site, each question to which is noted."""
        site = self.site
        table = replace(
            site.table,
            pages=_Texts(self, "page", site.table.pages),
            urls=_Names(self, "url", site.table.urls),
            hidden=_Names(self, "hidden", site.table.hidden),
            files=_Names(self, "file", site.table.files),
            read=self.read,
        )
        cited = site.bibliography
        cited = replace(cited, works=_Texts(self, "work", cited.works), notes=_Texts(self, "note", cited.notes))
        return Site(table=table, bibliography=cited, values=_Texts(self, "value", site.values))

    def ask(self, kind: str, key: str) -> None:
        """Notes a question with its answer."""
        if (kind, key) not in self.asked:
            self.asked[kind, key] = self.site.answer((kind, key))

    def read(self, path: str) -> bytes:
        """The bytes of a file, noted by their hash. Raises OSError."""
        data = self.site.table.read(path)
        self.asked["read", path] = sha256(data).hexdigest()
        return data


class _Names(Set[str]):
    """A set that notes what it is asked."""

    def __init__(self, questions: Questions, kind: str, names: Set[str]) -> None:
        self._questions, self._kind, self._names = questions, kind, names

    def __contains__(self, name: object) -> bool:
        self._questions.ask(f"{self._kind}?", str(name))
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        self._questions.whole = True
        return iter(self._names)

    def __len__(self) -> int:
        self._questions.whole = True
        return len(self._names)


class _Texts(Mapping[str, _V], Generic[_V]):
    """A mapping that notes what it is asked."""

    def __init__(self, questions: Questions, kind: str, texts: Mapping[str, _V]) -> None:
        self._questions, self._kind, self._texts = questions, kind, texts

    def __getitem__(self, name: str) -> _V:
        self._questions.ask(self._kind, name)
        return self._texts[name]

    def __contains__(self, name: object) -> bool:
        self._questions.ask(f"{self._kind}?", str(name))
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        self._questions.whole = True
        return iter(self._texts)

    def __len__(self) -> int:
        self._questions.whole = True
        return len(self._texts)
