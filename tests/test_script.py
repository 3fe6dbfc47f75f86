"""The script from end to end, as `python linreg.py` runs it."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.testing.compare import compare_images

import linreg

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHORT = "EPOCHS = 1000", "EPOCHS = 1"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The script's process, run in an empty folder without a screen, and the folder."""
    folder = tmp_path_factory.mktemp("empty")
    hide = (
        ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND") if sys.platform == "linux" else ()
    )
    process = subprocess.run(
        [sys.executable, ROOT / "linreg.py"],
        cwd=folder,
        env={name: text for name, text in os.environ.items() if name not in hide},
        capture_output=True,
        text=True,
        check=False,
    )
    return process, folder


def test_output_is_the_readmes(finished):
    process, folder = finished
    assert (process.returncode, process.stderr) == (0, "")
    assert f"```text\n{process.stdout}```" in README
    assert os.listdir(folder) == ["linreg.png"]


def test_picture_is_the_readmes(finished):
    assert "](tests/linreg.png)" in README
    # 0.1 lets another machine round an edge pixel differently; a line 0.001 higher
    # already differs by 0.86.
    pictures = ROOT / "tests/linreg.png", finished[1] / "linreg.png"
    assert compare_images(*pictures, tol=0.1) is None


def test_text_and_picture_are_out_before_the_window(run, monkeypatch):
    flushed, shown = [], []

    class Log(io.StringIO):
        def flush(self):
            flushed.append(self.getvalue())

    log = Log()
    monkeypatch.setattr(plt, "show", lambda: shown.append((flushed[-1], os.listdir())))
    monkeypatch.setattr(sys, "stdout", log)
    run(SHORT)
    text = log.getvalue()
    assert text.endswith("picture saved as linreg.png\n")
    assert shown == [(text, ["linreg.png"])]


def test_picture_that_cannot_be_written(run, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("shown"))
    output = run(SHORT, ('"linreg.png"', '"missing/folder.png"'))
    assert re.fullmatch(
        r"epoch .+\nw = .+\nb = .+\n.*No such file .*missing/folder\.png.*", output
    )
