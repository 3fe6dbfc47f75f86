"""linreg.py against arithmetic of its own: derivatives on paper, a line that is known."""

import math
import re
import runpy

import pytest
import torch

import linreg
from tests.conftest import SOURCE


def test_by_hand(run, tmp_path):
    """All settings at other values, and the same training in plain floats."""
    torch.manual_seed(6)
    x = [3 * u for u in torch.rand(15).tolist()]
    y = [-1 * x_i + 7 + 0.5 * noise for x_i, noise in zip(x, torch.randn(15).tolist())]
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
    expected += f"w = {w:.4g}  (true value -1)\nb = {b:.4g}  (true value 7)\n"
    new = """SEED, N_SAMPLES, X_MAX, TRUE_W, TRUE_B = 6, 15, 3, -1, 7
NOISE, LR, EPOCHS, PICTURE = 0.5, 0.02, 201, "other.png"
"""
    output = run((re.search("(?s)SEED = .+?\n(?=\n)", SOURCE)[0], new))
    assert output == expected + "picture saved as other.png\n"
    assert [path.name for path in tmp_path.glob("*.png")] == ["other.png"]


def test_train_follows_its_arguments(capsys):
    """Not the settings."""
    x = torch.tensor([[2.0], [-1.0], [0.0], [1.0]])
    line = linreg.train(x, 2 * x + 3, lr=0.1, epochs=101)
    assert line == pytest.approx((2, 3), abs=1e-4)
    assert capsys.readouterr().out.count("\n") == 2  # epochs 0 and 100


@pytest.mark.parametrize(("y", "loss"), [(1e30, "inf"), (math.nan, "nan")])
def test_loss_that_is_not_finite(y, loss):
    message = f"loss is {loss} in epoch 0 with lr=0.1"
    with pytest.raises(FloatingPointError, match=message):
        linreg.train(torch.ones(2, 1), torch.full((2, 1), y), lr=0.1, epochs=1)


def test_import_does_nothing(capsys):
    runpy.run_path(linreg.__file__, run_name="linreg")
    assert capsys.readouterr().out == ""
