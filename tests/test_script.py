"""The script from end to end, as `python linreg.py` runs it."""

import io
import os
import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.testing.compare import compare_images

import linreg

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHORT = "EPOCHS = 1000", "EPOCHS = 1"


def test_output_and_picture_are_the_readmes(started):
    process, folder = started
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    assert errors == "" or sys.platform != "linux"  # elsewhere agg's show() warns
    assert f"```text\n{output}```" in README
    assert os.listdir(folder) == ["linreg.png"]
    assert "](tests/linreg.png)" in README
    # 0.1 lets another machine round an edge pixel differently; a line 0.001 higher
    # already differs by 0.13.
    pictures = ROOT / "tests/linreg.png", folder / "linreg.png"
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
