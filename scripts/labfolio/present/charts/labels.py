"""Labels that do not overlap: spread along a line, or set beside their points."""

from collections.abc import Iterable, Sequence

LINE = 16
LETTER = 7.5
# The width for which labels are placed; a wider drawing only has more room.
NARROW = 240.0


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places in the order of `wanted`, at least `gap` apart and within [low, high] if they fit, as near as possible.

    The least squares answer: after subtracting what the gaps add up to, the places must not decrease, which is
    isotonic regression by pooling adjacent violators (Ayer et al. 1955).
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    flat = rising([wanted[index] - rank * gap for rank, index in enumerate(order)])
    room = high - (len(wanted) - 1) * gap
    found = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        found[index] = max(low, min(flat[rank], room)) + rank * gap
    return found


def rising(wanted: Iterable[float]) -> list[float]:
    """The numbers that do not decrease and are the nearest to those wanted, in the least squares sense."""
    pools: list[list[float]] = []
    for one in wanted:
        pools.append([one, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            other, more = pools.pop()
            pools.append([(mean * count + other * more) / (count + more), count + more])
    return [mean for mean, count in pools for _ in range(int(count))]


Box = tuple[float, float, float, float]


def beside(
    points: Sequence[tuple[float, float]], texts: Sequence[str], height: float
) -> list[tuple[str, float] | None]:
    """For each point (across in 0..1, down in pixels) the side of its label and the label's baseline, or None.

    Earlier points choose first, among right, left, above and below; a label that would cover a point, another label
    or the edge is left out, for the table holds it too.
    """
    taken: list[Box] = [(x * NARROW - 6, y - 6, x * NARROW + 6, y + 6) for x, y in points]
    found: list[tuple[str, float] | None] = []
    for (x, y), text in zip(points, texts, strict=True):
        across, width = x * NARROW, len(text) * LETTER
        sides: list[tuple[str, float, Box]] = [
            ("after", y + 5, (across + 8, y - 8, across + 8 + width, y + 8)),
            ("before", y + 5, (across - 8 - width, y - 8, across - 8, y + 8)),
            ("over", y - 10, (across - width / 2, y - 24, across + width / 2, y - 8)),
            ("over", y + 20, (across - width / 2, y + 8, across + width / 2, y + 24)),
        ]
        free = next((side for side in sides if _fits(side[2], taken, height)), None)
        found.append((free[0], free[1]) if free else None)
        if free:
            taken.append(free[2])
    return found


def _fits(box: Box, taken: Sequence[Box], height: float) -> bool:
    inside = box[0] >= -4 and box[2] <= NARROW + 60 and box[1] >= -12 and box[3] <= height + 4
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
