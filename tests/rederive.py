"""Derives the verdicts of an evidence.json again, with the standard library: python rederive.py < evidence.json"""

import json
import math
import statistics
import sys


def t_quantile(p, df):
    """Student's t by bisection on the integral (Simpson's) of its density, after t = sqrt(df) tan(u)."""
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        u = (low + high) / 2
        area = (
            sum((2 + i % 2 * 2) * math.cos(i * u / 400) ** (df - 1) for i in range(1, 400))
            + 1
            + math.cos(u) ** (df - 1)
        )
        low, high = (u, high) if 0.5 + scale * area * u / 1200 < p else (low, u)
    return math.sqrt(df) * math.tan(low)


def verdict(c, rule):
    values, goal, fixed = [v["value"] for v in c["values"] if v["value"] is not None], c["goal"], c["deterministic"]
    n = len(values)
    if n < 2 and not (n and fixed):
        return "inconclusive" if c["values"] else "untested"
    m, p = math.fsum(values) / n, 0.5 + rule["confidence"] / 2
    own = statistics.variance(values) / n if not fixed and len(set(values)) > 1 else 0.0
    k = (c["reported_n"] or 0) if c["reported_sd"] is not None else 0
    paper = c["reported_sd"] ** 2 / k if k > 1 else 0.0
    half = t_quantile(p, n - 1) * math.sqrt(own) if own else 0.0
    both, below = half, (own**2 / (n - 1) if own else 0) + (paper**2 / (k - 1) if paper else 0)
    if paper:
        both = t_quantile(p, (own + paper) ** 2 / below) * math.sqrt(own + paper)
    slack = rule["slack"] * max(abs(goal), abs(m))
    low = -math.inf if c["expect"] == "at-most" else -c["tolerance"] - slack
    high = math.inf if c["expect"] == "at-least" else c["tolerance"] + slack
    inside, outside = (
        low <= m - goal - both and m - goal + both <= high,
        m - goal - both > high or m - goal + both < low,
    )
    better = c["expect"] == "equals" and c["better"] == ("higher" if m > goal else "lower")
    beats = c["baseline"] is not None and c["better"] != "none"
    beats = beats and (m - half > c["baseline"] if c["better"] == "higher" else m + half < c["baseline"])
    short = n < len(c["values"]) or (not fixed and n < max(c["declared"] or 0, rule["min_seeds"]))
    if (not inside and not outside) or (short and (inside or better or beats)):
        return "inconclusive"
    return "reproduced" if inside else "exceeded" if better else "partial" if beats else "not-reproduced"


if __name__ == "__main__":
    evidence = json.load(sys.stdin)
    claims = [(e["slug"], c) for e in evidence["entries"] for c in e["claims"]]
    assert all(c["inputs"]["statistic"] == "mean" for _, c in claims), "a bootstrap takes a few lines more"
    wrong = [f"{slug}: {c['id']}" for slug, c in claims if verdict(c["inputs"], evidence["rule"]) != c["verdict"]]
    print(f"{len(claims) - len(wrong)} of {len(claims)} verdicts derived again", *wrong, sep="\n")
    sys.exit(bool(wrong))
