"""`labfolio log`: whole lines, also from eight programs at once."""

import csv
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import environment, run
from tests.disk import LONG

LINES = 50 if LONG else 15

ONE = """
import sys
from pathlib import Path
from labfolio.engines.daily_log import log
from labfolio.engines.site_folder import open_folder
folder = open_folder(Path("mkdocs.yml"), {})
for number in range(int(sys.argv[2])):
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


def test_a_day_ends_after_24_hours(small: Path) -> None:
    assert run(["labfolio", "log", "20"], small).returncode == 0
    done = run(["labfolio", "log", "5"], small)
    assert done.returncode == 1
    assert "2026-11-20 adds up to 25 hours" in done.stderr
    assert run(["labfolio", "log", "4"], small).returncode == 0
    assert [row[1] for row in rows(small)[1:]] == ["20", "4"]


def test_an_old_fault_is_not_told_again_and_an_unreadable_log_is_left_alone(small: Path) -> None:
    path = small / "content" / "log.csv"
    path.write_text("date,hours\n2026-03-03,1h\n2026-03-04,2\n")
    done = run(["labfolio", "log", "1"], small)
    assert (done.returncode, done.stderr) == (0, "")
    before = path.read_text() + "2026-03-05,1,2,3\n"
    path.write_text(before)
    done = run(["labfolio", "log", "1"], small)
    assert (done.returncode, path.read_text()) == (1, before)
    assert "content/log.csv:5:1: error[invalid-data]: the row has 4 of 2 cells" in done.stderr


def test_eight_at_once_lose_nothing(small: Path) -> None:
    def one(number: int) -> int:
        command = [sys.executable, "-c", ONE, str(number), str(LINES)]
        return subprocess.run(command, cwd=small, env=environment(), timeout=300, check=False).returncode

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(8))) == {0}
    header, *lines = rows(small)
    assert header == ["date", "hours", "activity", "intensity", "pillar", "item", "note"]
    assert len(lines) == 8 * LINES
    assert {line[-1] for line in lines} == {f"{a}, line {b}" for a in range(8) for b in range(LINES)}
