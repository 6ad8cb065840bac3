"""Figures such as plotting programs write, most of them of 20 to 60 KB: lines, points, bars, fields; photographs."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

# A plot of 6.4 by 4.8 inches at 125 dots an inch, drawn twice as large and made smaller, which smooths its edges.
WIDTH, HEIGHT, FINE = 800, 600, 2
LEFT, TOP, RIGHT, BOTTOM = 80, 45, 775, 530
CYCLE = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#17becf")
INK, GRID = "#262626", "#cccccc"
ENDINGS = (".png", ".jpg")
PHOTOGRAPHS, TRANSPARENT = 0.06, 0.15
Point = tuple[float, float]


def picture(key: str) -> tuple[str, bytes]:
    """The ending and the bytes of the figure of a key, the same for the same Pillow."""
    chance = random.Random(f"figure {key}")
    if chance.random() < PHOTOGRAPHS:
        return ".jpg", _photograph(chance)
    return ".png", _plot(chance)


def _plot(chance: random.Random) -> bytes:
    see_through = chance.random() < TRANSPARENT
    size = (WIDTH * FINE, HEIGHT * FINE)
    image = Image.new("RGBA", size, "#ffffff00") if see_through else Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image, "RGBA")
    _axes(draw, chance)
    chance.choice((_lines, _lines, _points, _bars, _field))(draw, chance)
    target = io.BytesIO()
    image.reduce(FINE).save(target, "PNG", dpi=(125, 125))
    return target.getvalue()


def _axes(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    font = ImageFont.load_default(15 * FINE)
    top = chance.choice((1, 5, 20, 100))
    for step in range(7):
        x, y = LEFT + (RIGHT - LEFT) * step / 6, BOTTOM - (BOTTOM - TOP) * step / 6
        draw.line(_fine((x, TOP), (x, BOTTOM)), fill=GRID, width=FINE)
        draw.line(_fine((LEFT, y), (RIGHT, y)), fill=GRID, width=FINE)
        draw.text((x * FINE, (BOTTOM + 10) * FINE), f"{step * 50}", fill=INK, font=font, anchor="ma")
        draw.text(((LEFT - 10) * FINE, y * FINE), f"{top * step / 6:.2f}", fill=INK, font=font, anchor="rm")
    draw.rectangle(_fine((LEFT, TOP), (RIGHT, BOTTOM)), outline=INK, width=2 * FINE)
    draw.text(
        (WIDTH // 2 * FINE, 15 * FINE), f"run {chance.randint(100, 999)}, five seeds", fill=INK, font=font, anchor="ma"
    )
    draw.text((WIDTH // 2 * FINE, (HEIGHT - 30) * FINE), "steps, thousands", fill=INK, font=font, anchor="ma")


def _fine(*points: Point) -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]


def _inside(y: float) -> float:
    return min(BOTTOM - 3.0, max(TOP + 3.0, y))


def _curve(chance: random.Random) -> list[Point]:
    """A noisy curve that falls or rises towards a level."""
    begin, end, pace = chance.uniform(TOP, BOTTOM), chance.uniform(TOP + 60, BOTTOM - 60), chance.uniform(60, 400)
    noise = chance.uniform(1, 5)
    return [
        (x, _inside(end + (begin - end) * math.exp((LEFT - x) / pace) + chance.gauss(0, noise)))
        for x in range(LEFT, RIGHT, 5)
    ]


def _lines(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for colour in chance.sample(CYCLE, chance.randint(2, 4)):
        curve, band = _curve(chance), chance.uniform(8, 40)
        over = [(x, _inside(y - band - chance.uniform(0, 3))) for x, y in curve]
        under = [(x, _inside(y + band + chance.uniform(0, 3))) for x, y in reversed(curve)]
        draw.polygon(_fine(*over, *under), fill=colour + "40")
        draw.line(_fine(*curve), fill=colour, width=3 * FINE, joint="curve")


def _points(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for colour in chance.sample(CYCLE, chance.randint(2, 4)):
        x0, y0, spread = chance.uniform(200, 650), chance.uniform(150, 430), chance.uniform(40, 90)
        for _ in range(chance.randint(90, 200)):
            x = min(RIGHT - 6.0, max(LEFT + 6.0, chance.gauss(x0, spread)))
            y, size = _inside(chance.gauss(y0, spread)), chance.uniform(3, 6)
            draw.ellipse(_fine((x - size, y - size), (x + size, y + size)), fill=colour + "b0")


def _bars(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    groups, colours = chance.randint(8, 14), chance.sample(CYCLE, 3)
    step = (RIGHT - LEFT) / groups
    if chance.random() < 0.3:
        _lines(draw, chance)
    for group in range(groups):
        for at, colour in enumerate(colours):
            x, height = LEFT + step * (group + 0.15 + 0.23 * at), chance.uniform(40, 400)
            draw.rectangle(_fine((x, BOTTOM - height), (x + step * 0.21, BOTTOM)), fill=colour + "c0", outline=INK)
            error = chance.uniform(5, 25)
            middle = x + step * 0.105
            draw.line(
                _fine((middle, BOTTOM - height - error), (middle, BOTTOM - height + error)), fill=INK, width=2 * FINE
            )


def _field(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A heat map with its values written in."""
    columns, rows, font = chance.randint(8, 12), chance.randint(6, 9), ImageFont.load_default(13 * FINE)
    wide, high, phase = (RIGHT - LEFT) / columns, (BOTTOM - TOP) / rows, chance.uniform(0, 6)
    for column in range(columns):
        for row in range(rows):
            value = min(
                1.0, max(0.0, 0.5 + 0.4 * math.sin(phase + column / 3) * math.cos(row / 2) + chance.gauss(0, 0.08))
            )
            x, y = LEFT + wide * column, TOP + high * row
            colour = (int(68 + 185 * value), int(1 + 230 * value), int(84 + 60 * value * (1 - value) * 4))
            draw.rectangle(_fine((x, y), (x + wide, y + high)), fill=colour)
            text = f"{value:.2f}"
            draw.text(
                _fine((x + wide / 2, y + high / 2))[0],
                text,
                fill="white" if value < 0.6 else INK,
                font=font,
                anchor="mm",
            )


def _photograph(chance: random.Random) -> bytes:
    """Soft shapes with grain, as a camera sees a desk."""
    grain = Image.frombytes("L", (480, 360), chance.randbytes(480 * 360)).filter(ImageFilter.GaussianBlur(1))
    image = Image.new("RGB", (480, 360), chance.choice(("#6b5b4b", "#44525e", "#7a7a72")))
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(chance.randint(12, 30)):
        x, y, size = chance.uniform(-40, 480), chance.uniform(-40, 360), chance.uniform(20, 160)
        draw.ellipse((x, y, x + size, y + size * chance.uniform(0.4, 1.4)), fill=chance.choice(CYCLE) + "70")
    soft = Image.blend(image.filter(ImageFilter.GaussianBlur(5)), grain.convert("RGB"), 0.16)
    target = io.BytesIO()
    soft.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(target, "JPEG", quality=82)
    return target.getvalue()
