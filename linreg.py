"""Fit a line to noisy points by stochastic gradient descent (SGD), step by step.

The numbered headings follow the article Python反向传播实现线性回归步骤详细讲解:
https://blog.csdn.net/qq_44886601/article/details/127247733
"""

# 1. 导入包 - Import the packages
import math

import matplotlib.pyplot as plt  # draws the picture
import torch  # tensors, and gradients by backpropagation (autograd)

# Change these and see what happens. N_SAMPLES (at least 1) and EPOCHS are integers.
SEED = 42  # the same seed gives the same random numbers in every run
N_SAMPLES = 20
X_MAX = 10
TRUE_W = 2
TRUE_B = 3
LR = 0.001  # the learning rate: an update subtracts LR times the gradient
EPOCHS = 1000  # one epoch uses each sample once
PICTURE = "linreg.png"  # the ending chooses the format, such as .png or .pdf


# 2. 生成数据 - Generate the data
def make_data(n_samples):
    """Return inputs x and labels y (真实值), float tensors of shape (n_samples, 1)."""
    # rand is uniform (均匀分布) in [0, 1).
    x = torch.rand(n_samples, 1) * X_MAX
    # The noise: randn is normal (正态分布), with mean 0 and standard deviation 1.
    y = TRUE_W * x + TRUE_B + torch.randn(n_samples, 1)
    return x, y


# 3. 训练数据 - Train
def train(x, y, lr, epochs):
    """Fit y = w * x + b to tensors x, y of shape (n_samples, 1); return floats w, b.

    n_samples is at least 1, lr above 0. Raises ValueError if x, y differ in length, or
    FloatingPointError if the loss becomes infinite or NaN.
    """
    # requires_grad: autograd records each operation on w and b, for backward().
    # w starts at random, as in hidden layers (隐藏层). Here, 0 works too.
    w = torch.randn(1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)

    for epoch in range(epochs):
        losses = []
        # 3.1 预测 - Predict, one sample at a time (strict: an error if lengths differ)
        for x_i, y_i in zip(x, y, strict=True):
            y_pred = w * x_i + b

            # 3.2 反向传播与更新参数 - Backpropagate and update
            # The article squares y - y_pred: the result is the same.
            loss = 0.5 * (y_pred - y_i).square()
            # The chain rule (链式法则), from the loss back to w and b:
            #   dloss/dy_pred = 0.5 * 2 * (y_pred - y_i) = y_pred - y_i
            #   dloss/dw = dloss/dy_pred * dy_pred/dw = (y_pred - y_i) * x_i
            #   dloss/db = dloss/dy_pred * dy_pred/db = (y_pred - y_i) * 1
            # backward() adds dloss/dw to w.grad and dloss/db to b.grad.
            loss.backward()
            # item() gives a plain number, without autograd's record.
            losses.append(loss.item())

            # The gradient points to a larger loss, so subtract it. The update is not
            # part of the loss: no_grad() stops autograd from recording it.
            with torch.no_grad():
                w -= lr * w.grad
                b -= lr * b.grad

            # 3.3 梯度清零 - Zero the gradients, because backward() adds to them
            w.grad.zero_()
            b.grad.zero_()

        # 3.4 打印损失 - Print the mean of the losses in this epoch
        mean_loss = sum(losses) / len(losses)
        if not math.isfinite(mean_loss):
            raise FloatingPointError(
                f"the loss is {mean_loss} in epoch {epoch} with lr={lr}. Check x and "
                "y (no nan, no inf), lr (above 0) and the lines that you changed. Then "
                "scale x to (x - x.mean()) / x.std(). If this is not enough, reduce lr."
            )
        if epoch % 100 == 0:
            print(f"epoch {epoch}: loss {mean_loss:.3g}")
    return w.item(), b.item()


# 4. 绘制图像 - Plot
def plot(x, y, w, b):
    """Return a Figure of the samples (tensors x, y) and the line (floats w, b)."""
    fig, ax = plt.subplots()
    ax.scatter(x, y, label="samples")
    # The line with slope (斜率) w through the point (0, b).
    ax.axline((0, b), slope=w, color="red", label=f"fit: w = {w:.3f}, b = {b:.3f}")
    ax.set(xlabel="x", ylabel="y")
    ax.legend()
    return fig


# 5. 代码 - The whole program
def main():
    """Make data, train, print w and b, save the picture and show it."""
    torch.manual_seed(SEED)
    x, y = make_data(N_SAMPLES)
    w, b = train(x, y, LR, EPOCHS)
    print(f"w = {w:.3f}  (true value {TRUE_W})")
    print(f"b = {b:.3f}  (true value {TRUE_B})")

    plot(x, y, w, b).savefig(PICTURE)
    # flush: print this now, because show() waits until the window is closed.
    print(f"picture saved as {PICTURE}", flush=True)
    plt.show()


if __name__ == "__main__":
    main()
