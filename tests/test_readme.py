"""README.md against the script: its output, edits, code to copy, and two languages."""

import re
import string
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


def blocks(language):
    return re.findall(f"^```{language}\n(.+?)^```$", README, re.DOTALL | re.MULTILINE)


def prose(text):
    return re.sub(r"```(?s:.+?)```|`.+?`|\]\(.+?\)", "", text)  # no code, no links


(OUTPUT,) = blocks("text")
SECTIONS = re.split("\n##+ ", README)
EDITS = [edit for block in blocks("diff") for edit in re.split(r"(?<=\n)\n", block)]
NEXT, OWN_DATA = blocks("python")
MAIN = re.search("(?s)def main.+?\n(?=\n\n)", SOURCE)[0]


def test_output_and_picture(run, tmp_path):
    assert run() == OUTPUT
    assert "](tests/linreg.png)" in README
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by more.
    pictures = ROOT / "tests/linreg.png", tmp_path / "linreg.png"
    assert compare_images(*pictures, tol=0.1) is None


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[2])
def test_edit(edit, run):
    """A line "# A. what is seen", then lines to take out (-) and to put in (+)."""
    heading, lines = edit.split("\n", 1)
    assert re.fullmatch(r"# [A-Z]\. .+", heading)
    assert re.fullmatch(r"((-.+\n)+(\+.+\n)*)+", lines)
    changes = re.findall(r"((?:-.+\n)+)((?:\+.+\n)*)", lines)
    output = run(*[[re.sub("(?m)^.", "", part) for part in pair] for pair in changes])
    shown = [(re.sub(r"\S+ → ", "", heading), output)]
    if "→" in heading:
        shown += [(re.sub(r" → [^\s,]+", "", heading), OUTPUT)]
    for seen, where in shown:
        for text in seen[5:].split(", "):
            pattern = re.escape(text).replace("…", r"\d*")
            assert re.search(rf"(?<!\S){pattern}(?!\.?\w)", where), where
    if "…" in heading:  # for each sample, the same from autograd and by hand
        assert len(re.findall(r"(?m)^(-?\d\S*) \1$", output)) == linreg.N_SAMPLES


def test_letters():
    letters = "".join(edit[2] for edit in EDITS)
    assert letters == string.ascii_uppercase[: len(EDITS)]
    assert f"edits A to {letters[-1]}:" in README
    assert f"改动 A 至 {letters[-1]}：" in README


@pytest.mark.parametrize("section", SECTIONS, ids=lambda text: text[:9])
def test_both_languages(section):
    """The same bullets, Corrections, numbers and letters: those of the edits."""
    lines = prose(section).splitlines()[1:]
    english = "\n".join(line for line in lines if not line.startswith(">"))
    chinese = "\n".join(line[2:] for line in lines if line.startswith(">"))
    assert len(re.findall("(?m)^- ", english)) == len(re.findall("(?m)^- ", chinese))
    assert english.count("orrection**") == chinese.count("更正**")
    assert set(re.findall(r"\d+", english)) == set(re.findall(r"\d+", chinese))
    letters = re.findall(r"(?m)^# ([A-Z])\.", section)
    for text in english, chinese:
        assert re.findall(r"[(（]([A-Z])\b", text) == letters


def test_numbers():
    """Decimals in prose: the best line, headings, Python versions, the article's result."""
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data(linreg.N_SAMPLES)
    w, b = (f"{number:.3f}" for number in np.polyfit(x.flatten(), y.flatten(), 1))
    assert README.count(f"y = {w}x + {b}") == 2
    others = {"3.1", "3.2", "3.3", "3.4", "3.11", "3.15", "1.9865", "2.9857"}
    assert set(re.findall(r"\d+\.\d+", prose(README))) == {w, b} | others
    assert README.count(f"torch.manual_seed({linreg.SEED})") == 2


def test_next(run):
    """Almost the same line as that of linreg.train."""
    output = run(("    w, b = train(x, y, LR, EPOCHS)\n", NEXT))
    w, b = map(float, re.findall(r"(?m)^[wb] = (\S+)", output))
    assert (w, b) == pytest.approx((1.978, 3.267), abs=0.05)


def own_data(data):
    """Return the edit that replaces main, with these data for those of the sample."""
    return MAIN, re.sub(r"(?<=    data = )\[\[.+", str(data), OWN_DATA)


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
    pattern = r"w = (\S+), b = (\S+)\nfor x = 2000, y is about (\S+)\n$"
    w, b, prediction = map(float, re.search(pattern, output).groups())
    x, y = np.array(data, float).T
    best = np.polyval(np.polyfit(x - x.mean(), y, 1), x - x.mean())
    assert w * x + b == pytest.approx(best, abs=0.02 * y.std())
    assert prediction == pytest.approx(w * 2000 + b, rel=1e-8)
    (line,), (samples,) = plt.gca().lines, plt.gca().collections
    drawn = line.get_ydata().flatten()
    assert drawn == pytest.approx(w * np.sort(x) + b, abs=1e-4 * y.std())
    assert sorted(samples.get_offsets().tolist()) == sorted(map(list, zip(x, y)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_own_data_from_a_file(encoding, run, tmp_path):
    (tmp_path / "data.csv").write_text("面积,价格\n50,1\n100,3\n150,4\n", encoding)
    main, code = own_data(HOUSES)
    from_file = run((main, re.sub("    # (?=import|data = )", "    ", code)))
    assert from_file == run(own_data([[50, 1], [100, 3], [150, 4]]))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([[1, 2, 3], [2, 3, 4]], "too many values to unpack"),  # three columns
        ([[1, 2, 3], [4, 6, 8]], "too many values to unpack"),  # all x, then all y
        ([[1, 2], [2, None], [3, 4]], "must be real number, not NoneType"),  # a gap
        ([[0.1, 2], [0.1, 3], [0.1, 5]], "all equal values in x or y"),
    ],
)
def test_own_data_that_is_wrong(data, message, run):
    assert message in run(own_data(data))


def test_headings():
    """The script's, without section 1, which needs no words."""
    heading = r"# (\d\.\d? \S+ - \w+)"
    assert re.findall(heading, README) == re.findall(heading, SOURCE)[1:]
    assert len(re.findall(heading, README)) == 8
    assert re.search("https://.+", linreg.__doc__)[0] in README


def test_commands():
    run, test = blocks("sh")
    windows = run.replace("python3", "py").replace(" &&\n  ", "\n")
    assert blocks("bat") == [windows.replace("/bin/", "\\Scripts\\")]
    assert test == run.replace("-r ", "-r tests/").replace("linreg.py", "-m pytest")
    assert test in (ROOT / ".ci/run").read_text(encoding="utf-8")
