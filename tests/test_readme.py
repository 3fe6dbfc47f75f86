"""README.md against the script: its output, edits, code to copy, and two languages."""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.testing.compare import compare_images

import linreg
from tests.conftest import SOURCE

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE_OR_LINK = r"```(?s:.+?)```|`.+?`|\]\(.+?\)"


def blocks(language):
    return re.findall(f"^```{language}\n(.+?)^```$", README, re.DOTALL | re.MULTILINE)


(OUTPUT,) = blocks("text")
EDITS = [edit for block in blocks("diff") for edit in re.split(r"(?<=\n)\n", block)]
NEXT, OWN_DATA = blocks("python")
MAIN = re.search("(?s)def main.+?\n(?=\n\n)", SOURCE)[0]


def test_output_and_picture(run, tmp_path):
    assert run() == OUTPUT
    assert "](tests/linreg.png)" in README
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by more.
    picture = tmp_path / "linreg.png"
    assert compare_images(ROOT / "tests/linreg.png", picture, tol=0.1) is None


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[2])
def test_edit(edit, run):
    """A line "# A. what is seen", then lines to take out (-) and to put in (+)."""
    whole = re.fullmatch(r"# [A-Z]\. (.+)\n((?:[-+](?: {4})*\S.+\n)+)", edit)
    heading, lines = whole.groups()
    changes = re.findall(r"((?:-.+\n)+)((?:\+.+\n)*)", lines)
    output = run(*[[re.sub("(?m)^.", "", part) for part in pair] for pair in changes])
    for seen in heading.split(", "):
        name, old, new = re.fullmatch(r"(.*?)(?:(\S+) → )?(\S+)", seen).groups()
        for number, text in [(new, output)] + [(old, OUTPUT)] * bool(old):
            pattern = rf"(?<!\S){re.escape(name + number)}(?!\.?\w)"
            assert re.search(pattern, text), text


@pytest.mark.parametrize("section", re.split("\n##+ ", README), ids=lambda s: s[:9])
def test_both_languages(section):
    """The same bullets, Corrections, numbers and letters; the letter of each edit."""
    lines = re.sub(CODE_OR_LINK, "", section).splitlines()[1:]
    english = "\n".join(line for line in lines if not line.startswith(">"))
    chinese = "\n".join(line[2:] for line in lines if line.startswith(">"))
    assert len(re.findall("(?m)^- ", english)) == len(re.findall("(?m)^- ", chinese))
    assert english.count("**Correction**") == chinese.count("**更正**")
    items = r"\d+|(?<=[(（])[A-Z]\b|\b[B-Z]\b"  # A is also a word
    found = set(re.findall(items, english, re.ASCII))
    assert found == set(re.findall(items, chinese, re.ASCII))
    assert found >= set(re.findall(r"(?m)^# ([A-Z])\. ", section))


def test_letters():
    letters = "".join(edit[2] for edit in EDITS)
    assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ".startswith(letters)
    assert f" A to {letters[-1]}:" in README and f" A 至 {letters[-1]}：" in README


def test_numbers():
    """Decimals in prose: the best line, headings, versions, the article's result."""
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data()
    w, b = (f"{number:.3f}" for number in np.polyfit(x.flatten(), y.flatten(), 1))
    others = {"3.1", "3.2", "3.3", "3.4", "3.11", "3.15", "1.9865", "2.9857"}
    decimals = re.findall(r"\d+\.\d+", re.sub(CODE_OR_LINK, "", README))
    assert set(decimals) == {w, b} | others
    assert README.count(f"y = {w}x + {b}") == 2
    assert README.count(f"torch.manual_seed({linreg.SEED})") == 2


def test_next(run):
    output = run(("    w, b = train(x, y, LR, EPOCHS)\n", NEXT))
    line = [float(number) for number in re.findall(r"(?m)^[wb] = (\S+)", output)]
    assert line == pytest.approx([1.978, 3.267], abs=0.05)  # "almost the same"


def own_data(data):
    """Return the edit that replaces main, with these data for those of the sample."""
    code = re.sub(r"(?<=    data = )\[\[.+", str(data), OWN_DATA)
    return MAIN, code.replace("x_new = 2000", "x_new = 7")


HOUSES = [[2104, 4.0], [1600, 3.3], [2400, 3.7], [1416, 2.3], [3000, 5.4]]
FAR_Y = [[x, 100000 + x] for x in range(5)]
UNIX_TIMES = [[1.7e9 + 86400 * day, day + day % 7] for day in range(30)]
SMALL_Y = [[x, 1e-9 * (x + x % 3)] for x in range(20)]
SORTED = [[x, x**3] for x in range(3000)]
TWO = [[0, 32], [100, 212]]


@pytest.mark.parametrize("data", [HOUSES, FAR_Y, UNIX_TIMES, SMALL_Y, SORTED, TWO])
def test_own_data(data, run):
    """The line, the prediction and the picture, against least squares in float64."""
    output = run(own_data(data))
    w, b, prediction = map(float, re.findall(r"(?:[wb] =|about) ([^,\s]+)", output))
    x, y = np.array(data, float).T
    best = np.polyval(np.polyfit(x - x.mean(), y, 1), x - x.mean())
    assert w * x + b == pytest.approx(best, abs=0.02 * y.std())
    assert prediction == pytest.approx(w * 7 + b)
    (line,), (samples,) = plt.gca().lines, plt.gca().collections
    assert line.get_ydata().flatten() == pytest.approx(w * np.sort(x) + b)
    assert sorted(samples.get_offsets().tolist()) == sorted(map(list, zip(x, y)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_own_data_from_a_file(encoding, run, tmp_path):
    (tmp_path / "data.csv").write_text("面积,价格\n50,1\n100,3\n150,4\n", encoding)
    main, code = own_data(HOUSES)
    from_file = run((main, re.sub("    # (?=import|data = )", "    ", code)))
    assert from_file == run(own_data([[50, 1], [100, 3], [150, 4]]))


def test_own_data_that_is_wrong(run):
    assert "too many values to unpack" in run(own_data([[1, 2, 3], [4, 6, 8]]))
    assert "must be real number, not NoneType" in run(own_data([[1, 2], [2, None]]))
    assert "Are all x or all y equal?" in run(own_data([[0.1, 2], [0.1, 3], [0.1, 5]]))


def test_headings():
    heading = r"# (\d\.\d? \S+ - \w+)"
    assert re.findall(heading, README) == re.findall(heading, SOURCE)[1:] != []
    assert re.search("https://.+", linreg.__doc__)[0] in README


def test_commands():
    run, test = blocks("sh")
    assert test == run.replace("-r ", "-r tests/").replace("linreg.py", "-m pytest")
    assert test in (ROOT / ".ci/run").read_text(encoding="utf-8")
    windows = (run + test).replace("python3", "py").replace(" &&\n  ", "\n")
    assert "".join(blocks("bat")) == windows.replace("/bin/", "\\Scripts\\")
