"""Files of another program in memory, and a site to import them into."""

from collections.abc import Mapping
from typing import Any

from labfolio.importers.carried import Given, Import, Target
from labfolio.importers.formats import reader
from labfolio.model.entry import NOTE
from tests.conftest import TODAY


def imported(format: str, files: Mapping[str, str | bytes], **target: Any) -> Import:
    """What an importer makes of files; texts are given as texts."""
    held = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}
    given = Given(files=tuple(sorted(held)), read=held.__getitem__)
    return reader(format)(given, Target(**{"docs_dir": "content", "kind": NOTE, "today": TODAY, **target}))


def texts(made: Import) -> dict[str, str]:
    """The files that would be written, as texts."""
    return {one.path: one.content.decode() for one in made.files}


def named(made: Import) -> list[str]:
    """What was missed, one line each."""
    return [f"{one.path}:{one.line}: {one.what}" for one in made.missed]


def only(made: Import) -> str:
    """The text of the only file."""
    (one,) = made.files
    return one.content.decode()
