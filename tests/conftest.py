"""For all tests: no window opens, and linreg.py is run as a reader runs it."""

import os

os.environ["MPLBACKEND"] = "agg"  # before the import of matplotlib, which reads it
os.environ["MATPLOTLIBRC"] = os.devnull  # not the user's own style

import contextlib
import re
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

# Without the comments at the end of a line: README's edits leave them out.
SOURCE = Path(__file__).parents[1].joinpath("linreg.py").read_text(encoding="utf-8")
SOURCE = re.sub(r"(?<=\S)  #.*", "", SOURCE)
ERRORS = ArithmeticError, AttributeError, RuntimeError, TypeError, ValueError


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run linreg.py with lines replaced; return the text at show(), or the error."""
    output, seen = tmp_path / "output.txt", []

    def show():
        assert plt.get_fignums() and list(tmp_path.glob("*.png")), "no picture yet"
        seen.append(output.read_text())

    def run_edited(*edits):
        source = SOURCE
        for old, new in edits:
            assert source.count(f"\n{old}") == 1, f"not once in linreg.py:\n{old}"
            source = source.replace(f"\n{old}", f"\n{new}")
        (tmp_path / "edited.py").write_text(source, encoding="utf-8")
        plt.close("all")
        try:
            with output.open("w") as file, contextlib.redirect_stdout(file):
                runpy.run_path("edited.py", run_name="__main__")
        except ERRORS as error:
            return str(error)
        assert seen, "show() was not called"
        return seen.pop()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", show)
    return run_edited
