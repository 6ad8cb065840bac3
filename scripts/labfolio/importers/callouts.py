"""Quotations that begin with `[!note]`, as GitHub, Hugo and Obsidian write them, to admonitions."""

import re

from labfolio.importers.prose import ADDED, DEEPEST, Prose, code_spans, within

_OPENING = re.compile(r"> ?\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>.*)$")


def callouts(prose: Prose) -> None:
    """Turns callouts into admonitions, one that is folded into details; callouts within callouts too."""
    spans = code_spans(prose.text)
    lines, at, coded = prose.text.split("\n"), 0, []
    for line in lines:
        coded.append(within(spans, at))
        at += len(line) + 1
    prose.text = "\n".join(_turned(lines, coded))


def _turned(lines: list[str], coded: list[bool], depth: int = 1) -> list[str]:
    done: list[str] = []
    number = 0
    while number < len(lines):
        found = None if coded[number] or depth > DEEPEST else _OPENING.match(lines[number])
        if found is None:
            done.append(lines[number])
            number += 1
            continue
        end = number + 1
        while end < len(lines) and lines[end].startswith(">"):
            end += 1
        inside = [re.sub(r"^> ?", "", line) for line in lines[number + 1 : end]]
        if done and done[-1].strip():
            done[-1] += ADDED
        done.append(opening(found["kind"], found["title"], found["fold"]))
        done += [f"    {line}" if line.strip() else "" for line in _turned(inside, [False] * len(inside), depth + 1)]
        if end < len(lines) and lines[end].strip():
            done[-1] += ADDED
        number = end
    return done


def opening(kind: str, title: str, fold: str = "") -> str:
    """The first line of an admonition; `fold` is `-` for closed and `+` for open details."""
    sign = {"-": "???", "+": "???+"}.get(fold, "!!!")
    words = title.strip().replace('"', "'")
    return f'{sign} {kind.lower()} "{words}"' if words else f"{sign} {kind.lower()}"
