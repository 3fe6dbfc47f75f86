"""linreg.py against arithmetic of its own: derivatives on paper, lines that are known."""

import math
import runpy

import pytest
import torch

import linreg
from tests.conftest import setting


def test_by_hand(run, tmp_path):
    """All settings at other values, and the same training in plain floats."""
    torch.manual_seed(6)
    x = [3 * u for u in torch.rand(15).tolist()]
    y = [-1 * x_i + 7 + noise for x_i, noise in zip(x, torch.randn(15).tolist())]
    w, b = torch.randn(1).item(), 0.0
    expected = ""
    for epoch in range(201):
        losses = []
        for x_i, y_i in zip(x, y):
            e = w * x_i + b - y_i
            losses.append(e**2 / 2)
            # Derivatives on paper: e x for w, and e for b.
            w, b = w - 0.02 * e * x_i, b - 0.02 * e
        if epoch in (0, 100, 200):
            expected += f"epoch {epoch}: loss {sum(losses) / 15:.3g}\n"
    expected += f"w = {w:.3f}  (true value -1)\nb = {b:.3f}  (true value 7)\n"
    settings = ["SEED = 6", "N_SAMPLES = 15", "X_MAX = 3", "TRUE_W = -1", "TRUE_B = 7"]
    settings += ["LR = 0.02", "EPOCHS = 201", 'PICTURE = "other.png"']
    output = run(*map(setting, settings))
    assert output == expected + "picture saved as other.png\n"
    assert [path.name for path in tmp_path.glob("*.png")] == ["other.png"]


def test_make_data():
    x, y = linreg.make_data(30)
    assert x.shape == y.shape == (30, 1)
    assert x.dtype == y.dtype == torch.float32


def test_train_follows_its_arguments(capsys):
    """Not the settings. Integers in one dimension work, too."""
    x = torch.tensor([2, -1, 0, 1])
    line = linreg.train(x, 2 * x + 3, lr=0.1, epochs=101)
    assert line == pytest.approx((2, 3), abs=1e-4)
    assert capsys.readouterr().out.count("\n") == 2  # epochs 0 and 100


@pytest.mark.parametrize(
    ("x", "y", "lr", "loss"),
    [(1e3, 1.0, 0.001, "inf"), (1.0, 1.0, -999, "inf"), (1.0, math.nan, 0.1, "nan")],
)
def test_loss_that_is_not_finite(x, y, lr, loss):
    with pytest.raises(FloatingPointError) as error:
        linreg.train(torch.full((10, 1), x), torch.full((10, 1), y), lr, 1)
    assert str(error.value) == (
        f"the loss is {loss} in epoch 0 with lr={lr}. Check x and y (no nan, no inf), lr "
        "(above 0) and the lines that you changed. Then scale x to "
        "(x - x.mean()) / x.std(). If this is not enough, reduce lr."
    )


@pytest.mark.parametrize("rows", [(2, 3), (3, 2)])
def test_unequal_lengths(rows):
    with pytest.raises(ValueError, match="is (shorter|longer) than"):
        linreg.train(torch.ones(rows[0], 1), torch.ones(rows[1], 1), 0.001, 1)


def test_import_does_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(linreg.__file__, run_name="linreg")
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []
