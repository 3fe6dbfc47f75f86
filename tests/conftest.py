"""For all tests: the import path, no windows, and the script run as a newcomer runs it."""

import os
import runpy
import sys
from pathlib import Path

import matplotlib
import pytest
from matplotlib import pyplot as plt

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # plain `pytest` does not add the root by itself
matplotlib.use("agg")  # no window ever opens, here or in a child process:
os.environ["MPLBACKEND"] = "agg"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs an edited copy of linreg.py in an empty folder.

    Each edit is a pair of texts, old and new; the old one must stand in the source just
    once. The result is what the script printed, and the error's text if it ended in one.
    """

    def run_edited(*edits):
        source = (ROOT / "linreg.py").read_text(encoding="utf-8")
        for old, new in edits:
            assert source.count(old) == 1, f"{old!r} is not once in linreg.py"
            source = source.replace(old, new)
        script = tmp_path / "edited.py"
        script.write_text(source, encoding="utf-8")
        empty = tmp_path / "empty"
        empty.mkdir()
        monkeypatch.chdir(empty)
        error = ""
        try:
            runpy.run_path(str(script), run_name="__main__")
        except (FloatingPointError, RuntimeError) as e:
            error = str(e)
        return capsys.readouterr().out + error

    return run_edited
