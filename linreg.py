"""Fit a line to noisy points by stochastic gradient descent (SGD), step by step.

The numbered headings are those of the article Python反向传播实现线性回归步骤详细讲解:
https://blog.csdn.net/qq_44886601/article/details/127247733
"""

# 1. 导入包 - Import the packages
import math

import matplotlib.pyplot as plt  # draws the picture
import torch  # tensors (arrays of numbers) and their gradients, by backpropagation

# Change these and see what happens. SEED, N_SAMPLES and EPOCHS are whole numbers.
SEED = 42  # the same seed, the same random numbers: every run is the same
N_SAMPLES = 20
X_MAX = 10
TRUE_W = 2
TRUE_B = 3
LR = 0.001
EPOCHS = 1000
PICTURE = "linreg.png"


# 2. 生成数据 - Make the data
def make_data(n_samples):
    """Draw points that lie near the true line (article, section 2).

    Returns x, the input, in [0, X_MAX), and y, its label (真实值): two float tensors of
    shape (n_samples, 1).
    """
    x = torch.rand(n_samples, 1) * X_MAX  # rand: uniform in [0, 1); main() seeds it
    noise = torch.randn(n_samples, 1)  # standard normal; without it the loss goes to 0
    y = TRUE_W * x + TRUE_B + noise
    return x, y


# 3. 训练数据 - Train
def train(x, y, lr, epochs):
    """Fit y = w * x + b by SGD, one sample per step (article, section 3).

    x and y are float tensors of shape (n_samples, 1), n_samples at least 1; lr is the
    learning rate, above 0; epochs is how many times to go through the samples. Prints
    the mean loss every 100 epochs. Returns w and b, two finite floats.
    Raises ValueError for another shape, FloatingPointError for an infinite or NaN loss.
    """
    # (20, 1) minus (20,) broadcasts to (20, 20): the mean loss would be wrong.
    if x.shape != y.shape or x.shape != (x.numel(), 1) or x.numel() < 1:
        shapes = f"x has shape {tuple(x.shape)}, y has shape {tuple(y.shape)}"
        raise ValueError(f"{shapes}: give both (n_samples, 1), n_samples at least 1")

    # Random: units of a hidden layer that start equal stay equal. Here 0 would do too.
    w = torch.randn(1, requires_grad=True)  # requires_grad: record what is done with w
    b = torch.zeros(1, requires_grad=True)
    samples = list(zip(x, y))  # zip: each x with its y; list: to reuse in every epoch

    for epoch in range(epochs):
        for x_i, y_i in samples:  # SGD: a step per sample, here in a fixed order
            # 3.1 Predict.
            y_pred = w * x_i + b

            # 3.2 Loss, gradients, update. By the chain rule, backward() computes
            # d(loss)/dw = (y_pred - y_i) * x_i and d(loss)/db = y_pred - y_i.
            loss = (y_pred - y_i).square() / 2  # the half cancels the 2 of the square
            loss.backward()  # adds the gradients to w.grad and b.grad
            with torch.no_grad():  # the update is no part of the model: not recorded
                w -= lr * w.grad  # minus: a gradient points uphill; lr scales the step
                b -= lr * b.grad  # in place: b = b - ... would lose requires_grad

            # 3.3 Zero, because the next backward() adds to what it finds here.
            w.grad.zero_()
            b.grad.zero_()

        # 3.4 Report. One sample's loss says little: the mean tells how well it fits.
        with torch.no_grad():  # to look at, not to train on
            mean_loss = ((w * x + b - y).square() / 2).mean().item()
        if not math.isfinite(mean_loss):
            raise FloatingPointError(
                f"the loss is {mean_loss} after epoch {epoch} with lr={lr}: "
                "use a smaller lr, above 0, or look for NaN and huge numbers in x and y"
            )
        if epoch % 100 == 0:
            print(f"epoch {epoch:3}  loss {mean_loss:6.3f}")

    return w.item(), b.item()  # plain numbers, no longer tensors


# 4. 绘制图像 - Draw the picture
def plot(x, y, w, b):
    """Draw the points and the line y = w * x + b over [0, X_MAX] (article, section 4).

    x and y are tensors of shape (n_samples, 1), w and b floats. Returns the Figure.
    """
    fig, ax = plt.subplots()
    ax.scatter(x, y, label="samples")
    x_ends = torch.tensor([0, X_MAX])  # two points are enough for a straight line
    ax.plot(x_ends, w * x_ends + b, color="C1", label=f"fit: $y = {w:.3f}x {b:+.3f}$")
    ax.set(xlabel="x", ylabel="y")
    ax.legend()
    return fig


# 5. 代码 - The whole program
def main():
    """Run all parts in order, with the settings above (article, section 5)."""
    torch.manual_seed(SEED)
    x, y = make_data(N_SAMPLES)
    w, b = train(x, y, LR, EPOCHS)
    print(f"w = {w:.3f}  (true value {TRUE_W})")
    print(f"b = {b:.3f}  (true value {TRUE_B})")

    plot(x, y, w, b).savefig(PICTURE)
    print(f"picture saved as {PICTURE}", flush=True)  # before show() starts to wait
    plt.show()  # waits until the window is closed; without a screen it returns at once


if __name__ == "__main__":
    main()
