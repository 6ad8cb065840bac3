"""What a reader can check: evidence.json against its schema, every verdict derived again, and one number changed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from labfolio.build import Result
from labfolio.model.site import Output
from tests.conftest import ROOT, run
from tests.site import build_files, entry, small_files

CSV = "seed,v\n0,0.99\n1,1.01\n2,1.0\n3,1.0\n"
CLAIM = (
    "{id: rate, claim: It is one, locator: Table 1, reported: 1, tolerance: 0.05, measured: {file: a.csv, value: v}}"
)
PATH = "content/reproductions/one/index.md"


def site(csv: str = CSV, claim: str = CLAIM, body: str = "Text.", **fields: str) -> Result:
    given = {"status": "shipped", "limitations": "one", **fields, "claims": f"\n  - {claim}"}
    files = {PATH: entry(body, **given), "content/reproductions/one/a.csv": csv.encode()}
    return build_files({**small_files(), **files})


def texts(result: Result) -> dict[str, str]:
    assert result.outputs, [one.message for one in result.diagnostics]
    return {one.path: one.content.decode("utf-8", "replace") for one in result.outputs}


def evidence(outputs: tuple[Output, ...]) -> dict[str, object]:
    return json.loads(next(one.content for one in outputs if one.path == "evidence.json"))


def test_the_file_keeps_to_its_schema() -> None:
    schema = json.loads((ROOT / "docs" / "schema" / "evidence.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(evidence(site("seed,v\n0,nan\n1,1\n").outputs), schema)
    jsonschema.validate(evidence(build_files(small_files()).outputs), schema)


def test_every_verdict_of_the_demo_is_derived_again_by_a_short_script(demo: Path, tmp_path: Path) -> None:
    assert run(["labfolio", "build", "-d", str(tmp_path / "site")], demo).returncode == 0
    published = tmp_path / "site" / "evidence.json"
    script = ROOT / "tests" / "rederive.py"
    assert script.read_text().count("\n") < 60
    assert not re.search(r"^(from|import) (?!json|math|statistics|sys)", script.read_text(), re.MULTILINE)
    with open(published) as file:
        done = subprocess.run([sys.executable, script], stdin=file, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    total = len(re.findall(r'"tolerance_from"', published.read_text()))
    assert done.stdout.startswith(f"{total} of {total} verdicts")


@pytest.mark.parametrize(
    ("csv", "claim"),
    [
        ("seed,v\n0,0.5\n1,0.5\n2,0.6\n", CLAIM),
        ("seed,v\n0,nan\n1,1\n2,1.01\n3,0.99\n", CLAIM),
        ("seed,v\n0,3\n1,3.1\n2,2.9\n", CLAIM.replace("locator", "better: higher, locator")),
        ("seed,v\n0,0.5\n1,0.6\n2,0.55\n", CLAIM.replace("locator", "better: higher, baseline: 0.1, locator")),
        ("seed,v\n0,1\n", CLAIM),
        ("seed,v\n0,1\n", CLAIM.replace("locator", "deterministic: yes, reported_sd: 0.01, reported_n: 5, locator")),
        ("seed,v\n0,1\n1,1.1\n2,1.05\n", CLAIM.replace("locator", "reported_sd: 0.01, reported_n: 5, locator")),
        ("seed,v\n0,1\n1,1.1\n2,1.05\n", CLAIM.replace("locator", "expect: at-most, locator")),
    ],
)
def test_the_script_agrees_on_every_kind_of_verdict(csv: str, claim: str) -> None:
    data = json.dumps(evidence(site(csv, claim).outputs))
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "rederive.py"], input=data, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_one_changed_number_changes_what_it_must_and_nothing_else() -> None:
    before, after = texts(site()), texts(site(CSV.replace("0.99", "5")))
    changed = {path for path in before if before[path] != after.get(path)}
    assert before.keys() == after.keys()
    narrowed = {path for path in changed if re.match("reproductions/(verdict|pillar|status|tag|year|order)/", path)}
    assert {
        "index.html",  # the count of claims that held, and the entry's mark among the recent
        "reproductions/index.html",
        "reproductions/one/index.html",
        "reproductions/one/a.csv",
        "claims/index.html",
        "evidence.json",
        "progress.json",
        "search-list.json",  # the entry's mark
        "search-filters.json",  # the marks that there are
        "portfolio.json",
        "resume.json",
        "reproductions/one/index.md",
        "atom.xml",
        "feed.json",
        "feeds/reproductions.xml",
        "milestones/1/index.html",
        "transcript/index.html",
        "feed.xml",
    } == changed - narrowed
    counts = [
        re.search(r"Claims that held</a>.*?<b>(\d+)</b> of (\d+)", site["index.html"]) for site in (before, after)
    ]
    held, of = zip(*((int(count[1]), int(count[2])) for count in counts if count), strict=True)
    assert held[1] == held[0] - 1
    assert of[1] == of[0]


def test_a_failed_seed_is_named_on_the_page() -> None:
    page = texts(site("seed,v\n0,1\n1,nan\n2,1.01\n3,0.99\n"))["reproductions/one/index.html"]
    assert "1 run gave no number (seed 1)" in page
    assert "Gave no number: 1." in page
    assert "3 of 4 seeds" in page


def test_a_missing_seed_is_named_on_the_page() -> None:
    page = texts(site(seeds="6"))["reproductions/one/index.html"]
    assert "4 of 6 seeds; seeds 4 and 5 are missing" in page
    assert "Declared and not found: 4 and 5." in page


def test_an_excluded_seed_is_shown_with_its_reason() -> None:
    claim = CLAIM.replace("locator", "exclude: [{seed: 3, why: out of memory}], locator")
    page = texts(site(claim=claim, seeds="4"))["reproductions/one/index.html"]
    assert "Left out: seed 3, out of memory. It counts as missing." in page
    assert "Inconclusive" in page


def test_a_page_says_replicated_where_the_code_was_rewritten() -> None:
    assert "Replicated" in texts(site(code="reimplemented"))["reproductions/one/index.html"]
    assert "Replicated" not in texts(site(code="original"))["reproductions/one/index.html"]


def test_every_number_of_a_record_stands_on_the_page() -> None:
    made = site(CSV.replace("0.99", "1.03"), command="python run.py", commit="12e4567")
    page = texts(made)["reproductions/one/index.html"]
    plain = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    for said in (
        "Table 1", "Reported 1", "\u00b1 0.05 (stated)", "Mean 1.010", "Standard deviation 0.014", "4 of 4 seeds",
        "95% interval [0.987, 1.033]", "Difference +0.010 (relative +1%)", "Reproduced by row 6",
        "a.csv , lines 2 to 5", "SHA-256", "Command python run.py", "Commit 12e4567", "Column v, one value a seed.",
    ):  # fmt: skip
        assert said in plain, said


def test_a_relative_difference_to_zero_is_not_available() -> None:
    claim = "{id: z, claim: It is zero, locator: t, reported: 0, tolerance: 0.1, measured: {file: a.csv, value: v}}"
    page = texts(site("seed,v\n0,0.01\n1,0.02\n2,0\n", claim))["reproductions/one/index.html"]
    assert "relative n/a, for the goal is 0" in page


def test_percents_differ_in_percentage_points_and_stay_below_a_hundred() -> None:
    claim = (
        '{id: a, claim: Accuracy, locator: t, reported: 98, unit: "%", tolerance: 3,'
        " measured: {file: a.csv, value: v, scale: 100}}"
    )
    page = texts(site("seed,v\n0,0.999\n1,0.96\n2,1\n", claim))["reproductions/one/index.html"]
    assert " pp" in page
    assert ", 100.0]%" in page
    assert "\u00b1 3 pp" in page


def test_numbers_in_prose_and_in_front_matter_are_computed() -> None:
    body = "It is {{ r.rate.mean }} and {{ r.one/rate.verdict }}, in `{{ r.rate.mean }}` and **{{r.rate.runs}}**."
    result = site(body=body, summary="Measured {{ r.rate.measured }}.")
    page = texts(result)["reproductions/one/index.html"]
    assert 'It is <span class="value">1.000</span> and <span class="value">reproduced</span>' in page
    assert "<code>{{ r.rate.mean }}</code>" in page
    assert '<strong><span class="value">4 of 4 seeds</span></strong>' in page
    assert "Measured 1.000 \u00b1 0.013." in page


def test_an_average_training_log_of_five_runs_is_five_replicates() -> None:
    log = "step,val\n0,0.1\n1,\n2,{}\n"
    claim = CLAIM.replace("file: a.csv, value: v", 'file: "runs/seed-*/metrics.csv", value: val, at: last')
    given = {"status": "shipped", "limitations": "one", "seeds": "5", "claims": f"\n  - {claim}"}
    files = {PATH: entry(**given)}
    files |= {
        f"content/reproductions/one/runs/seed-{seed}/metrics.csv": log.format(1 + seed / 1000).encode()
        for seed in range(5)
    }
    page = texts(build_files({**small_files(), **files}))["reproductions/one/index.html"]
    assert "5 of 5 seeds" in page
    assert "runs/seed-4/metrics.csv" in page


@pytest.mark.parametrize(
    ("pattern", "column", "name", "content"),
    [
        ("runs/*/metrics/acc", "acc", "runs/{}/metrics/acc", "1700000000000 0.5 0\n1700000000001 {} 1\n"),
        ("runs/run-*/wandb-summary.json", "val.acc", "runs/run-{}/wandb-summary.json", '{{"val": {{"acc": {}}}}}'),
        ("seed-*.jsonl", "acc", "seed-{}.jsonl", '{{"step": 0, "acc": 0.1}}\n{{"step": 1, "acc": {}}}\n'),
    ],
)
def test_what_trackers_write_is_read_run_by_run(pattern: str, column: str, name: str, content: str) -> None:
    claim = CLAIM.replace("file: a.csv, value: v", f'file: "{pattern}", value: {column}, at: last')
    given = {"status": "shipped", "limitations": "one", "seeds": "3", "claims": f"\n  - {claim}"}
    files = {PATH: entry(**given)}
    for seed, value in enumerate((0.99, 1.0, 1.01)):
        files[f"content/reproductions/one/{name.format(seed)}"] = content.format(value).encode()
    found = evidence(build_files({**small_files(), **files}).outputs)
    claims = next(one for one in found["entries"] if one["slug"] == "one")["claims"]
    assert [(one["replicate"], one["value"]) for one in claims[0]["inputs"]["values"]] == [
        ("0", 0.99),
        ("1", 1.0),
        ("2", 1.01),
    ]
    assert claims[0]["verdict"] == "reproduced"
