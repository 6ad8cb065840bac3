"""Text broken into lines."""

from collections.abc import Callable

Measure = Callable[[str], float]


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width`, filled one after the other; a word that is wider is broken within."""
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        joined = f"{line} {word}" if line else word
        if measure(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while measure(line) > width and len(line) > 1:
            end = _fitting(line, width, measure)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `wrapped` gives, as even as they can be."""
    lines = wrapped(text, width, measure)
    low, high = width / 2, width
    while len(lines) > 1 and high - low > width / 64:
        middle = (low + high) / 2
        tried = wrapped(text, middle, measure)
        if len(tried) == len(lines) and max(map(measure, tried)) <= middle:
            lines, high = tried, middle
        else:
            low = middle
    return lines


def cut(text: str, width: float, count: int, measure: Measure, ellipsis: str) -> list[str]:
    """At most `count` lines; where that is not the whole text, it ends at a word with an ellipsis."""
    lines = wrapped(text, width, measure)
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    while last and measure(last + ellipsis) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: count - 1], last.rstrip(" ,.;:-") + ellipsis]


def _fitting(word: str, width: float, measure: Measure) -> int:
    """How many characters of a word fit, at least one."""
    low, high = 1, len(word)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if measure(word[:middle]) <= width else (low, middle)
    return low
