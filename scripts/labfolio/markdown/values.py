"""`{{ r.<claim>.<name> }}`: a number of a claim, printed where the text asks for it."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from labfolio.model.spelling import nearest
from markdown import Markdown

_SHORT = 32
PATTERN = r"\{\{\s*r\.([^\s{}]+)\s*\}\}"


class Values(InlineProcessor):
    """Prints values as plain text that no other pattern touches; an unknown name stays as it was written."""

    def __init__(self, md: Markdown, values: Mapping[str, str], unknown: Callable[[str, str], None]) -> None:
        super().__init__(PATTERN, md)
        self.values = values
        self.unknown = unknown

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # its base is a Pattern, which takes no data
        value = self.values.get(m[1])
        # A number keeps to one line; a reason is a sentence and may not.
        element = Element("span", {"class": "value"} if value and len(value) <= _SHORT else {})
        if value is None:
            self.unknown(m[0], m[1])
        element.text = AtomicString(m[0] if value is None else value)
        return element, m.start(0), m.end(0)


def fill(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A plain text with its values printed, and the names that nothing answers."""
    unknown = tuple(name for name in re.findall(PATTERN, text) if name not in values)
    return re.sub(PATTERN, lambda m: values.get(m[1], m[0]), text), unknown


def no_value(name: str, values: Mapping[str, str]) -> tuple[str, str]:
    """What is said of a name that nothing answers, and the mend."""
    claim, _, what = name.rpartition(".")
    claims = list(dict.fromkeys(known.rpartition(".")[0] for known in values))
    names = [known.rpartition(".")[2] for known in values if known.rpartition(".")[0] == claim]
    if not names:
        hint = nearest(claim or what, claims)
        own = [known for known in claims if "/" not in known]
        listed = f"There are: {', '.join(own[:12])}." if own else "This entry states no claims."
        return f"'r.{name}': there is no claim '{claim or what}'{hint}", listed
    return f"'r.{name}': a claim has no value '{what}'{nearest(what, names)}", f"There are: {', '.join(names)}."
