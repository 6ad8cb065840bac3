"""The lines of an algorithm: a list, or a fence of pseudo-code, numbered from its first step to its last."""

import re
import xml.etree.ElementTree as etree
from html import escape, unescape

from markdown import Markdown

_STASHED = re.compile(r"\s*\x02wzxhzdk:(\d+)\x03\s*")
_CODE = re.compile(r"<pre[^>]*>(?:<span></span>)?<code[^>]*>(.*?)</code></pre>", re.DOTALL)
# What goes in and comes out stands above and below the steps and is none itself.
_GIVEN = re.compile(r"\s*(input|output|require|ensure|data|result)s?:", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|(?<=\s))(?://|\u25b7).*$")
# The words that steer, as algpseudocode sets them bold; no word that is as often one of a sentence.
_KEYWORD = re.compile(
    r"(?<![\w.])(for each|for|while|repeat|until|if|then|else if|else|elif|end|do|return|function|procedure|break"
    r"|continue)(?![\w.(])"
)


def number_lines(algorithm: etree.Element, md: Markdown) -> None:
    """Numbers the steps through all levels: those of a list by their `value`, those of a fence as text.

    A fence in a programming language, or with line numbers of its own, stays as it is.
    """
    parents = {child: parent for parent in algorithm.iter() for child in parent}
    steps = [item for item in algorithm.iter("li") if parents[item].tag == "ol"]
    for number, step in enumerate(steps, start=1):
        step.set("value", str(number))
    number = len(steps)
    for element in algorithm:
        stashed = _STASHED.fullmatch(element.text or "") if element.tag == "p" else None
        blocks = md.htmlStash.rawHtmlBlocks
        if stashed is None or not isinstance(block := blocks[int(stashed[1])], str):
            continue
        code = _CODE.search(block)
        if code and '<span class="' not in code[1] and "linenos" not in block:
            text = unescape(re.sub(r"<[^>]*>", "", code[1])).strip("\n")
            lines, number = pseudo_code(text, number)
            blocks[int(stashed[1])] = f'<pre class="steps"><code>{lines}</code></pre>'


def pseudo_code(text: str, before: int = 0) -> tuple[str, int]:
    """The lines as HTML, numbered after `before`, and the last number; empty lines and what is given have none."""
    lines = text.split("\n")
    number, made = before, []
    width = len(str(before + len(lines)))
    for line in lines:
        counted = bool(line.strip()) and not _GIVEN.match(line)
        number += counted
        sign = str(number) if counted else ""
        made.append(f'<span class="line-number">{sign:>{width}}  </span>{_steered(line)}')
    return "\n".join(made), number


def _steered(line: str) -> str:
    """One line with its keywords and its comment marked."""
    comment = _COMMENT.search(line)
    steps, rest = (line[: comment.start()], comment[0]) if comment else (line, "")
    given = _GIVEN.match(steps)
    head = f"<b>{escape(given[0])}</b>" if given else ""
    steps = _KEYWORD.sub(r"<b>\1</b>", escape(steps[given.end() if given else 0 :], quote=False))
    return head + steps + (f'<span class="comment">{escape(rest, quote=False)}</span>' if rest else "")
