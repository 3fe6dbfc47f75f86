"""README.md against the script: what it prints, the table of edits, the other texts."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from matplotlib.testing.compare import compare_images

import linreg
from tests.conftest import SOURCE, setting

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]) \| (.+) \| (.+) \|$", README, re.MULTILINE)
TABLE = {letter: cells for letter, *cells in ROWS}


def edits(change):
    """Return the edits that a cell names; a letter at its start stands for that row's."""
    before = edits(TABLE[change[0]][0]) if change[0] in TABLE else []
    settings = re.findall("^`([A-Z_]+ = .+)`$", change)
    pairs = re.findall("`([^`]+)` → `([^`]+)`", change)
    return [*before, *map(setting, settings), *pairs]


def test_output_and_picture(run, tmp_path):
    assert f"```text\n{run()}```\n" in README
    assert "](tests/linreg.png)" in README
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by 0.13.
    pictures = ROOT / "tests/linreg.png", tmp_path / "linreg.png"
    assert compare_images(*pictures, tol=0.1) is None


@pytest.mark.parametrize("letter", TABLE)
def test_edit(letter, run):
    change, see = TABLE[letter]
    assert edits(change)
    texts = re.findall("`([^`]+)`", see)
    assert texts
    output = " ".join(run(*edits(change)).split())
    for text in texts:
        assert re.search(rf"(?<!\w){re.escape(text)}(?!\.?\w)", output), output


def test_no_other_measured_numbers():
    """All stand in the output or the table's code, and are tested; but the best line."""
    prose = re.sub("```.*?```|`[^`\n]+`", "", README, flags=re.DOTALL)
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data(linreg.N_SAMPLES)
    best_line = "y = {:.3f}x + {:.3f}".format(*np.polyfit(x.flatten(), y.flatten(), 1))
    assert prose.count(best_line) == 2
    versions, steps = ["2.2", "3.11", "3.15"], ["3.1", "3.4"]
    decimals = re.findall(r"\d+\.\d+", prose.replace(best_line, ""))
    assert decimals == versions + steps + steps


def test_next(run):
    """The code under Next, from the same start, gives the same line."""
    (code,) = re.findall("```python\n    (.*?)\n```", README, re.DOTALL)
    model, *rest = code.splitlines()
    start = "torch.nn.init.zeros_(model.weight), torch.nn.init.zeros_(model.bias)"
    code = "\n".join([model, f"    {start}", *rest])
    output = run(setting("EPOCHS = 99"), ("w, b = train(x, y, LR, EPOCHS)", code))
    expected = run(setting("EPOCHS = 99"), ("randn(1,", "zeros(1,"))
    assert expected.endswith(output)


def test_map():
    headings = re.findall(r"^# (\d\. .+)$", SOURCE, re.MULTILINE)
    assert re.findall(r"^\| (\d\. .+?) \|", README, re.MULTILINE) == headings
    assert [heading[0] for heading in headings] == list("12345")
    assert re.findall(r"# (3\.\d) ", SOURCE) == ["3.1", "3.2", "3.3", "3.4"]


@pytest.mark.parametrize(
    "text",
    [
        f"{linreg.N_SAMPLES} noisy points from y = {linreg.TRUE_W}x + {linreg.TRUE_B} ",
        f"every 100 epochs ({100 * linreg.N_SAMPLES} updates)",
        f"`torch.manual_seed({linreg.SEED})`",
        re.search("https://.+", linreg.__doc__)[0],
    ],
)
def test_texts_of_the_script(text):
    assert text in README


def test_commands():
    run, cpu, test = re.findall(r"```sh\n\s*(.+)\n", README)
    assert test in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert run == test.replace("tests/", "").replace("-m pytest", "linreg.py")
    index = "requirements.txt --extra-index-url https://download.pytorch.org/whl/cpu"
    assert cpu == run.replace("requirements.txt", index)
    assert all((ROOT / name).exists() for name in re.findall(r"-r (\S+)", README))
