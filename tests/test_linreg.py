"""The functions of linreg.py, one by one, against arithmetic that does not use them."""

import inspect
import math
import re
import runpy

import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

import linreg


def by_hand(x, y, w, b, lr, epochs):
    """SGD in plain floats, gradients derived on paper: with e = w x + b - y,
    the loss e^2 / 2 has the derivatives e x for w and e for b."""
    points = list(zip(x.flatten().tolist(), y.flatten().tolist()))
    mean_losses = []
    for _ in range(epochs):
        for x_i, y_i in points:
            e = w * x_i + b - y_i
            w, b = w - lr * e * x_i, b - lr * e
        mean_losses.append(
            sum((w * x_i + b - y_i) ** 2 for x_i, y_i in points) / 2 / len(points)
        )
    return w, b, mean_losses


# make_data


def test_data_shapes():
    for x_or_y in (*linreg.make_data(), *linreg.make_data(20)):
        assert x_or_y.shape == (20, 1)
        assert x_or_y.dtype == torch.float32
        assert not x_or_y.requires_grad


def test_data_spread():
    torch.manual_seed(1)
    n = 100_000
    x, y = linreg.make_data(n)
    assert x.shape == y.shape == (n, 1)
    assert 0 <= x.min() < 0.01 and 9.99 < x.max() < 10
    # Five standard errors of each mean: sqrt(100 / 12 / n) for x, sqrt(1 / n) for noise.
    assert abs(x.mean() - 5) < 5 * math.sqrt(100 / 12 / n)
    noise = y - (2 * x + 3)
    assert abs(noise.mean()) < 5 / math.sqrt(n)
    assert abs(noise.std() - 1) < 5 / math.sqrt(2 * n)
    # Normal, not just of spread 1: 68.27 % within one standard deviation.
    assert abs((noise.abs() < 1).float().mean() - 0.6827) < 5 * math.sqrt(0.22 / n)
    assert abs(np.corrcoef(x.flatten(), noise.flatten())[0, 1]) < 5 / math.sqrt(n)


def test_data_draws_x_first():
    torch.manual_seed(1)
    x, y = linreg.make_data(30)
    torch.manual_seed(1)
    assert torch.equal(x, torch.rand(30, 1) * 10)
    torch.testing.assert_close(y, 2 * x + 3 + torch.randn(30, 1))


def test_negative_n_samples():
    with pytest.raises(RuntimeError, match="-1"):
        linreg.make_data(-1)


# train


def test_train_against_sgd_by_hand(capsys):
    torch.manual_seed(2)
    x, y = linreg.make_data(15)
    torch.manual_seed(3)
    w0 = torch.randn(1).item()
    torch.manual_seed(3)
    w, b = linreg.train(x, y, lr=0.002, epochs=250)
    assert type(w) is type(b) is float

    w_hand, b_hand, losses = by_hand(x, y, w0, 0.0, lr=0.002, epochs=250)
    assert w == pytest.approx(w_hand, rel=1e-5)
    assert b == pytest.approx(b_hand, rel=1e-5)
    assert capsys.readouterr().out == "".join(
        f"epoch {epoch}  loss {losses[epoch]:.4f}\n" for epoch in (0, 100, 200)
    )


@pytest.mark.parametrize("seed", range(3))
def test_train_ends_near_least_squares(seed):
    torch.manual_seed(seed)
    x, y = linreg.make_data()
    w, b = linreg.train(x, y, lr=0.002, epochs=500)
    x, y = x.flatten().numpy(), y.flatten().numpy()
    best_w, best_b = np.polyfit(x, y, 1)
    loss = np.mean((w * x + b - y) ** 2)
    best_loss = np.mean((best_w * x + best_b - y) ** 2)
    assert best_loss <= loss < 1.01 * best_loss
    assert w == pytest.approx(best_w, abs=0.03)
    assert b == pytest.approx(best_b, abs=0.2)


def test_no_epochs_leave_the_start(capsys):
    torch.manual_seed(4)
    w0 = torch.randn(1).item()
    torch.manual_seed(4)
    assert linreg.train(torch.ones(1, 1), torch.ones(1, 1), epochs=0) == (w0, 0.0)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("x_shape", "y_shape"),
    [((20, 1), (20,)), ((20,), (20, 1)), ((20, 1), (1, 1)), ((0, 1), (0, 1))],
)
def test_bad_shapes(x_shape, y_shape):
    with pytest.raises(ValueError) as error:
        linreg.train(torch.ones(x_shape), torch.ones(y_shape))
    assert str(error.value) == (
        f"x has shape {x_shape}, y has shape {y_shape}: "
        "give both the shape (n_samples, 1), with n_samples at least 1"
    )


@pytest.mark.parametrize("lr", [0.1, 1e9])
def test_diverging(lr):
    torch.manual_seed(5)
    x, y = linreg.make_data()
    with pytest.raises(FloatingPointError) as error:
        linreg.train(x, y, lr=lr)
    assert re.fullmatch(
        rf"the loss is (inf|nan) after epoch \d+ with lr={lr}: "
        "lower lr, or look for NaN and infinity in x and y",
        str(error.value),
    )


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("which", ["x", "y"])
def test_bad_number_in_the_data(bad, which, capsys):
    data = dict(zip("xy", linreg.make_data()))
    data[which][19] = bad
    with pytest.raises(
        FloatingPointError, match="after epoch 0 .* look for NaN and inf"
    ):
        linreg.train(**data, epochs=1)
    assert capsys.readouterr().out == ""


def test_overflow_in_the_very_last_update():
    # The only loss is about 1e30, still finite; the only update carries w beyond float32.
    with pytest.raises(FloatingPointError, match="epoch 0"):
        linreg.train(torch.ones(1, 1), torch.full((1, 1), 1e15), lr=1e30, epochs=1)


# plot


def test_plot():
    x, y = linreg.make_data()
    fig = linreg.plot(x, y, -1.5, -0.25)
    assert isinstance(fig, Figure)
    (ax,) = fig.axes
    (points,) = ax.collections
    np.testing.assert_array_equal(points.get_offsets(), torch.hstack([x, y]))
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xydata(), [[0, -0.25], [10, -15.25]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")
    legend = ["samples", "fit: $y = -1.5000x -0.2500$"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == legend


def test_plot_of_unequal_sizes():
    with pytest.raises(ValueError, match="same size"):
        linreg.plot(torch.ones(20, 1), torch.ones(19, 1), 2.0, 3.0)


# the module


# Two names, one on each side of "__main__" in the alphabet.
@pytest.mark.parametrize("name", ["linreg", "LINREG"])
def test_import_does_nothing(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    before = torch.get_rng_state()
    runpy.run_path(linreg.__file__, run_name=name)
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
    assert plt.get_fignums() == []
    assert torch.equal(before, torch.get_rng_state())


def test_interface():
    signatures = {
        name: str(inspect.signature(f))
        for name, f in inspect.getmembers(linreg, inspect.isfunction)
    }
    assert signatures == {
        "make_data": "(n_samples=20)",
        "train": "(x, y, lr=0.001, epochs=1000)",
        "plot": "(x, y, w, b)",
        "main": "()",
    }


def test_docstrings_name_the_article():
    assert "article" in linreg.__doc__
    for section, function in enumerate(
        [linreg.make_data, linreg.train, linreg.plot, linreg.main], 2
    ):
        assert f"(article, section {section})" in function.__doc__
