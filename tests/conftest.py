"""For all tests: no window opens, and linreg.py is run as a reader runs it."""

import os

os.environ["MPLBACKEND"] = "agg"
os.environ["MATPLOTLIBRC"] = os.devnull  # not the user's own style

import contextlib
import re
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

SOURCE = (Path(__file__).parents[1] / "linreg.py").read_text(encoding="utf-8")


def setting(new):
    """Return the edit, old and new, that makes a line of linreg.py say "NAME = value"."""
    name, _, _ = new.partition(" = ")
    return re.search(rf"^{name} = \S+", SOURCE, re.MULTILINE)[0], new


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs linreg.py, with edits, in an empty folder.

    It returns the text that is out when the window opens, or the error's message.
    """
    output, seen = tmp_path / "output.txt", []

    def show():
        assert plt.get_fignums(), "a window without the picture"
        assert list(tmp_path.glob("*.png")), "a window before the picture is saved"
        seen.append(output.read_text(encoding="utf-8"))

    def run_edited(*edits):
        source = SOURCE
        for old, new in edits:
            assert old in source
            source = source.replace(old, new, 1)
        (tmp_path / "edited.py").write_text(source, encoding="utf-8")
        with output.open("w", encoding="utf-8") as file:
            try:
                with contextlib.redirect_stdout(file):
                    runpy.run_path("edited.py", run_name="__main__")
            except (ArithmeticError, AttributeError, RuntimeError) as error:
                return str(error)
        return seen.pop()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", show)
    yield run_edited
    plt.close("all")
