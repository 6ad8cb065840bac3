"""A paper note with its seven questions, answered or not."""

from collections.abc import Collection

from labfolio.model.section import PAPER, Section


def question_heading(section: Section) -> str:
    """The heading of a question, with its id."""
    return f"## {section.heading} {{#{section.id}}}"


def open_questions(answered: Collection[str] = ()) -> str:
    """The headings of the questions that are not answered, in their order, each without text."""
    return "\n\n".join(question_heading(one) for one in PAPER if one.id not in answered)
