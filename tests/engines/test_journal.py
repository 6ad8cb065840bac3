"""`labfolio log`: whole lines, also from eight programs at once."""

import csv
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import environment, run

ONE = """
import sys
from pathlib import Path
from labfolio.engines.journal import log
from labfolio.engines.site_folder import open_folder
folder = open_folder(Path("mkdocs.yml"), {})
for number in range(50):
    given = {"hours": "0.01", "activity": "code", "item": "sketch", "note": f"{sys.argv[1]}, line {number}"}
    log(folder, given, {"SOURCE_DATE_EPOCH": "1795132800"})
"""


def rows(site: Path) -> list[list[str]]:
    with open(site / "content" / "log.csv", newline="") as file:
        return list(csv.reader(file))


def test_a_line_is_appended_with_todays_date(small: Path) -> None:
    done = run(["labfolio", "log", "1.5", "--activity", "code", "--item", "sketch", "--note", 'a "b", c'], small)
    assert (done.returncode, done.stdout) == (0, '2026-11-20,1.5,code,,,sketch,"a ""b"", c"\n')
    assert rows(small)[1] == ["2026-11-20", "1.5", "code", "", "", "sketch", 'a "b", c']
    assert run(["labfolio", "check"], small).returncode == 0


def test_a_faulty_line_is_not_written(small: Path) -> None:
    done = run(["labfolio", "log", "1h30", "--item", "sketsh"], small)
    assert done.returncode == 1
    assert "hours: '1h30' is not a number" in done.stderr
    assert not (small / "content" / "log.csv").exists()
    assert (
        "item: 'sketsh' is not the slug of an entry" in run(["labfolio", "log", "1", "--item", "sketsh"], small).stderr
    )


def test_a_log_keeps_its_own_columns_and_an_unfinished_line_its_end(small: Path) -> None:
    path = small / "content" / "log.csv"
    path.write_text("hours,date,note\n2,2026-03-03,by hand")
    assert run(["labfolio", "log", "1", "--date", "2026-03-04", "--note", "x"], small).returncode == 0
    assert path.read_text() == "hours,date,note\n2,2026-03-03,by hand\n1,2026-03-04,x\n"


def test_eight_at_once_lose_nothing(small: Path) -> None:
    def one(number: int) -> int:
        command = [sys.executable, "-c", ONE, str(number)]
        return subprocess.run(command, cwd=small, env=environment(), timeout=300, check=False).returncode

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(8))) == {0}
    header, *lines = rows(small)
    assert header == ["date", "hours", "activity", "intensity", "pillar", "item", "note"]
    assert len(lines) == 400
    assert {line[-1] for line in lines} == {f"{a}, line {b}" for a in range(8) for b in range(50)}
