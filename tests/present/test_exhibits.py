"""Ablations, slices, trade-offs, baselines, environment, cost and checklist on the page of an entry."""

import re

from hypothesis import given
from hypothesis import strategies as st

from labfolio.facts.verdicts import VERDICTS
from tests.site import build_files, entry, small_files
from tests.strategies import in_ci

SWEEP = "width,group,seed,y,us\n" + "".join(
    f"{width},{group},{seed},{width / 10 + seed / 100 + (group == 'b')},{width * 2}\n"
    for width in (1, 2, 4) for group in "ab" for seed in range(3)
)  # fmt: skip
PARTS = "part,seed,acc\nhead,0,0.9\nhead,1,0.92\nfoot,0,0.7\nfoot,1,0.72\n"
FIELDS = {
    "status": "shipped",
    "ablations": "\n  - {id: width, question: Does width matter?, file: a.csv, x: width, y: y, group: group}",
    "slices": "\n  - {id: parts, file: b.csv, value: acc, slice: part, scale: 100}",
    "tradeoffs": "\n  - {id: cost, file: a.csv, x: us, y: y, label: width, where: {group: a}}",
    "baselines": "\n  - {name: A plain one, claim: best, file: b.csv, value: acc, where: {part: foot}}",
    "claims": "\n  - {id: best, claim: Good, target: 0.9, measured: {file: b.csv, value: acc, where: {part: head}}}",
    "cost": "{file: c.csv, seconds: s}",
    "environment": "env.json",
}
ENVIRONMENT = '{"python": "3.11.7", "os": "Debian", "packages": {"numpy": "2"}, "tool": 3, "hardware": {"cores": 2}}'


def page(body: str = "Text.", files: dict[str, bytes] | None = None, **fields: str) -> str:
    given = {
        "builds/x/index.md": entry(body, **{**FIELDS, **fields}),
        "builds/x/a.csv": SWEEP.encode(),
        "builds/x/b.csv": PARTS.encode(),
        "builds/x/c.csv": b"seed,s\n0,1.5\n1,\n2,2\n",
        "builds/x/env.json": ENVIRONMENT.encode(),
    }
    result = build_files({**small_files(), **given, **(files or {})})
    assert result.outputs, [one.message for one in result.diagnostics]
    return next(one.content.decode() for one in result.outputs if one.path == "builds/x/index.html")


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_each_chart_has_a_name_a_description_and_its_table() -> None:
    html = page()
    for name in ("width", "parts", "cost"):
        assert '<svg class="chart' in html
        assert f'aria-labelledby="chart-{name}-t" aria-describedby="chart-{name}-d"' in html
        assert re.search(rf'<title id="chart-{name}-t">[^<]+</title><desc id="chart-{name}-d">[^<]+</desc>', html)
    assert html.count('<details class="exhibit-table">') == 3
    assert "Lowest 0.110 (a, width 1), highest 1.410 (b, width 4)." in plain(html)


def test_the_worst_part_is_named_first() -> None:
    text = plain(page())
    assert "Worst: part foot with 71; best: head with 91; over all 2 parts: 81." in text
    assert text.index("foot 71 \u00b1 13 2 \u221210") < text.index("head 91 \u00b1 13 2 +10")


def test_the_pareto_front_is_said_in_words() -> None:
    assert "On the Pareto front: 1, 2 and 4, 3 of 3 configurations." in plain(page())


def test_exhibits_stand_under_the_authors_own_heading() -> None:
    html = page("## Ablations\n\nMine.\n\n## Failures\n\nThese.\n\n## After\n\nEnd.")
    wanted = ("Mine.", 'id="exhibit-width"', "These.", 'id="exhibit-parts"', "End.", 'id="exhibit-cost"')
    places = [html.index(text) for text in wanted]
    assert places == sorted(places)
    assert html.count(">Ablations") == 1 + html.count('href="#ablations">Ablations')


def test_baselines_environment_cost_and_checklist() -> None:
    text = plain(page())
    assert "A plain one 0.71 \u00b1 0.13 2 best +0.20" in text
    assert "Python 3.11.7 System Debian Cores 2" in text
    assert "Cost 3.5 s in all, summed from c.csv" in text
    assert "Packages: numpy 2." in text
    assert "points are given." in text
    gap, given = "Decisions are logged with their reasons Not given", "Every claim was measured Given"
    assert text.index(gap) < text.index(given)


def test_typed_totals_are_marked_as_stated() -> None:
    assert "GPU hours 62 (stated)" in plain(page(cost="{gpu_hours: 62}"))


@in_ci(40)
@given(st.text("0123456789.,eE-+naif\n\"' #", max_size=120))
def test_no_result_file_breaks_a_build(text: str) -> None:
    """A build gives a site or names what is wrong, whatever a result file holds."""
    files = {
        "builds/x/index.md": entry(**FIELDS),
        "builds/x/a.csv": b"width,group,seed,y,us\n" + text.encode(),
        "builds/x/b.csv": b"part,seed,acc\n" + text.encode(),
        "builds/x/c.csv": b"seed,s\n" + text.encode(),
        "builds/x/env.json": ENVIRONMENT.encode(),
    }
    result = build_files({**small_files(), **files})
    assert result.outputs or any(one.level == "error" for one in result.diagnostics)


def test_reproductions_can_be_narrowed_by_verdict_and_by_pillar() -> None:
    files = small_files()
    given = {"status": "shipped", "limitations": "one", "pillar": "swe"}
    claim = "\n  - {claim: a, locator: t, reported: 1, tolerance: 0.1, measured: {file: a.csv, value: v}}"
    files["content/reproductions/good/index.md"] = entry(**{**given, "title": "Good", "claims": claim})
    files["content/reproductions/good/a.csv"] = b"seed,v\n0,1\n1,1.01\n2,0.99\n"
    files["content/reproductions/bad/index.md"] = entry(**{**given, "title": "Bad", "claims": claim})
    files["content/reproductions/bad/a.csv"] = b"seed,v\n0,2\n1,2.01\n2,1.99\n"
    pages = {one.path: one.content.decode("utf-8", "replace") for one in build_files(files).outputs}
    base = "reproductions/"
    assert 'href="verdict/not-reproduced/" data-answer="not-reproduced">Not reproduced <' in pages[f"{base}index.html"]
    narrowed = pages[f"{base}verdict/not-reproduced/pillar/swe/index.html"]
    assert ">Bad</a>" in narrowed
    assert ">Good</a>" not in narrowed
    assert 'data-answer="not-reproduced" aria-current="true">Not reproduced <' in narrowed
    assert "No reproduction is here at present." in pages[f"{base}verdict/exceeded/index.html"]
    assert all(f"{base}verdict/{verdict}/index.html" in pages for verdict in VERDICTS)


def test_every_claim_stands_on_the_page_of_claims_by_its_verdict() -> None:
    files = small_files()
    files["builds/x/index.md"] = entry(**FIELDS)
    files |= {"builds/x/a.csv": SWEEP.encode(), "builds/x/b.csv": PARTS.encode()}
    files |= {"builds/x/c.csv": b"seed,s\n0,1\n", "builds/x/env.json": ENVIRONMENT.encode()}
    result = build_files(files)
    html = next(one.content.decode() for one in result.outputs if one.path == "claims/index.html")
    claims = [(entry, one) for entry, group in result.edition.claims.items() for one in group]
    assert html.count("claim-line-main") == len(claims) == 4
    assert 'href="../builds/x/#claim-best"' in html
    assert html.count('<th scope="row" class="num">') == 10
