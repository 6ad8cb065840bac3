"""Printed files as another process finds them: with what they asked, and a fingerprint of the answers."""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import cast

from labfolio.model.canonical import Fingerprints, NotCanonical
from labfolio.model.memory import Memory
from labfolio.model.site import Output

# The edition (0, or 1 for its preview), its mapping, the key, and the field that was read: empty for whether there is
# one, `*` for the whole value.
Question = tuple[int, str, str, str]
Name = str | tuple[str, ...]
Answers = Mapping[Question, object]


class KeptPrints:
    """What earlier processes printed for an edition that is the `same` but for the answers to what a print asks.

    Each name has one place on the disk, in which the last print stands: the folder holds one site, not its history.
    `site` tells sites apart that one folder is built for in turn.
    """

    def __init__(self, memory: Memory, site: str, same: object, answer: Callable[[Question], object]) -> None:
        self._store, self._site, self._answer = memory.store, site, answer
        self._fingerprints = Fingerprints()
        self._answers: dict[Question, str] = {}
        self._given: dict[int, tuple[Answers, str]] = {}
        self._same = self._fingerprint((memory.toolchain, same)) if memory.toolchain else ""

    def get(self, name: Name, given: Iterable[Answers] = ()) -> tuple[object, Mapping[Question, object]] | None:
        """What was printed under a name, and all that it asked with the answers; None where any of them is another, or
        one of those that went into what it was given."""
        data = self._store.get(self._key(name)) if self._same else None
        if data is None:
            return None
        head, _, body = data.partition(b"\n")
        found = json.loads(head)
        asked = [cast(Question, tuple(one)) for one in found["asked"]]
        if found.get("same") != self._same or found["given"] != [self._print_of(one) for one in given]:
            return None
        if found["answers"] != self._all_of(asked):
            return None
        return _decoded(found["files"], body), {one: self._answer(one) for one in asked}

    def put(self, name: Name, what: object, asked: Iterable[Question], given: Iterable[Answers] = ()) -> None:
        """Keeps a print, unless there is anything in it whose bytes cannot be told."""
        questions = list(asked)
        answers = self._all_of(questions) if self._same else ""
        heard = [self._print_of(one) for one in given] if answers else []
        if not answers or not all(heard) or (encoded := _encoded(what)) is None:
            return
        files, body = encoded
        head = {"same": self._same, "given": heard, "asked": questions, "answers": answers, "files": files}
        self._store.put(self._key(name), json.dumps(head).encode() + b"\n" + body)

    def _key(self, name: Name) -> str:
        return f"printed {json.dumps([self._site, name])}"

    def _all_of(self, asked: Iterable[Question]) -> str:
        """One fingerprint for the answers to all of these, in their order; empty where one of them has none."""
        found = sha256()
        for question in asked:
            known = self._answers.get(question)
            if known is None:
                known = self._answers[question] = self._fingerprint(self._answer(question))
            if not known:
                return ""
            found.update(known.encode())
        return found.hexdigest()

    def _print_of(self, given: Answers) -> str:
        """One fingerprint for questions and their answers, made once for all that were given the same; empty where one
        of the answers has none."""
        if id(given) not in self._given:
            answers = self._all_of(given)
            known = sha256(f"{json.dumps(list(given))}{answers}".encode()).hexdigest() if answers else ""
            self._given[id(given)] = given, known
        return self._given[id(given)][1]

    def _fingerprint(self, value: object) -> str:
        try:
            return self._fingerprints.of(value)
        except NotCanonical:
            return ""


# Path, source and number of bytes of each file; or that it is one file alone, or a text.
_Files = list[tuple[str, str, int]] | tuple[str, str] | None


def _encoded(what: object) -> tuple[_Files, bytes] | None:
    if isinstance(what, str):
        return None, what.encode("utf-8", "surrogatepass")
    if isinstance(what, Output):
        return (what.path, what.source), what.content
    if isinstance(what, tuple) and all(isinstance(one, Output) for one in what):
        return [(one.path, one.source, len(one.content)) for one in what], b"".join(one.content for one in what)
    return None


def _decoded(files: _Files, body: bytes) -> object:
    if files is None:
        return body.decode("utf-8", "surrogatepass")
    if files and isinstance(files[0], str):
        path, source = files
        return Output(path=path, content=body, source=source)
    outputs, at = [], 0
    for path, source, size in files:
        outputs.append(Output(path=path, content=body[at : at + size], source=source))
        at += size
    return tuple(outputs)
