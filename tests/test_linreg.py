"""linreg.py against plain floats and derivatives on paper, and when it fails."""

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
    w, b, expected = torch.randn(1).item(), 0.0, ""
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
    settings = re.search("(?s)SEED = .+?\n(?=\n)", SOURCE)[0]
    others = "SEED, N_SAMPLES, X_MAX, TRUE_W, TRUE_B = 6, 15, 3, -1, 7\n"
    others += "NOISE, LR, EPOCHS, PICTURE = 0.5, 0.02, 201, 'other.png'\n"
    assert run((settings, others)) == expected + "picture saved as other.png\n"
    assert [path.name for path in tmp_path.glob("*.png")] == ["other.png"]


@pytest.mark.parametrize(("y", "loss"), [(1.0, "inf"), (math.nan, "nan")])
def test_loss_that_is_not_finite(y, loss):
    """With this lr, an update multiplies the error by -900; with LR, by 0.1."""
    with pytest.raises(
        FloatingPointError, match=f"{loss} in epoch 0 with lr=1.+Your own data"
    ):
        linreg.train(torch.full((8, 1), 30.0), torch.full((8, 1), y), lr=1, epochs=1)


def test_import_does_nothing(capsys):
    runpy.run_path(linreg.__file__, run_name="linreg")
    assert capsys.readouterr().out == ""
