"""Runs the cells of a notebook in order and keeps what they print, show and draw: python run_notebook.py x.ipynb"""

import ast
import base64
import contextlib
import io
import json
import sys
import traceback
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def run(source: str, names: dict) -> list[dict]:
    """The outputs of one cell."""
    printed, outputs = io.StringIO(), []
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
            value = eval(compile(last, "<cell>", "eval"), names) if last else None
        except Exception as error:
            value = None
            lines = traceback.format_exception_only(error)
            trace = [line.rstrip("\n") for line in lines]
            outputs.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": trace})
    if text := printed.getvalue():
        outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)})
    if value is not None:
        data = {"text/plain": repr(value)}
        outputs.append({"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data})
    for number in plt.get_fignums():
        held = io.BytesIO()
        plt.figure(number).savefig(held, dpi=150, bbox_inches="tight", metadata={"Software": None})
        data = {"image/png": base64.b64encode(held.getvalue()).decode(), "text/plain": "<Figure>"}
        outputs.append({"output_type": "display_data", "metadata": {}, "data": data})
    plt.close("all")
    return outputs


if __name__ == "__main__":
    path = Path(sys.argv[1])
    notebook, names = json.loads(path.read_text()), {}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        cell["execution_count"], cell["outputs"] = number, run("".join(cell["source"]), names)
        for output in cell["outputs"]:
            if "execution_count" in output:
                output["execution_count"] = number
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
