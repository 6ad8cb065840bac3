"""Which file was being worked on when something failed that should not."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Notes `what` was being done, such as `reading builds/x.md`, on whatever is raised within."""
    try:
        yield
    except Exception as error:
        error.add_note(what)
        raise


def where(error: BaseException) -> str:
    """What was being done as an error was raised, the innermost first: ` while reading builds/x.md`; may be empty."""
    notes = getattr(error, "__notes__", ())
    return f" while {notes[0]}" if notes else ""
