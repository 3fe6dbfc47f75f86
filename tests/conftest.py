"""For all tests: no windows, and the script run as a newcomer runs it."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from matplotlib import pyplot as plt

SCRIPT = Path(__file__).parents[1] / "linreg.py"

# Here and in child processes, no window opens, and no matplotlibrc of the user's counts.
os.environ["MPLBACKEND"] = "agg"
os.environ["MATPLOTLIBRC"] = matplotlib.get_data_path()
matplotlib.rcdefaults()
matplotlib.use("agg")


@pytest.fixture(scope="session", autouse=True)
def started(tmp_path_factory):
    """Start linreg.py in an empty folder, without a screen, to run beside the tests."""
    folder = tmp_path_factory.mktemp("empty")
    hide = (
        ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND") if sys.platform == "linux" else ()
    )
    with subprocess.Popen(
        [sys.executable, SCRIPT],
        cwd=folder,
        env={name: text for name, text in os.environ.items() if name not in hide},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process, folder


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs an edited copy of linreg.py in an empty folder.

    Each edit is a pair of texts, old and new. The result is what the script printed, and
    the error's text if it ended in one.
    """

    def run_edited(*edits):
        source = SCRIPT.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in source
            source = source.replace(old, new, 1)
        (tmp_path / "edited.py").write_text(source, encoding="utf-8")
        (tmp_path / "empty").mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / "empty")
        error = ""
        try:
            runpy.run_path(str(tmp_path / "edited.py"), run_name="__main__")
        except (ArithmeticError, OSError, RuntimeError) as e:
            error = str(e)
        return capsys.readouterr().out + error

    return run_edited
