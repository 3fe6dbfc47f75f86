"""README.md against the script: each number in it is read there and measured again."""

import math
import re
import textwrap
from pathlib import Path

import numpy as np
import pytest
import torch

import linreg

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = (ROOT / "linreg.py").read_text(encoding="utf-8")

(PRINTED,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
ROW = r"^\| `(.+?)` \| `(.+?)` \| (`.+) \|$"
EDITS = re.findall(ROW, README, re.MULTILINE)


def numbers(sentence):
    """Find a sentence of README.md, line breaks aside; return what stands at its #s."""
    pattern = re.escape(sentence).replace(r"\#", r"(\d+(?:\.\d+)?)")
    (found,) = re.findall(pattern, " ".join(README.split()))
    return found


def losses(output):
    return dict(re.findall(r"epoch (\d+)  loss ([\d.]+)", output))


def w_and_b(output):
    return tuple(re.findall(r"^[wb] = (\S+)", output, re.MULTILINE))


def points(seed):
    torch.manual_seed(seed)
    return [values.flatten().double().numpy() for values in linreg.make_data()]


def mean_loss(seed, w, b):
    x, y = points(seed)
    return f"{np.mean((w * x + b - y) ** 2 / 2):.4f}"


def test_there_are_edits():
    rows = README.partition("## Edits to try")[2].count("\n| `")
    assert len(EDITS) == rows > 0


@pytest.mark.parametrize(("old", "new", "see"), EDITS)
def test_edit(old, new, see, run):
    output = run((old, new))
    for text in re.findall("`(.+?)`", see):
        assert re.search(rf"(?<!\w){re.escape(text)}(?![\w.])", output), output


def test_article_guard_is_always_true():
    w = torch.randn(1, requires_grad=True)
    assert w.data is not True


def test_no_zeroing(run):
    output = run(("w.grad.zero_()", ""), ("b.grad.zero_()", ""))
    low, high = numbers("the printed values lie between # and #.")
    printed = [float(loss) for loss in losses(output).values()]
    assert len(printed) == 10
    assert (int(low), int(high)) == (math.floor(min(printed)), math.ceil(max(printed)))


def test_no_zeroing_overflows(run):
    seed, epoch = numbers("With seed # it overflows after epoch #.")
    edits = (
        ("w.grad.zero_()", ""),
        ("b.grad.zero_()", ""),
        ("SEED = 42", f"SEED = {seed}"),
    )
    assert f"the loss is inf after epoch {epoch} " in run(*edits)


def test_one_large_batch(run):
    """Update and zeroing one level further out: after the epoch, not after each sample."""
    (block,) = re.findall(
        r"^ +with torch.no_grad.*?b\.grad\.zero_\(\)\n",
        SOURCE,
        re.MULTILINE | re.DOTALL,
    )
    output = run((block, textwrap.indent(textwrap.dedent(block), 8 * " ")))
    assert w_and_b(output) == numbers("training ends at w = #, b = #.")


def test_loss_of_the_last_sample(run):
    (line,) = re.findall(r"mean_loss = .+", SOURCE)
    last, mean = losses(run((line, "mean_loss = loss.item()"))), losses(PRINTED)
    low, first, high, final = numbers("It rises from # at epoch # to # at epoch #,")
    assert (low, high) == (last[first], last[final])
    assert list(last.values())[1:] == sorted(last.values(), key=float)[:-1]
    assert (mean[first], mean[final]) == numbers("the mean falls from # to #.")


def test_w_from_zero(run):
    output = run(("w = torch.randn(1,", "w = torch.zeros(1,"))
    assert w_and_b(output) == numbers("It then ends at w = #, b = #.")


def test_least_squares(capsys):
    w, b = np.polyfit(*points(42), 1)
    best = f"{w:.4f}", f"{b:.4f}", mean_loss(42, w, b)
    assert numbers("y = #x + #, with mean loss #.") == best

    torch.manual_seed(42)
    assert numbers("SGD ends at mean loss #.") == mean_loss(
        42, *linreg.train(*linreg.make_data())
    )


def test_spread_of_the_best_line():
    text = "Over # sets of points (seeds 0 to #), the b of the best line has a standard deviation of #, its w one of #."
    count, last, b_std, w_std = numbers(text)
    seeds = range(int(last) + 1)
    assert len(seeds) == int(count)
    w, b = np.std([np.polyfit(*points(seed), 1) for seed in seeds], axis=0, ddof=1)
    assert (b_std, w_std) == (f"{b:.2f}", f"{w:.2f}")


def test_no_break_spaces_are_rejected():
    with pytest.raises(SyntaxError, match=r"U\+00A0"):
        compile("if True:\n\u00a0\u00a0pass", "copied", "exec")


def test_settings_and_version():
    settings = linreg.N_SAMPLES, linreg.TRUE_W, linreg.TRUE_B
    assert numbers("# noisy points from y = #x + #,") == tuple(map(str, settings))
    (version,) = re.findall(r"install version (\S+) of it", README)
    assert f"torch=={version};" in (ROOT / "requirements.txt").read_text(
        encoding="utf-8"
    )


def test_map_has_the_headings_of_the_script():
    headings = re.findall(r"^# (\d\. \S+) - (.+)$", SOURCE, re.MULTILINE)
    assert [place[0] for place, _ in headings] == list("12345")
    assert re.findall(r"^\| (\d\. \S+) \| (.+?) \|", README, re.MULTILINE) == headings


def test_commands():
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[1] in (ROOT / ".ci/run").read_text(encoding="utf-8")
