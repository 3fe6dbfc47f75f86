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
OWN_DATA, NEXT = re.findall("```python\n(.*?)```", README, re.DOTALL)
# The lines of each section, heading first, without code and links.
PROSE = re.sub(r"```(?s:.*?)```|`.+?`|\]\(.+?\)", "", README)
SECTIONS = [
    text.splitlines() for text in re.split("^#+ ", PROSE, flags=re.MULTILINE)[1:]
]
# Letter, change, what is seen.
EDITS = re.findall(r"^  - \*\*([A-Z])\*\* (.+?)(?:: (`.+))?$", README, re.MULTILINE)
CHANGES = {letter: change for letter, change, _ in EDITS}


def code(text):
    return re.findall("`([^`]+)`", text)


def replacements(change):
    """Return the pairs, old and new text of linreg.py, that a change stands for."""
    pairs = []
    for part in change.split(" + "):
        match code(part):
            case []:  # only a letter
                pairs += replacements(CHANGES[part])
            case [assignment]:
                pairs.append(setting(assignment))
            case [old, new] if "→" in part:
                pairs.append((old, new))
            case [first, last]:  # lines to move
                lines = re.search(
                    f" +{re.escape(first)}(?s:.+){re.escape(last)}", SOURCE
                )[0]
                pairs.append((lines, re.sub("^    ", "", lines, flags=re.MULTILINE)))
    return pairs


def test_output_and_picture(run, tmp_path):
    (output,) = re.findall("```text\n(.*?)```", README, re.DOTALL)
    assert run() == output
    assert "](tests/linreg.png)" in README
    # 0.1 allows another rounding at an edge; a line 0.001 higher differs by more.
    pictures = ROOT / "tests/linreg.png", tmp_path / "linreg.png"
    assert compare_images(*pictures, tol=0.1) is None


@pytest.mark.parametrize(("letter", "change", "seen"), EDITS)
def test_edit(letter, change, seen, run):
    output = run(*replacements(change))
    for text in code(seen):
        assert re.search(rf"(?<!\w){re.escape(text)}(?!\.?\w)", output), output
    if not seen:  # the gradients of each sample, from autograd and by hand
        gradients = re.findall(r"tensor\(\[(.+)\]\) tensor\(\[(.+)\]\)\n", output)
        assert letter == "H" and len(gradients) == linreg.N_SAMPLES
        assert all(autograd == by_hand for autograd, by_hand in gradients)


def test_letters():
    letters = "".join(CHANGES)
    assert letters == string.ascii_uppercase[: len(EDITS)]
    assert f"\n{letters[0]} to {letters[-1]} are edits" in README
    assert f"\n> {letters[0]} 至 {letters[-1]} 是" in README


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section[0])
def test_both_languages(section):
    """The same bullets, numbers and letters; each edit is named."""
    _, *lines = section
    edits = [line for line in lines if line.startswith("  - ")]
    chinese = [line.removeprefix("> ") for line in lines if line.startswith(">")]
    english = [line for line in lines if not line.startswith(("  - ", ">"))]

    def found(pattern, lines):
        return re.findall(pattern, "\n".join(lines), re.ASCII | re.MULTILINE)

    assert len(found("^- ", english)) == len(found("^- ", chinese))
    for pattern in (r"\d+(?:\.\d+)?", r"\b[A-Z]\b"):
        assert set(found(pattern, english)) == set(found(pattern, chinese))
    assert set(found(r"\*([A-Z])\*", edits)) <= set(found(r"\b[A-Z]\b", chinese))


def test_no_other_measured_numbers():
    """Decimals in prose are the best line's, or Python versions."""
    torch.manual_seed(linreg.SEED)
    x, y = linreg.make_data(linreg.N_SAMPLES)
    w, b = (f"{number:.3f}" for number in np.polyfit(x.flatten(), y.flatten(), 1))
    assert PROSE.count(f"y = {w}x + {b}") == 2
    prose = " ".join(" ".join(lines) for _, *lines in SECTIONS)
    assert set(re.findall(r"\d+\.\d+", prose)) == {w, b, "3.11", "3.15"}


def test_own_data(run):
    """A new x, scaled as printed, against least squares on the data as they are."""
    x, y = np.array(re.findall(r"\[(\d+), (\d+)\]", OWN_DATA), float).T
    make_data = re.search("def make_data(?s:.+?)return x, y\n", SOURCE)[0]
    output = run(setting("EPOCHS = 2000"), (make_data, OWN_DATA))
    pattern = r"\(x - (.+)\) / (.+)\n(?s:.+)w = (\S+) (?s:.+)b = (\S+) "
    mean, std, w, b = map(float, re.search(pattern, output).groups())
    expected = np.polyval(np.polyfit(x, y, 1), 2000)
    assert w * (2000 - mean) / std + b == pytest.approx(expected, abs=0.1)


def test_next(run):
    """The code under Next, from the same start, gives the same line."""
    start = "    torch.nn.init.zeros_(model.weight), torch.nn.init.zeros_(model.bias)\n"
    code = NEXT.replace("\n", "\n" + start, 1)
    output = run(setting("EPOCHS = 99"), ("    w, b = train(x, y, LR, EPOCHS)\n", code))
    expected = run(setting("EPOCHS = 99"), ("randn(1,", "zeros(1,"))
    assert expected.endswith(output)


def test_headings():
    heading = r"# (\d\.\d? \S+ - \w+)"
    assert re.findall(heading, README) == re.findall(heading, SOURCE)
    assert len(re.findall(heading, README)) == 9


@pytest.mark.parametrize(
    "text",
    [
        f"{linreg.N_SAMPLES} noisy points from y = {linreg.TRUE_W}x + {linreg.TRUE_B} ",
        f"there are {linreg.N_SAMPLES} losses",
        f"every 100 epochs, or {100 * linreg.N_SAMPLES} updates",
        f"`torch.manual_seed({linreg.SEED})`",
        re.search("https://.+", linreg.__doc__)[0],
    ],
)
def test_texts_of_the_script(text):
    assert text in README


def test_commands():
    def arguments(block):
        return re.findall(r"py\w* (.+?)(?: &&)?$", block, re.MULTILINE)

    run, test = re.findall("```sh\n(.*?)```", README, re.DOTALL)
    (windows,) = re.findall("```bat\n(.*?)```", README, re.DOTALL)
    install = "-m pip install -r requirements.txt"
    assert arguments(run) == ["-m venv .venv", install, "linreg.py"]
    assert arguments(windows) == arguments(run)
    install = "-m pip install -r tests/requirements.txt"
    assert arguments(test) == ["-m venv .venv", install, "-m pytest"]
    assert test in (ROOT / ".ci/run").read_text(encoding="utf-8")
