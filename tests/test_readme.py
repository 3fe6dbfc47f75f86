"""README.md against the script: each measured number is read there, measured again."""

import re
from ast import literal_eval
from pathlib import Path

import numpy as np
import pytest
import torch

import linreg
from tests.by_hand import draw, mean_loss, report, result, sgd, steady

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = (ROOT / "linreg.py").read_text(encoding="utf-8")
EDITS = re.findall(r"^\| .*`(.+)` \| `(.+)` \| (.+) \|$", README, re.MULTILINE)


def find(sentence):
    """Return what README.md has where a sentence has # (numbers) and … (code)."""
    pattern = re.escape(sentence).replace(r"\#", r"(\d+(?:\.\d+)*)")
    found = re.findall(pattern.replace("…", "([^`]+)"), " ".join(README.split()))
    assert len(found) == 1, f"not once in README.md: {sentence}"
    return found[0]


def best_line(x, y, w):
    w, b = np.polyfit(x, y, 1)
    return w, b, mean_loss(x, y, w, b)


def test_output_by_hand():
    assert f"```text\n{report()}picture saved as linreg.png\n```" in README
    # Not every number is steady: of two points, the first loss is 42.3955.
    assert report(n_samples=2, epochs=1).startswith("epoch   0  loss unsteady\n")


def test_settings():
    settings = linreg.N_SAMPLES, linreg.TRUE_W, linreg.TRUE_B
    assert find("# noisy points from y = #x + #,") == tuple(map(str, settings))
    assert find("`epoch 0` has # steps behind it") == str(linreg.N_SAMPLES)
    assert find("are for `SEED = #`") == str(linreg.SEED)


def test_versions():
    torch = find("pip install torch==# --index-url")
    python, newer = find("Python #: `torch==#`")
    assert find("Python # to # (`python3 --version` shows yours)")[1] == python
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert f'torch=={torch}; python_version < "{python}"\n' in requirements
    assert f'torch=={newer}; python_version >= "{python}"\n' in requirements


def test_commands():
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0] == blocks[1].replace("tests/", "").replace(
        "-m pytest", "linreg.py"
    )
    assert blocks[1] in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_map_has_the_headings_of_the_script():
    headings = re.findall(r"^# (\d\. \S+) - (.+)$", SOURCE, re.MULTILINE)
    assert [place[0] for place, _ in headings] == list("12345")
    assert re.findall(r"^\| (\d\. \S+) \| (.+?) \|", README, re.MULTILINE) == headings
    assert re.findall(r"\(article, section (\d)\)", SOURCE) == list("2345")
    assert re.search(r"https://blog[^)]+", README).group() in SOURCE


def test_no_zeroing():
    def extremes(x, y, w):
        path = sgd(x, y, w, keep_w=1, keep_b=1)
        losses = [mean_loss(x, y, w, b) for w, b, _ in path[::100]]
        return round(min(losses)), round(max(losses))

    low, high = (loss.removesuffix(".000") for loss in steady(extremes))
    (*_, waiting) = steady(result(keep_w=1, keep_b=1, keep_epoch=0))
    text = "the zeroing waits, the printed loss settles at #; with no zeroing, it swings between # and #."
    assert find(text) == (waiting, low, high)


def test_no_zeroing_of_b():
    trainings = [result(keep_b=keep, epochs=101) for keep in (1, 0)]
    losses = [steady(training)[2] for training in trainings]
    assert list(find("(# at epoch 100, not #)")) == losses
    losses = [steady(training, x_max=1)[2] for training in trainings]
    assert list(find("`X_MAX = 1`, where b is fast, it hurts (#, not #)")) == losses


def test_one_large_batch(run):
    def large_batch(x, y, w, b=0.0):
        for _ in range(1000):
            errors = [w * x_i + b - y_i for x_i, y_i in zip(x, y)]
            w -= 0.001 * sum(e * x_i for e, x_i in zip(errors, x))
            b -= 0.001 * sum(errors)
        return w, b

    w, b = steady(large_batch)
    assert find("training then ends at w = #, b = #.") == (w, b)

    text = "step, `…`, there are # losses, and `backward()` stops: `…`."
    samples, losses, message = find(text)
    assert losses == str(linreg.N_SAMPLES)
    whole = "samples = list(zip(x, y))", samples
    assert run(whole) == message
    output = run(whole, ("loss = (y_pred - y_i).square() / 2", find("up, with `…`,")))
    assert f"\nw = {w}  (true value 2)\nb = {b}  (true value 3)\n" in output


def test_start_and_decay(run):
    w, b, _ = steady(lambda x, y, w: result()(x, y, 0.0))
    assert find("would end at w = #, b = # too") == (w, b)
    w, _, loss = steady(result(decay=1))
    text = "`w -= lr * (w.grad + w)`, w ends at #, and the last loss is #, not #."
    assert find(text) == (w, loss, steady(result())[2])
    output = run(("EPOCHS = 1000", "EPOCHS = 11"), ("* w.grad", "* (w.grad + w)"))
    assert output.startswith(report(epochs=11, decay=1))


def test_least_squares():
    assert list(find("y = #x + #, with mean loss #.")) == steady(best_line)


def test_spread_of_the_best_line():
    text = "Among # sets of points (seeds 0 to #), its b varies by # (standard deviation), its w by #."
    count, last, *spread = find(text)
    assert int(count) == int(last) + 1
    lines = []
    for seed in range(int(count)):
        torch.manual_seed(seed)
        x, y = linreg.make_data(20)
        lines.append(np.polyfit(x.flatten(), y.flatten(), 1))
    w, b = np.std(lines, axis=0, ddof=1)
    assert spread == [f"{b:.2f}", f"{w:.2f}"]


def test_loss_of_the_last_sample():
    losses = steady(lambda x, y, w: [sgd(x, y, w)[epoch][2] for epoch in (100, 900)])
    assert list(find("here it rises from # at epoch 100 to # at epoch 900.")) == losses


def test_edits_are_rows_of_old_new_and_what_to_see():
    rows = (
        README.partition("\n## Edits to try, one at a time\n")[2]
        .partition("\n## ")[0]
        .count("\n|")
    )
    assert len(EDITS) == rows - 2 > 0


@pytest.mark.parametrize(("old", "new", "see"), EDITS)
def test_edit(old, new, see, run):
    outputs = [run((old, new))]
    name, _, value = new.partition(" = ")
    if "the loss is" not in see and "a leaf" not in see:
        assert outputs[0].endswith("picture saved as linreg.png\n")
        training = {name.lower(): literal_eval(value)} if value else {"keep_w": 1}
        outputs.append(report(**training))
    for text in re.findall("`(.+?)`", see):
        for output in outputs:
            assert re.search(rf"(?<!\w){re.escape(text)}(?![\w.])", output), output


def test_two_points():
    w, b, _ = steady(best_line, n_samples=2)
    assert find("two points fix the line y = #x + #,") == (w, b)
    near = find("but both x are near #,")
    assert {f"{x:.0f}" for x in draw(n_samples=2)[0]} == {near}
    b = find("(after 20,000 epochs it is #)")
    assert b == steady(result(epochs=20_000), n_samples=2)[1]


def test_no_zeroing_of_w_overflows(run):
    seed, epochs = find("with seed # it overflows within # epochs")
    edits = ("SEED = 42", f"SEED = {seed}"), ("EPOCHS = 1000", f"EPOCHS = {epochs}")
    assert "the loss is inf after epoch" in run(*edits, ("w.grad.zero_()", ""))


def test_next(run):
    model, line, predict = find("| `w`, `b` and `w * x_i + b` | `…`, `…` and `…` |")
    loss = find("| `(y_pred - y_i).square() / 2` | `…` |")
    optimizer, step = find("| the two updates under `no_grad()` | `…` and `…` |")
    zero = find("| the two `.zero_()` | `…` ")
    start = f"""{model}
    {optimizer}
    with torch.no_grad():
        model.weight.copy_(w.view(1, 1))
        model.bias.zero_()
    {line}"""
    update = re.search(r"w -= .*\n.*b -= .*", SOURCE).group()
    output = run(
        ("EPOCHS = 1000", "EPOCHS = 101"),
        ("b = torch.zeros(1, requires_grad=True)", start),
        ("w * x_i + b", predict),
        ("(y_pred - y_i).square() / 2", loss),
        (update, step),
        ("w.grad.zero_()\n            b.grad.zero_()", zero),
    )
    assert output == report(epochs=101) + "picture saved as linreg.png\n"
