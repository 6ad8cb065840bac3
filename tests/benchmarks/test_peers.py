"""Results become the table as it is written here; what is installed, measured and looked for is what is meant."""

import json
import os
import sys
from pathlib import Path

import pytest
from benchmarks.corpus.entry import Entry
from benchmarks.peers.environments import INDEX, without
from benchmarks.peers.fairness import checked, expected, weight
from benchmarks.peers.generator import GENERATORS, INDEXED
from benchmarks.peers.process import Failed, measured
from benchmarks.peers.readme import BEGIN, END, README, with_results
from benchmarks.peers.results import Results, exponent
from benchmarks.peers.table import number, report

from tests.conftest import ROOT

HERE = Path(__file__).parent
RESULTS = ROOT / "benchmarks" / "results"


def test_the_table_of_results() -> None:
    """The exact page. `UPDATE_GOLDEN=1 pytest` writes it anew; the difference is then read in review."""
    text, golden = report(Results.read(HERE / "results.json")), HERE / "results.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


def test_what_is_committed_is_made_from_the_results() -> None:
    """The page and the README's table; `python -m benchmarks.peers --table` writes both anew."""
    results = Results.read(RESULTS / "peers.json")
    assert (RESULTS / "peers.md").read_text() == report(results)
    assert README.read_text() == with_results(README.read_text(), results)


def test_a_readme_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        with_results(f"text\n{BEGIN}more\n", Results())


def test_only_what_is_between_the_marks_is_replaced() -> None:
    results = Results.read(HERE / "results.json")
    text = with_results(f"above\n{BEGIN}yesterday's\n{END}below\n", results)
    assert text.startswith(f"above\n{BEGIN}Measured ")
    assert text.endswith(f"\n{END}below\n")
    assert "yesterday" not in text


def test_results_are_written_as_they_are_read() -> None:
    path = HERE / "results.json"
    assert json.loads(Results.read(path).text()) == json.loads(path.read_text())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.0123, "0.012"),
        (0.5, "0.50"),
        (3.14159, "3.14"),
        (28.04, "28.0"),
        (12.0, "12"),
        (1234.5, "1,234"),
    ],
)
def test_numbers_are_short(value: float | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("power", [0.5, 1.0, 1.7])
def test_growth_is_the_exponent(power: float) -> None:
    found = exponent([(size, 3 * size**power) for size in (180, 1000, 5000)])
    assert found == pytest.approx(power)


def test_one_size_has_no_growth() -> None:
    assert exponent([(180, 3.0)]) is None


def test_a_lock_less_some_packages() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    left = without(lock, INDEX)
    assert all(f"\n{name}==" in lock and f"\n{name}==" not in left for name in INDEX)
    packages = [line for line in lock.splitlines() if "==" in line]
    assert len([line for line in left.splitlines() if "==" in line]) == len(packages) - len(INDEX)
    assert lock.count("--hash") > left.count("--hash")


def test_a_process_is_measured_with_its_children(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.2: pass\nx = bytearray(60 << 20)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    cost = measured([sys.executable, "-c", child], tmp_path, tmp_path)
    assert cost.cpu > 0.2
    assert cost.peak > 60


def test_a_process_that_fails_is_named_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="exit 3\nno such thing"):
        measured([sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], tmp_path, tmp_path)


def test_missing_entries_colours_and_items_are_seen(tmp_path: Path) -> None:
    one, other = Entry("build", 1), Entry("paper", 1)
    for entry, text in ((one, '<pre><span class="k">def</span></pre>'), (other, "<pre>def</pre>")):
        path = tmp_path / entry.url / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(f"<h1>{entry.title}</h1>{text}")
    (tmp_path / "feed.xml").write_text("<item>&lt;h2&gt;</item><item><h2></item>")
    found = checked(tmp_path, 30, "feed.xml")
    assert found == {"entries": 2, "coloured": 1, "figures": 0, "items": 2, "headings": 2}
    assert expected(30)["entries"] == 30
    assert weight(tmp_path)["largest_page"] == f"{one.url}index.html"


def test_names_are_those_of_the_results() -> None:
    assert len({one.name for one in (*GENERATORS, INDEXED)}) == len(GENERATORS) + 1
    assert all(one.environment in ("labfolio", "peers", "indexed") for one in (*GENERATORS, INDEXED))
