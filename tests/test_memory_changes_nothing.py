"""A build with a memory gives what a build without one gives, byte for byte, whatever changed between two of them.

One rich site is edited again and again. After each edit it is built without a memory, with one that has lived since
the first build, and (a preview is never written) with an empty one over what all earlier builds left on the disk.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import pytest

from labfolio.build import Result, build
from labfolio.files.cache import Cache
from labfolio.markdown import keeping
from labfolio.model.memory import Memory
from labfolio.model.site import NavItem, Settings, Theme
from labfolio.present.pages import free_pages
from tests.conftest import TODAY
from tests.notebooks import code, notebook, printed, words
from tests.site import LEDGER_PATH, entry, published_files, settings, small_files, source_tree, theme

NOTE = "content/notebook/rich.md"
SKETCH = "builds/sketch/index.md"
RATE = "content/reproductions/rate/index.md"
PROGRAM = "content/program.yml"
BIB = "content/papers.bib"
LOG = "content/log.csv"
BODY = """As in [@rahimi2007random] and in @mueller2020note, the constant is {{ r.rate/constant.mean }}, or $\\norm{x}$.

## First part

See [the problem](../../builds/sketch/index.md#problem), [the page of my own](../about.md) and [below](#second-part).

![The error](../../builds/sketch/figures/error.png)

![Slopes](../reproductions/rate/results/slopes.csv)

![Run](run.ipynb)

```python file="../../builds/sketch/sketch.py" lines="1-1" starts="print"
```

## Second part

<kbd>Ctrl</kbd> "quoted" -- text.
"""


@dataclass
class State:
    """All that a build is given."""

    files: dict[str, bytes]
    settings: Settings = field(default_factory=settings)
    theme: Theme = field(default_factory=theme)
    today: date = TODAY
    toolchain: str = "first"

    def built(self, memory: Memory | None = None, *, preview: bool = False, proof: bool = False) -> tuple[object, ...]:
        """All that a build says and makes."""
        chosen = replace(self.settings, proof=True) if proof else self.settings
        tree = source_tree(self.files)
        result = build(tree, chosen, self.theme, self.today, key_of, preview=preview, memory=memory)
        return said(result)

    def edit(self, path: str, old: str, new: str) -> None:
        """Other words in the place of some that are there."""
        data = self.files[path].decode()
        assert old in data, (path, old)
        self.files[path] = data.replace(old, new).encode()


def key_of(key: str, _draw: Callable[[], bytes]) -> bytes:
    """A social card that is not drawn: all that it depends on."""
    return key.encode()


def said(result: Result) -> tuple[object, ...]:
    own = () if any(one.level == "error" for one in result.diagnostics) else tuple(free_pages(result.edition))
    return (*result.outputs, *own), result.diagnostics, result.left_out, result.allowed, dict(result.values)


def rich() -> State:
    """The small site with a text that asks for everything that a text can ask for."""
    files = small_files()
    files[NOTE] = entry(BODY, title="A rich text", tags="[statistics]")
    files["content/notebook/run.ipynb"] = notebook(words("## Cells"), code("1 + 1", printed("2\n")))
    files["content/notebook/alone.md"] = entry("It stands alone.", title="Alone")
    files[PROGRAM] += b"macros:\n  norm: '\\lVert #1 \\rVert'\n"
    files[LOG] = b"date,hours,activity,pillar,item,note\n2026-04-06,2,code,swe,sketch,\n"
    return State(published_files(files))


Edit = Callable[[State], object]


def setting(**changes: object) -> Edit:
    return lambda state: setattr(state, "settings", replace(state.settings, **changes))  # type: ignore[arg-type]


def written(path: str, data: bytes) -> Edit:
    return lambda state: state.files.update({path: data})


def removed(path: str) -> Edit:
    return lambda state: state.files.pop(path)


def edited(path: str, old: str, new: str) -> Edit:
    return lambda state: state.edit(path, old, new)


def fragment(name: str, old: str, new: str) -> Edit:
    def change(state: State) -> None:
        texts = dict(state.theme.fragments)
        assert old in texts[name]
        state.theme = replace(state.theme, fragments={**texts, name: texts[name].replace(old, new, 1)})

    return change


def moved(path: str, to: str) -> Edit:
    return lambda state: state.files.update({to: state.files.pop(path)})


ALONE = "content/notebook/alone.md"
TOKEN = "ghp_" + "aB1" * 12
EDITS: dict[str, Edit] = {
    "nothing": lambda state: None,
    "a body": edited(NOTE, "or $", "that is $"),
    "a title": edited(NOTE, "A rich text", "A richer text"),
    "a first paragraph": edited(ALONE, "It stands", "It still stands"),
    "a summary": edited(SKETCH, "in a kilobyte", "in two kilobytes"),
    "a heading that is linked to goes": edited(SKETCH, "## Problem", "## Question"),
    "and comes back": edited(SKETCH, "## Question", "## Problem"),
    "a heading more": edited(ALONE, "alone.", "alone.\n\n## More\n\nWords.\n"),
    "a link to it": edited(NOTE, "[below]", "[more](alone.md#more), [below]"),
    "what is linked to is renamed": moved(ALONE, "content/notebook/lone.md"),
    "and is back": moved("content/notebook/lone.md", ALONE),
    "what is linked to is deleted": removed(ALONE),
    "and restored": written(ALONE, entry("It stands alone.\n\n## More\n\nWords.\n", title="Alone")),
    "a file that was missed": edited(ALONE, "Words.", "Words and [data](data.csv)."),
    "appears": written("content/notebook/data.csv", b"a,b\n1,2\n"),
    "other bytes of a figure": lambda state: state.files.update(
        {"builds/sketch/figures/error.png": state.files["builds/sketch/figures/error.png"] + b"\0"}
    ),
    "no figure": removed("builds/sketch/figures/error.png"),
    "the figure again": lambda state: state.files.update(
        {"builds/sketch/figures/error.png": small_files()["builds/sketch/figures/error.png"]}
    ),
    "a number in a result file": lambda state: state.edit(
        "content/reproductions/rate/results/slopes.csv", *slopes_edit(state)
    ),
    "a name of a pillar": edited(PROGRAM, "Software engineering", "Engineering"),
    "a macro": edited(PROGRAM, "#1", "#1 #1"),
    "a target": edited(PROGRAM, "builds: 38", "builds: 39"),
    "a target, as text alone": edited(PROGRAM, "share: 20", "share: 20.0"),
    "a tolerance, as text alone": edited(RATE, "tolerance: 0.05", "tolerance: 0.050"),
    "an hour of work": edited(LOG, "06,2,", "06,3,"),
    "a year in the bibliography": edited(BIB, "{2007}", "{2008}"),
    "no record of a work": edited(BIB, "@article{rahimi2007random,", "@article{rahimi2008random,"),
    "the record again": edited(BIB, "@article{rahimi2008random,", "@article{rahimi2007random,"),
    "citations by number": lambda state: state.files.update({PROGRAM: state.files[PROGRAM] + b"citations: numbered\n"}),
    "a fragment": fragment("entry.html", "<", "<!-- x --><"),
    "an asset": lambda state: setattr(
        state, "theme", replace(state.theme, assets={**state.theme.assets, "assets/x.txt": b"x"})
    ),
    "a style sheet": lambda state: setattr(
        state, "theme", replace(state.theme, assets={**state.theme.assets, "assets/css/x.css": b"p{color:red}"})
    ),
    "the frame": lambda state: setattr(
        state, "theme", replace(state.theme, frame=state.theme.frame.replace("</body>", "<i></i></body>"))
    ),
    "the name of the site": setting(site_name="Another name"),
    "its address": setting(site_url="https://other.example/below/"),
    "its navigation": setting(nav=(NavItem(title="Me", target="about.md"),)),
    "an extension": setting(extensions=("smarty",)),
    "an option of it": setting(extension_configs={"smarty": {"smart_dashes": False}}),
    "an extension that is not known": setting(extensions=("wikilinks",), extension_configs={}),
    "no extension": setting(extensions=()),
    "another toolchain": lambda state: setattr(state, "toolchain", "second"),
    "the next day": lambda state: setattr(state, "today", date(2026, 11, 21)),
    "the day of an entry of the future": lambda state: setattr(state, "today", date(2027, 3, 1)),
    "the day before": lambda state: setattr(state, "today", TODAY),
    "a draft": edited(ALONE, "date:", "draft: yes\ndate:"),
    "no draft": edited(ALONE, "draft: yes\n", ""),
    "raw HTML as it is": edited(NOTE, "date:", "unsafe_html: yes\ndate:"),
    "raw HTML cleaned": edited(NOTE, "unsafe_html: yes\n", ""),
    "a cell of a notebook": written("content/notebook/run.ipynb", notebook(words("## Cells"), code("2 + 2"))),
    "quoted code": written("builds/sketch/sketch.py", b"print('other')\n"),
    "quoted code that is stale": written("builds/sketch/sketch.py", b"pass\n"),
    "quoted code that is sound": written("builds/sketch/sketch.py", b'print("sketch")\n'),
    "an embedded table": edited("content/notebook/data.csv", "1,2", "1,3"),
    "a line of the ledger": edited(LEDGER_PATH, "2026-11-20", "2026-11-19"),
    "no ledger": removed(LEDGER_PATH),
    "an allowance": edited(ALONE, "date:", "allow: {dead-link: It comes later}\ndate:"),
    "no allowance": edited(ALONE, "allow: {dead-link: It comes later}\n", ""),
    "front matter with a fault": edited(ALONE, "date: ", "dote: "),
    "two faults": edited(SKETCH, "pillar: swe", "pillar: nothing"),
    "one mended": edited(ALONE, "dote: ", "date: "),
    "all mended": edited(SKETCH, "pillar: nothing", "pillar: swe"),
    "a token in a text": edited(ALONE, "It stands", f"{TOKEN} stands"),
    "a token in a result file beside it": edited("content/notebook/data.csv", "1,3", f"1,{TOKEN}"),
    "a token in that file alone": edited(ALONE, f"{TOKEN} stands", "It stands"),
    "which opens nothing": edited(ALONE, "date:", f"allow_secret: [{sha256(TOKEN.encode()).hexdigest()[:12]}]\ndate:"),
    "no token": edited("content/notebook/data.csv", TOKEN, "3"),
    "a page of my own": edited("content/about.md", "Ada measures", "Ada counts"),
    "a program file with a fault": edited(PROGRAM, "days: 300", "days: many"),
    "without it": edited(PROGRAM, "days: many", "days: 301"),
}


def slopes_edit(state: State) -> tuple[str, str]:
    """A number of the result file, and another in its place."""
    line = state.files["content/reproductions/rate/results/slopes.csv"].decode().split("\n")[1]
    return line, line[:-1] + ("1" if line[-1] != "1" else "2")


@pytest.mark.parametrize("preview", [False, True], ids=["site", "preview"])
def test_a_series_of_edits(tmp_path: Path, preview: bool) -> None:
    state, lived = rich(), Memory()
    for name, apply in EDITS.items():
        apply(state)
        alone = state.built(preview=preview)
        if not preview:
            backed = Memory(store=Cache(tmp_path / "one"), toolchain=state.toolchain)
            assert state.built(backed) == alone, f"{name}: in a new process"
        lived = replace(lived, store=Cache(tmp_path / "two"), toolchain=state.toolchain)
        assert state.built(lived, preview=preview) == alone, f"{name}: in a process that has lived"


def test_a_check_says_the_same() -> None:
    state, lived = rich(), Memory()
    for name, apply in EDITS.items():
        apply(state)
        assert state.built(lived, proof=True) == state.built(proof=True), name


def test_edits_in_any_order(tmp_path: Path) -> None:
    chance, lived = random.Random(10), Memory(store=Cache(tmp_path), toolchain="first")
    state = rich()
    for _ in range(12):
        name = chance.choice([one for one in EDITS if "toolchain" not in one])
        kept = replace(state, files=dict(state.files))
        try:
            EDITS[name](state)
        except (AssertionError, KeyError):  # it is not there to be changed
            state = kept
        assert state.built(lived) == state.built(), name


def test_one_body_costs_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    state, lived = rich(), Memory()
    state.built(lived)
    rendered: list[str] = []
    render = keeping.render

    def noted(body: str, **given: object) -> object:
        rendered.append(str(given["source"]))
        return render(body, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "render", noted)
    state.built(lived)
    before = list(rendered)
    rendered.clear()
    state.edit(NOTE, "As in", "As said in")
    state.built(lived)
    assert sorted({*rendered} - {*before}) == [NOTE]


def test_any_other_byte_in_the_cache_is_made_again(tmp_path: Path) -> None:
    state, chance = rich(), random.Random(4)
    alone = state.built()
    state.built(Memory(store=Cache(tmp_path)))
    files = sorted(path for path in tmp_path.iterdir() if path.name != ".gitignore")
    for path in files:
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(damaged))
        assert Cache(tmp_path)._read(path) is None
    assert state.built(Memory(store=Cache(tmp_path))) == alone
    assert all(Cache(tmp_path)._read(path) is not None for path in files if path.exists())


class Vanishing(Cache):
    """A cache that is deleted whole in the middle of a build."""

    asked = 0

    def get(self, key: str) -> bytes | None:
        """The bytes, until the folder goes."""
        self.asked += 1
        if self.asked == 3:
            shutil.rmtree(self._folder)
        return super().get(key)


def test_a_cache_that_goes_in_the_middle(tmp_path: Path) -> None:
    state = rich()
    folder = tmp_path / "cache"
    alone = state.built(Memory(store=Cache(folder)))
    assert state.built(Memory(store=Vanishing(folder))) == alone
    assert state.built(Memory(store=Cache(folder))) == alone


def build_many(folder: Path, words: str) -> bool:
    """One of two processes that build over one cache."""
    state, right = rich(), True
    for _ in range(3):
        state.edit(NOTE, "As in", f"As {words} in")
        right = right and state.built(Memory(store=Cache(folder))) == state.built()
        state.edit(NOTE, f"As {words} in", "As in")
    return right


def test_two_builds_at_once(tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        assert pool.starmap(build_many, [(tmp_path, "said"), (tmp_path, "told")]) == [True, True]
