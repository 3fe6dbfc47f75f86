"""README.md against the script: its output, edits, code to copy, languages and texts."""

import re
import string
from pathlib import Path

import numpy as np
import pytest
import torch
from matplotlib.testing.compare import compare_images

import linreg
from tests.conftest import SOURCE, setting

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```(?s:.*?)```|`.+?`|\]\(.+?\)", "", README)  # no code, no links
# Letter, change, what is seen.
EDITS = re.findall(r"^  - \*\*([A-Z])\*\* (.+?)(?:: (`.+))?$", README, re.MULTILINE)
CHANGES = {letter: change for letter, change, _ in EDITS}


def blocks(language):
    return re.findall(f"```{language}\n(.*?)```", README, re.DOTALL)


def spans(text):
    return re.findall("`([^`]+)`", text)


def replacements(change):
    """Return the pairs, old and new text of linreg.py, that a change stands for."""
    pairs = []
    for part in change.split(" + "):
        match spans(part):
            case []:  # only a letter
                pairs += replacements(CHANGES[part])
            case [assignment]:
                pairs += [setting(assignment)]
            case [old, new] if "→" in part:
                pairs += [(old, new)]
            case [first, last]:  # lines to move
                lines = SOURCE[SOURCE.index(first) - 4 : SOURCE.index(last)]
                pairs += [(lines, re.sub("^    ", "", lines, flags=re.MULTILINE))]
    return pairs


def test_output_and_picture(run, tmp_path):
    assert [run()] == blocks("text")
    assert "](tests/linreg.png)" in README
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by 0.87.
    pictures = ROOT / "tests/linreg.png", tmp_path / "linreg.png"
    assert compare_images(*pictures, tol=0.1) is None


@pytest.mark.parametrize(("letter", "change", "seen"), EDITS, ids=CHANGES)
def test_edit(letter, change, seen, run):
    output = run(*replacements(change))
    for text in spans(seen):
        assert re.search(rf"(?<!\w){re.escape(text)}(?!\.?\w)", output), output
    if not seen:  # the gradients of each sample, from autograd and by hand
        gradients = re.findall(r"tensor\(\[(.+)\]\) tensor\(\[(.+)\]\)\n", output)
        assert "(y_pred - y_i)" in change and len(gradients) == linreg.N_SAMPLES
        assert all(autograd == by_hand for autograd, by_hand in gradients)


def test_letters():
    last = list(CHANGES)[-1]
    assert "".join(CHANGES) == string.ascii_uppercase[: len(EDITS)]
    assert f"\nA to {last} are edits" in README and f"。A 至 {last} 是" in README


@pytest.mark.parametrize("section", re.split("\n#+ ", PROSE), ids=lambda text: text[:9])
def test_both_languages(section):
    """The same bullets, numbers and letters, those of the edits included."""
    _, *lines = section.splitlines()
    chinese = [line.removeprefix("> ") for line in lines if line.startswith(">")]
    english = [line for line in lines if not line.startswith(">")]

    def found(pattern, lines):
        return re.findall(pattern, "\n".join(lines), re.ASCII | re.MULTILINE)

    assert found("^- ", english) == found("^- ", chinese)
    assert len(found("Correction", english)) == len(found("更正", chinese))
    items = r"\d+(?:\.\d+)?|\b[A-Z]\b"
    assert set(found(items, english)) == set(found(items, chinese))


def test_no_other_measured_numbers():
    """Decimals in prose are the best line's, or Python versions."""
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data(linreg.N_SAMPLES)
    w, b = (f"{number:.3f}" for number in np.polyfit(x.flatten(), y.flatten(), 1))
    assert PROSE.count(f"y = {w}x + {b}") == 2
    headings = {"3.1", "3.2", "3.3", "3.4"}
    assert set(re.findall(r"\d+\.\d+", PROSE)) == {w, b, "3.11", "3.15"} | headings


def test_own_data(run):
    """A new x, scaled as printed, against least squares on the data as they are."""
    code, _ = blocks("python")
    x, y = np.array(re.findall(r"\[(\d+), ([\d.]+)\]", code), float).T
    make_data = re.search("def make_data(?s:.+?)return x, y\n", SOURCE)[0]
    output = run(setting("EPOCHS = 3000"), (make_data, code))
    pattern = r"\(x - (.+)\) / (.+)\n(?s:.+)w = (\S+) (?s:.+)b = (\S+) "
    mean, std, w, b = map(float, re.search(pattern, output).groups())
    expected = np.polyval(np.polyfit(x, y, 1), 2000)
    assert w * (2000 - mean) / std + b == pytest.approx(expected, abs=0.001)


def test_next(run):
    """The code under Next, from the same start, gives the same line."""
    _, code = blocks("python")
    start = "    torch.nn.init.zeros_(model.weight), torch.nn.init.zeros_(model.bias)\n"
    code = code.replace("\n", "\n" + start, 1)
    output = run(setting("EPOCHS = 99"), ("    w, b = train(x, y, LR, EPOCHS)\n", code))
    expected = run(setting("EPOCHS = 99"), ("randn(1,", "zeros(1,"))
    assert expected.endswith(output)


def test_headings():
    heading = r"# (\d\.\d? \S+ - \w+)"
    assert re.findall(heading, README) == re.findall(heading, SOURCE)
    assert len(re.findall(heading, README)) == 9


def test_texts_of_the_script():
    n, w, b = linreg.N_SAMPLES, linreg.TRUE_W, linreg.TRUE_B
    assert f"{n} noisy points from y = {w}x + {b} " in README
    assert f"at once give {n} losses" in README
    assert f"every 100 epochs, or {100 * n} updates" in README
    assert README.count(f"`torch.manual_seed({linreg.SEED})`") == 2
    assert re.search("https://.+", linreg.__doc__)[0] in README


def test_commands():
    run, test = blocks("sh")
    (windows,) = blocks("bat")
    assert windows == (
        run.replace("python3", "py")
        .replace(" &&\n  ", "\n")
        .replace("/bin/", "\\Scripts\\")
    )
    assert test == run.replace("-r ", "-r tests/").replace("linreg.py", "-m pytest")
    assert test in (ROOT / ".ci/run").read_text(encoding="utf-8")
