"""Notebooks for tests: cells and outputs as nbformat 4 writes them."""

import base64
import io
import json

from PIL import Image


def notebook(*cells: object, **fields: object) -> bytes:
    """A file of these cells; `fields` stand at its top."""
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}
    return json.dumps(whole, indent=1).encode()


def code(source: str, *outputs: object, count: int | None = 1, **metadata: object) -> dict[str, object]:
    """A code cell."""
    lines = source.splitlines(keepends=True)
    cell = {"cell_type": "code", "execution_count": count, "metadata": metadata}
    return {**cell, "outputs": list(outputs), "source": lines}


def words(source: str, **fields: object) -> dict[str, object]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True), **fields}


def printed(text: str, name: str = "stdout") -> dict[str, object]:
    """A piece of a stream."""
    return {"output_type": "stream", "name": name, "text": text}


def shown(**data: object) -> dict[str, object]:
    """What a cell displays; `text__html` is text/html."""
    named = {name.replace("__", "/").replace("_plus_", "+"): value for name, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": named}


def failed(name: str, value: str, *trace: str) -> dict[str, object]:
    """An error."""
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": list(trace)}


def png(size: tuple[int, int] = (40, 30), text: str = "") -> str:
    """A PNG in base64, with a text in its metadata."""
    from PIL.PngImagePlugin import PngInfo

    held, info = io.BytesIO(), PngInfo()
    if text:
        info.add_text("Comment", text)
    Image.new("1", size).save(held, "PNG", pnginfo=info)
    return base64.b64encode(held.getvalue()).decode()
