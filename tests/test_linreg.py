"""linreg.py and README.md against plain floats, least squares and a picture."""

import contextlib
import re
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.testing.compare import compare_images

import linreg

plt.switch_backend("agg")  # no window
plt.rcdefaults()  # not the user's own style
ROOT = Path(linreg.__file__).parent
# Without the comments at the end of a line, because README's edits leave them out.
SCRIPT = re.sub(r"(?<=\S)  #.*", "", (ROOT / "linreg.py").read_text(encoding="utf-8"))
SETTINGS = re.search(r"(?s)SEED.+?\n(?=\n)", SCRIPT)[0]
MAIN = re.search(r"(?s)def main.+?\n(?=\n\n)", SCRIPT)[0]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENGLISH, TEST, CHINESE = re.split("\n## Test\n|\n# 中文说明\n", README)
BLOCK = re.compile("(?ms)^```(sh|bat|text|diff|python)\n(.+?)^```$")
(INSTALL,), (WINDOWS,), (OUTPUT,), EDITS, (NEXT, OWN_DATA) = (
    [code for fence, code in BLOCK.findall(ENGLISH) if fence == language]
    for language in ("sh", "bat", "text", "diff", "python")
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run linreg.py with lines replaced, in an empty folder; return what it prints."""
    monkeypatch.chdir(tmp_path)
    shown = []

    def show():
        shown.append(Path("output.txt").read_text())
        assert plt.get_fignums() and Path(shown[-1].split()[-1]).exists()  # PICTURE

    monkeypatch.setattr(plt, "show", show)

    def run_edited(*edits):
        script = SCRIPT
        for old, new in edits:
            assert script.count(f"\n{old}") == 1, f"not once in linreg.py:\n{old}"
            script = script.replace(f"\n{old}", f"\n{new}")
        Path("edited.py").write_text(script, encoding="utf-8")
        plt.close("all")
        with open("output.txt", "w") as file, contextlib.redirect_stdout(file):
            runpy.run_path("edited.py", run_name="__main__")
        return shown.pop()

    return run_edited


def train_on_paper(x, y, lr, epochs):
    """Do what linreg.train does, in plain floats, with derivatives found on paper."""
    w, b = torch.randn(1).item(), 0.0
    for epoch in range(epochs):
        losses = []
        for (x_i,), (y_i,) in zip(x.tolist(), y.tolist()):
            residual = w * x_i + b - y_i
            losses.append(residual**2 / 2)
            w, b = w - lr * residual * x_i, b - lr * residual
        if epoch % 100 == 0:
            print(f"epoch {epoch}: loss {sum(losses) / len(x):.3g}")
    return w, b


def test_every_setting(run, capsys):
    others = "SEED, N_SAMPLES, X_MAX, TRUE_W, TRUE_B = 6, 15, 3, -1, 7\n"
    others += "NOISE, LR, EPOCHS, PICTURE = 0.5, 0.02, 201, 'other.png'\n"
    output = run((SETTINGS, others))
    torch.manual_seed(6)
    x = 3 * torch.rand(15, 1)
    w, b = train_on_paper(x, -1 * x + 7 + 0.5 * torch.randn(15, 1), 0.02, 201)
    assert linreg.train(x, x, lr=1, epochs=0)[1] == 0  # no epochs: b stays 0
    result = f"w = {w:.4g}  (true value -1)\nb = {b:.4g}  (true value 7)\n"
    assert output == capsys.readouterr().out + result + "picture saved as other.png\n"


def test_output_and_picture(run):
    assert run() == OUTPUT
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by more.
    assert compare_images(ROOT / "tests/linreg.png", "linreg.png", tol=0.1) is None
    assert "](tests/linreg.png)" in ENGLISH and "](tests/linreg.png)" in CHINESE


@pytest.mark.parametrize("edit", EDITS, ids=re.findall(r"\*\*(.+\?)\*\*\n", ENGLISH))
def test_edit(edit, run):
    """Lines to take out (-) and to put in (+), then a comment: what is seen."""
    diff, seen = re.fullmatch(r"((?=-)(?:[-+](?: {4})*\S.+\n)+)# (.+)\n", edit).groups()
    changes = re.findall(r"((?:-.+\n)+)((?:\+.+\n)*)", diff)
    changes = [[re.sub("(?m)^.", "", part) for part in change] for change in changes]
    if "→" not in seen:
        with pytest.raises((FloatingPointError, RuntimeError), match=rf"{seen}\b"):
            run(*changes)
        return
    output = run(*changes)
    for part in seen.split(", "):
        start, before, after = re.fullmatch(r"(.+ )(\S+) → (\S+)", part).groups()
        assert f"{start}{before} " in " ".join(OUTPUT.split())
        assert f"{start}{after} " in " ".join(output.split())


def test_next(run):
    output = run((re.search("`(w, b = .+)`", ENGLISH).expand(r"    \1\n"), NEXT))
    line = [float(number) for number in re.findall("[wb] = (.+?)  ", output)]
    assert line == pytest.approx([1.978, 3.267], abs=0.01)  # w and b start elsewhere


def test_code():
    """The same in both halves but for comments in Python; commands in three forms."""
    assert "```" not in BLOCK.sub("", README)
    comment = "  # (?!import |data = |   ).+"  # not the lines that read a CSV file
    english, chinese = (re.sub(comment, "", half) for half in (ENGLISH, CHINESE))
    assert BLOCK.findall(english) == BLOCK.findall(chinese)
    windows = INSTALL.replace("python3", "py").replace(" &&\n  ", "\n")
    assert WINDOWS == windows.replace("/bin/", "\\Scripts\\")
    test = INSTALL.replace("-r ", "-r tests/").replace("linreg.py", "-m pytest")
    assert BLOCK.findall(TEST) == [("sh", test)]


def test_numbers_in_prose():
    """Decimals: sections, versions, the best line, and what the article prints."""
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data()
    w, b = (f"{number:.3f}" for number in np.polyfit(x.flatten(), y.flatten(), 1))
    known = {"3.1", "3.2", "3.3", "3.4", "3.11", "3.15", w, b}
    for half, article in (ENGLISH, set()), (CHINESE, {"1.9865", "2.9857"}):
        prose = re.sub("`.+?`", "", BLOCK.sub("", half))
        assert set(re.findall(r"\d+\.\d+", prose)) == known | article
        assert f"y = {w}x + {b}" in prose


def own_data(data, x_new="[7, 12345.6]"):
    """Return the edit that replaces main, with these numbers for those of README."""
    code = re.sub(r"(?<= data = )\[\[.+", str(data), OWN_DATA)
    return MAIN, code.replace("[2000, 2500]", x_new)


DATA = {
    "few rows": eval(re.search(" data = (.+)", OWN_DATA)[1]),  # README's own
    "two rows": [[0, 32], [100, 212]],
    "unix times": [[1.7e9 + 86400 * day, 1e-9 * (day + day % 7)] for day in range(30)],
    "sorted": [[x, x**3] for x in range(3000)],
    "two far x": [[x % 7, x % 3] for x in range(80)] + [[1e6, 5], [1e6, -5e5]],
    "wide tail": [[1.001**i, 1.001**i * (i % 3)] for i in range(9000)],
}


@pytest.mark.parametrize("name", DATA)
def test_own_data(name, run):
    main, code = own_data(DATA[name])
    code = "from tests.test_linreg import train_on_paper as train\n\n" + code  # faster
    found = re.findall(r"(?:\b[wbxy] =|best) ([^,)\s]+)", run((main, code)))
    scaled_w, best_w, scaled_b, best_b, w, b, *predictions = map(float, found)
    x, y = np.array(DATA[name], float).T
    assert best_w == pytest.approx(np.corrcoef(x, y)[0, 1], abs=0.0001) and best_b == 0
    assert [scaled_w, scaled_b] == pytest.approx([best_w, best_b], abs=0.005)  # close
    rescaled = [w * x.std() / y.std(), (w * x.mean() + b - y.mean()) / y.std()]
    assert rescaled == pytest.approx([scaled_w, scaled_b], abs=0.0001)  # as printed
    assert predictions == pytest.approx([7, w * 7 + b, 12345.6, w * 12345.6 + b], 1e-9)
    (drawn,), (samples,) = plt.gca().lines, plt.gca().collections
    assert drawn.get_ydata().flatten() == pytest.approx(w * np.sort(x) + b)
    assert sorted(samples.get_offsets().tolist()) == sorted(map(list, zip(x, y)))


def test_own_data_from_a_file(run):
    Path("data.csv").write_text('"面积",价格\n"50",1\n100,"3"\n150,4\n', "gbk")
    main, code = own_data([], "7")
    output = run((main, re.sub("    # (?=import|data = |   )", "    ", code)))
    assert output == run(own_data([[50, 1], [100, 3], [150, 4]], "7"))
    assert output.count("epoch") == 10  # few rows: 1000 epochs


WRONG_DATA = {
    ValueError: ["[[1], [2]]", "[[1, 2, 3], [4, 6, 8]]"],
    FloatingPointError: ["[[1, 2]]", "[[0.1, 2]] * 3", "[[1, 2], [2, float('nan')]]"],
}


@pytest.mark.parametrize("error", WRONG_DATA)
def test_own_data_that_is_wrong(error, run):
    for data in WRONG_DATA[error]:
        with pytest.raises(error):
            run(own_data(data))
