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
(PRINTED,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
(PICTURE,) = re.findall(r"!\[.+\]\((.+)\)", README)

on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="a display is X11's or Wayland's"
)


def python(script, folder, **display):
    """Run a script with no display but the one given, if any; matplotlib picks the backend."""
    env = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    if sys.platform == "linux":
        del env["MPLBACKEND"]
    command = [sys.executable, script]
    return subprocess.run(
        command,
        cwd=folder,
        env=env | display,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    return python(ROOT / "linreg.py", folder), folder


def test_output_is_the_readmes(finished):
    process, folder = finished
    assert process.returncode == 0
    assert process.stdout == PRINTED
    assert os.listdir(folder) == ["linreg.png"]


@on_linux
def test_without_display_nothing_on_stderr(finished):
    assert finished[0].stderr == ""


def test_picture_is_the_readmes(finished):
    # 0.1 lets another machine round an edge pixel differently; a line 0.001 higher
    # already differs by 0.86.
    assert compare_images(ROOT / PICTURE, finished[1] / "linreg.png", tol=0.1) is None


def test_twice_the_same(finished, run, tmp_path):
    assert run() == finished[0].stdout
    pictures = [folder / "linreg.png" for folder in (finished[1], tmp_path / "empty")]
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


def test_text_is_out_as_the_training_goes_and_before_the_window(run, monkeypatch):
    flushed = []

    class Pipe(io.StringIO):
        def flush(self):
            flushed.append(self.getvalue())

    pipe = Pipe()
    shown = []

    def show():
        shown.append((pipe.getvalue(), flushed[-1], os.listdir()))

    monkeypatch.setattr(plt, "show", show)
    monkeypatch.setattr(sys, "stdout", pipe)
    run(("EPOCHS = 1000", "EPOCHS = 101"))
    text = pipe.getvalue()
    assert text.endswith("picture saved as linreg.png\n")
    assert shown == [(text, text, ["linreg.png"])]
    assert flushed[:2] == [text[: text.index(end)] for end in ("epoch 100 ", "w = ")]


@on_linux
def test_display_that_nobody_serves(tmp_path):
    source = (ROOT / "linreg.py").read_text(encoding="utf-8")
    (tmp_path / "short.py").write_text(
        source.replace("EPOCHS = 1000", "EPOCHS = 1"), "utf-8"
    )
    process = python("short.py", tmp_path, DISPLAY=":9999")
    assert process.returncode == 0, process.stderr
    assert process.stdout.endswith("picture saved as linreg.png\n")
    assert (tmp_path / "linreg.png").read_bytes().startswith(b"\x89PNG")


def test_picture_that_cannot_be_written(run, monkeypatch, capsys):
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("shown"))
    with pytest.raises(SystemExit) as end:
        run(("EPOCHS = 1000", "EPOCHS = 1"), ('"linreg.png"', '"missing/folder.png"'))
    # Python prints a text given to SystemExit on stderr and exits with status 1.
    assert re.fullmatch(
        r"cannot write missing/folder\.png: .*No such file or directory.*; run in another folder",
        end.value.code,
    )
    assert re.search(r"\nw = .+\nb = .+\n$", capsys.readouterr().out)
