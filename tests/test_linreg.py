"""The functions of linreg.py, one by one, against arithmetic that does not use them."""

import math
import re
import runpy

import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt

import linreg
from tests import by_hand


def points(seed, n_samples=20):
    torch.manual_seed(seed)
    return linreg.make_data(n_samples)


def test_make_data():
    x, y = points(1, 30)
    assert x.shape == y.shape == (30, 1)
    assert x.dtype == y.dtype == torch.float32
    x_drawn, draws = by_hand.draw(1, 30)
    assert x.flatten().tolist() == x_drawn
    noise = (y - 2 * x - 3).flatten().tolist()
    assert noise == pytest.approx(draws[:-1], abs=1e-5)


def test_train(capsys, monkeypatch):
    x, y = points(2, 15)
    mean, recorded = torch.Tensor.mean, []
    spy = lambda loss: recorded.append(loss.requires_grad) or mean(loss)
    monkeypatch.setattr(torch.Tensor, "mean", spy)
    w, b = linreg.train(x, y, lr=0.002, epochs=250)
    assert type(w) is type(b) is float
    assert recorded == [False] * 250  # autograd need not record the mean loss

    x, y = x.flatten().tolist(), y.flatten().tolist()
    w0 = by_hand.draw(2, 15)[1][-1]
    path = by_hand.sgd(x, y, w0, lr=0.002, epochs=250)
    assert (w, b) == pytest.approx(path[-1][:2], rel=1e-5)
    losses = [by_hand.mean_loss(x, y, *line) for *line, _ in path[::100]]
    printed = (
        "epoch   0  loss {:6.3f}\nepoch 100  loss {:6.3f}\nepoch 200  loss {:6.3f}\n"
    )
    assert capsys.readouterr().out == printed.format(*losses)


@pytest.mark.parametrize("x_shape", [(20, 1), (5,), (20, 3), (0, 1), (5, 1, 1)])
@pytest.mark.parametrize("y_shape", [(5, 1), (20,), (20, 3), (0, 1), (5, 1, 1)])
def test_bad_shapes(x_shape, y_shape):
    with pytest.raises(ValueError) as error:
        linreg.train(torch.ones(x_shape), torch.ones(y_shape), 0.001, 1)
    problem, _, advice = str(error.value).partition(": ")
    assert problem == f"x has shape {x_shape}, y has shape {y_shape}"
    assert advice == "give both (n_samples, 1), n_samples at least 1"


@pytest.mark.parametrize("lr", [0.1, 1e9, -0.001])
def test_diverging(lr):
    with pytest.raises(FloatingPointError) as error:
        linreg.train(*points(5), lr, 1000)
    assert re.fullmatch(
        rf"the loss is (inf|nan) after epoch \d+ with lr={lr}: "
        "use a smaller lr, above 0, or look for NaN and huge numbers in x and y",
        str(error.value),
    )


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("which", [0, 1])
def test_bad_number_in_the_data(bad, which, capsys):
    data = points(6)
    data[which][19] = bad
    with pytest.raises(FloatingPointError, match="after epoch 0 "):
        linreg.train(*data, 0.001, 1)
    assert capsys.readouterr().out == ""


def test_overflow_in_the_very_last_update():
    # The only loss is 5e29, still finite; the only update carries w beyond float32.
    with pytest.raises(FloatingPointError, match="epoch 0"):
        linreg.train(torch.ones(1, 1), torch.full((1, 1), 1e15), 1e30, 1)


def test_plot():
    x, y = points(7)
    fig = linreg.plot(x, y, -1.5, -0.25)
    (ax,) = fig.axes
    (dots,) = ax.collections
    np.testing.assert_array_equal(dots.get_offsets(), torch.hstack([x, y]))
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), [[0, -0.25], [10, -15.25]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert linreg.plot(x, y, -1.5, -0.25) is not fig
    assert legend == ["samples", "fit: $y = -1.500x -0.250$"]


def test_import_does_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    before = torch.get_rng_state()
    runpy.run_path(linreg.__file__, run_name="linreg")
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == plt.get_fignums() == []
    assert torch.equal(before, torch.get_rng_state())


def test_settings_changed_after_the_import(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    settings = {"seed": 6, "n_samples": 4, "x_max": 3, "true_w": -1, "true_b": 7}
    settings |= {"lr": 0.02, "epochs": 101}
    for name, value in settings.items():
        monkeypatch.setattr(linreg, name.upper(), value)
    monkeypatch.setattr(linreg, "PICTURE", "other.png")
    linreg.main()
    printed = by_hand.report(**settings) + "picture saved as other.png\n"
    assert capsys.readouterr().out == printed
    assert [path.name for path in tmp_path.iterdir()] == ["other.png"]
    (line,) = plt.gca().lines
    assert line.get_xdata().tolist() == [0, 3]
