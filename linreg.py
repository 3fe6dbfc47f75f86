"""Fit a line to noisy points with PyTorch's autograd, each SGD step written out.

Run `python linreg.py`. The numbered headings are the article's: README.md names it.
"""

# 1. 导入包 - Import the packages
import math

import matplotlib.pyplot as plt
import torch

# Change these and see what happens.
SEED = 42
N_SAMPLES = 20
X_MAX = 10
TRUE_W = 2
TRUE_B = 3
LR = 0.001
EPOCHS = 1000
PICTURE = "linreg.png"


# 2. 生成数据 - Make the data
def make_data(n_samples=N_SAMPLES):
    """Draw points that lie near the true line (article, section 2).

    Returns x and y, float tensors of shape (n_samples, 1): x is uniform in [0, X_MAX),
    y is TRUE_W * x + TRUE_B plus standard normal noise. Both come from torch's global
    generator, x first. Raises RuntimeError if n_samples is negative.
    """
    x = torch.rand(n_samples, 1) * X_MAX
    y = TRUE_W * x + TRUE_B + torch.randn(n_samples, 1)
    return x, y


# 3. 训练数据 - Train
def train(x, y, lr=LR, epochs=EPOCHS):
    """Fit y = w * x + b by SGD, one sample per step (article, section 3).

    x and y are float tensors of shape (n_samples, 1), n_samples at least 1; lr is the
    learning rate, above 0; epochs is how often to go through the samples. The first w
    comes from torch's global generator. Prints the mean loss every 100 epochs.
    Returns w and b, two finite floats. Raises ValueError if x and y differ in shape or
    are empty, FloatingPointError if the loss becomes infinite or NaN.
    """
    # Shapes (20, 1) and (20,) would not fail: they broadcast to (20, 20), a wrong loss.
    if x.shape != y.shape or len(x) < 1:
        raise ValueError(
            f"x has shape {tuple(x.shape)}, y has shape {tuple(y.shape)}: "
            "give both the shape (n_samples, 1), with n_samples at least 1"
        )

    w = torch.randn(1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    samples = list(zip(x, y))  # split once: doing it in every epoch costs time

    for epoch in range(epochs):
        for x_i, y_i in samples:
            # 3.1 Predict. requires_grad makes autograd record what is done with w and b.
            y_pred = w * x_i + b

            # 3.2 Loss, gradients, update. backward() follows the record back and adds
            # d(loss)/dw to w.grad, d(loss)/db to b.grad. The update is not part of the
            # model, so no_grad() keeps it off the record.
            loss = (y_pred - y_i).square() / 2
            loss.backward()
            with torch.no_grad():
                w -= lr * w.grad
                b -= lr * b.grad

            # 3.3 Zero, because the next backward() adds to what it finds here.
            w.grad.zero_()
            b.grad.zero_()

        # 3.4 Report. One sample's loss says little: the mean tells how the line fits.
        mean_loss = ((w * x + b - y).square() / 2).mean().item()
        if not math.isfinite(mean_loss):
            raise FloatingPointError(
                f"the loss is {mean_loss} after epoch {epoch} with lr={lr}: "
                "lower lr, or look for NaN and infinity in x and y"
            )
        if epoch % 100 == 0:
            print(f"epoch {epoch}  loss {mean_loss:.4f}", flush=True)

    return w.item(), b.item()


# 4. 绘制图像 - Draw the picture
def plot(x, y, w, b):
    """Draw the points and the line y = w * x + b over [0, X_MAX] (article, section 4).

    x and y are tensors of shape (n_samples, 1), w and b are floats. Returns the
    matplotlib Figure. Raises ValueError if x and y differ in size.
    """
    fig, ax = plt.subplots()
    ax.scatter(x, y, label="samples")
    x_ends = torch.tensor([0, X_MAX])  # two points are enough for a straight line
    ax.plot(x_ends, w * x_ends + b, color="C1", label=f"fit: $y = {w:.4f}x {b:+.4f}$")
    ax.set(xlabel="x", ylabel="y")
    ax.legend()
    return fig


# 5. 代码 - All of it
def main():
    """Run it all (article, section 5). SystemExit if the picture cannot be written."""
    torch.manual_seed(SEED)
    x, y = make_data()
    w, b = train(x, y)
    print(f"w = {w:.4f}  (true value {TRUE_W})")
    print(f"b = {b:.4f}  (true value {TRUE_B})")

    fig = plot(x, y, w, b)
    try:
        fig.savefig(PICTURE)
    except OSError as error:
        raise SystemExit(f"cannot write {PICTURE}: {error}; run in another folder")
    print(f"picture saved as {PICTURE}", flush=True)
    plt.show()  # waits until the window is closed; without a screen it does nothing


if __name__ == "__main__":
    main()
