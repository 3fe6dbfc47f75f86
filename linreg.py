"""Fit a line to noisy points by stochastic gradient descent (SGD), step by step.

The numbered headings are those of the article Python反向传播实现线性回归步骤详细讲解:
https://blog.csdn.net/qq_44886601/article/details/127247733
"""

# 1. 导入包 - Import the packages
import math

import matplotlib.pyplot as plt  # draws the picture
import torch  # tensors, and backpropagation through what is computed with them

# Change these and see what happens. N_SAMPLES (at least 1) and EPOCHS are integers.
SEED = 42  # the same seed gives the same random numbers in every run
N_SAMPLES = 20
X_MAX = 10
TRUE_W = 2
TRUE_B = 3
LR = 0.001  # the learning rate: a step is LR times the gradient
EPOCHS = 1000  # passes over all samples
PICTURE = "linreg.png"  # the ending chooses the format: .png, .pdf or .svg


# 2. 生成数据 - Generate the data
def make_data(n_samples):
    """Return inputs x and labels y (真实值), float tensors of shape (n_samples, 1)."""
    # rand: uniform in [0, 1). randn: normal, the noise; without it, loss would go to 0.
    x = torch.rand(n_samples, 1) * X_MAX
    y = TRUE_W * x + TRUE_B + torch.randn(n_samples, 1)
    return x, y


# 3. 训练数据 - Train
def train(x, y, lr, epochs):
    """Fit y = w * x + b to float tensors x, y of shape (n_samples, 1); return two floats.

    n_samples is at least 1, lr above 0. Raises ValueError if x and y differ in length,
    FloatingPointError if the loss becomes infinite or NaN.
    """
    # requires_grad: autograd records what is computed with w and b. Here, w could be 0;
    # in a hidden layer, neurons that start equal would stay equal, so w is random.
    w = torch.randn(1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)

    for epoch in range(epochs):
        total_loss = 0.0
        # 3.1 预测 - Predict, from one sample at a time
        for x_i, y_i in zip(x, y, strict=True):
            y_pred = w * x_i + b

            # 3.2 反向传播与更新参数 - Backpropagate and update
            # By the chain rule, backward() adds (y_pred - y_i) * x_i to w.grad and
            # y_pred - y_i to b.grad (0.5 cancels the 2 that a square gives).
            loss = 0.5 * (y_pred - y_i).square()
            loss.backward()
            # The gradient points uphill, so subtract it. no_grad: while it records,
            # autograd forbids changing w. w = w - ... would make a new w, without grad.
            with torch.no_grad():
                w -= lr * w.grad
                b -= lr * b.grad

            # 3.3 梯度清零 - Zero the gradients, because the next backward() adds to them
            w.grad.zero_()
            b.grad.zero_()

            # item() gives a plain number; a tensor would keep what autograd recorded.
            total_loss += loss.item()

        # 3.4 打印损失 - Print the mean loss: the loss of one sample says little
        mean_loss = total_loss / len(x)
        if not math.isfinite(mean_loss):
            raise FloatingPointError(
                f"the loss is {mean_loss} in epoch {epoch} with lr={lr}: scale x to "
                "(x - x.mean()) / x.std(), then lower lr (above 0), or look for NaN"
            )
        if epoch % 100 == 0:
            print(f"epoch {epoch:4}  loss {mean_loss:6.2f}")
    return w.item(), b.item()


# 4. 绘制图像 - Plot
def plot(x, y, w, b):
    """Return a Figure: the points (tensors x, y) and the line (floats w, b)."""
    fig, ax = plt.subplots()
    ax.scatter(x, y, label="samples")
    x_ends = torch.tensor([min(x), max(x)])  # a straight line needs only its ends
    ax.plot(x_ends, w * x_ends + b, color="C1", label=f"fit: $y = {w:.3f}x {b:+.3f}$")
    ax.set(xlabel="x", ylabel="y")
    ax.legend()
    return fig


# 5. 代码 - The whole program
def main():
    """Train, print w and b, save the picture and show it."""
    torch.manual_seed(SEED)
    x, y = make_data(N_SAMPLES)
    w, b = train(x, y, LR, EPOCHS)
    print(f"w = {w:.3f}  (true value {TRUE_W})")
    print(f"b = {b:.3f}  (true value {TRUE_B})")

    plot(x, y, w, b).savefig(PICTURE)
    print(f"picture saved as {PICTURE}", flush=True)
    plt.show()  # waits until the window is closed: the text is out before, by flush


if __name__ == "__main__":
    main()
