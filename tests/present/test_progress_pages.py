"""Progress, sub-milestones, transcript, badge and JSON: with a log, with plans, and in other programmes."""

import json
import re
import xml.etree.ElementTree as etree
from datetime import date

import jsonschema
import pytest

from tests.conftest import ROOT
from tests.site import build_files, entry, small_files

LOG = b"""date,hours,activity,intensity,pillar,item,note
2026-03-02,2.5,code,intense,,sketch,CANARY-NOTE
2026-03-03,1,read,passive,ml,,CANARY-NOTE
2026-03-04,4,experiment,intense,re,rate,CANARY-NOTE
"""


def pages(files: dict[str, bytes], today: date = date(2026, 11, 20)) -> dict[str, str]:
    result = build_files(files, today)
    assert result.outputs, [one.message for one in result.diagnostics]
    return {one.path: one.content.decode("utf-8", "replace") for one in result.outputs}


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def program(**fields: str) -> dict[str, bytes]:
    files = small_files()
    text = files["content/program.yml"].decode() + "".join(f"{name}: {value}\n" for name, value in fields.items())
    return {**files, "content/program.yml": text.encode(), "content/log.csv": LOG}


def test_notes_and_the_log_itself_never_leave_the_repository() -> None:
    found = pages(program())
    assert not any("CANARY-NOTE" in text for text in found.values())
    assert not any(path.endswith("log.csv") for path in found)


def test_hours_stand_against_their_shares() -> None:
    text = plain(pages(program())["progress/index.html"])
    assert "7.5 hours on 3 days, from the daily log. The current streak is 0 days, the longest 3." in text
    assert "Research engineering 1 4 53% 30% +23 pp" in text
    assert "Intense 6.5 87%" in text
    assert "Passive 1 13%" in text
    assert "Experiment 4 53%" in text


def test_the_plate_shows_the_pillar_with_most_hours_and_its_table_says_the_same() -> None:
    found = build_files(program()).edition.progress
    assert [day.pillar for day in found.days[4:8]] == ["swe", "ml", "re", None]
    assert found.milestones[0].hours == 7.5
    html = pages(program())["progress/index.html"]
    shipped_cells = len(re.findall(r'<rect class="shipped', html))
    table = html[html.index('id="sub-milestones"') :]
    cells = re.findall(r'class="milestone-shipped">(.*?)</td>', table)
    assert shipped_cells == sum(bool(day.shipped) for day in found.days)
    assert [cell.count("<a href") for cell in cells] == [len(one.shipped) for one in found.milestones]


def test_a_plan_keeps_its_misses() -> None:
    plan = "\n  - {number: 1, goal: A start, plan: [sketch, draft, later]}"
    files = program(milestones=plan)
    files["builds/later.md"] = entry(title="Later", date="2026-05-01", status="shipped", pillar="swe")
    found = pages(files)
    text = plain(found["milestones/1/index.html"])
    assert "A start" in text
    assert "draft Missed" in text
    assert "Later Shipped late" in text
    assert "Of the plan 0 of 3" in text
    assert "A mergeable sketch Shipped late" in text
    assert "Later Shipped late" in plain(found["progress/index.html"])
    early = pages(program(milestones="\n  - {number: 30, plan: [dropped]}"))
    assert "Planned" in plain(early["milestones/30/index.html"])


def test_every_sub_milestone_has_a_page_with_its_neighbours() -> None:
    found = pages(small_files())
    assert all(f"milestones/{number}/index.html" in found for number in range(1, 31))
    assert 'href="../2/" rel="next"' in found["milestones/1/index.html"]
    assert 'rel="prev"' not in found["milestones/1/index.html"]


def test_the_standard_says_what_is_met_and_where_it_was_counted() -> None:
    html = pages(program(standard="{builds: 1, reproductions: 9, hours: 7, claims_reproduced: 1, days_logged: 3}"))
    text = plain(html["progress/index.html"])
    assert "Builds shipped 1 of 1 Met" in text
    assert "Reproductions shipped 1 of 9 Not met" in text
    assert "Hours logged 7.5 of 7 Met" in text
    assert "Days logged 3 of 3 Met" in text
    assert "Claims of papers that held 1 of 1 Met" in text
    assert '<a href="../claims/#reproduced">Claims of papers that held</a>' in html["progress/index.html"]
    assert "Graduation standard" in plain(html["transcript/index.html"])


def test_the_makeup_sets_software_against_machine_learning() -> None:
    files = program()
    text = files["content/program.yml"].replace(b"share: 20}", b"share: 20, side: software}")
    files["content/program.yml"] = text.replace(b"share: 30}", b"share: 30, side: machine-learning}")
    assert "Software (Software engineering) 1 2.5 38%" in plain(pages(files)["progress/index.html"])


def test_topics_count_entries_and_hours_and_lead_to_their_list() -> None:
    found = pages(program())
    html = found["progress/index.html"]
    for url in set(re.findall(r'href="\.\./(topics/[^"]+)"', html)):
        assert f"{url}index.html" in found
    assert "topics/" in html


def test_the_transcript_lists_courses_laboratory_and_thesis() -> None:
    text = plain(pages(program())["transcript/index.html"])
    assert "Course: Software engineering" in text
    assert "Laboratory: reproductions Sheet Title Date Hours Result R01" in text
    assert "Thesis: submissions" in text
    assert "Hours are those of the daily log" in text


def test_progress_json_keeps_to_its_schema() -> None:
    schema = json.loads((ROOT / "docs" / "schema" / "progress.json").read_text())
    for files in (program(), small_files(), {"content/program.yml": b"", "content/papers.bib": b""}):
        jsonschema.validate(json.loads(pages(files)["progress.json"]), schema)
    found = json.loads(pages(program())["progress.json"])
    assert (found["day"], found["days"], found["milestone"], found["milestones"]) == (268, 300, 27, 30)
    assert found["kinds"]["builds"]["have"] == 1
    assert found["hours"]["intensity"] == {"intense": 6.5, "passive": 1.0}
    assert "left_out" not in found


def test_the_badge_is_a_plain_picture_with_its_words() -> None:
    svg = pages(small_files())["progress.svg"]
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    assert "day 268 of 300, 1/38 builds, 1/20 reproductions" in "".join(root.itertext())
    assert "prefers-color-scheme:dark" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("text", "day", "milestones"),
    [
        ("start: 2026-09-01\ndays: 100\nmilestone_days: 10\n", "81 of 100", 10),
        ("start: 2026-09-01\ndays: 90\nmilestone_days: 30\ntargets: {builds: 3}\n", "81 of 90", 3),
        ("start: 2026-09-01\ndays: 95\nmilestone_days: 30\nphases: []\n", "81 of 95", 4),
        ("", None, 0),
    ],
)
def test_other_programmes(text: str, day: str | None, milestones: int) -> None:
    files = {**small_files(), "content/program.yml": text.encode()}
    files = {
        path: data.replace(b"pillar: ", b"# pillar: ") if path.endswith(".md") else data for path, data in files.items()
    }
    files["content/log.csv"] = b"date,hours\n2026-09-02,3\n"
    found = pages(files)
    home, progress = plain(found["index.html"]), plain(found["progress/index.html"])
    assert (day is None) or day in progress
    assert ("counter-number" in found["index.html"]) == (day is not None)
    assert sum(path.startswith("milestones/") for path in found) == milestones
    assert "A mergeable sketch" in home


def test_a_rejected_submission_says_what_was_learned() -> None:
    files = small_files()
    events = "\n  - {date: 2026-03-03, event: submitted}\n  - {date: 2026-05-01, event: rejected}"
    files["content/submissions/no.md"] = entry(title="No", events=events, learned="The baseline was weak.")
    text = plain(pages(files)["submissions/no/index.html"])
    assert "Rejected" in text
    assert "What was learned The baseline was weak." in text
