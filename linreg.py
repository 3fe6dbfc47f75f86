"""Fit a line to noisy points by stochastic gradient descent (SGD), step by step.

The numbered headings follow the article Python反向传播实现线性回归步骤详细讲解:
https://blog.csdn.net/qq_44886601/article/details/127247733
"""

# 1. 导入包 - Import the packages
import math

import matplotlib.pyplot as plt  # draws the picture
import torch  # tensors (张量); autograd (自动微分) does the backpropagation (反向传播)

# Change these and see what happens.
SEED = 42  # the same seed (随机种子) gives the same random numbers in every run
N_SAMPLES = 20  # the number of points (样本数)
X_MAX = 10
TRUE_W = 2
TRUE_B = 3
NOISE = 1  # the standard deviation (标准差) of the noise
LR = 0.001  # the learning rate (学习率): an update subtracts LR times the gradient
EPOCHS = 1000  # one epoch (轮) uses each sample once
PICTURE = "linreg.png"


# 2. 生成数据 - Generate the data
def make_data():
    """Return inputs x and labels y (真实值), float tensors of shape (N_SAMPLES, 1)."""
    # rand is uniform (均匀分布) in [0, 1); randn is standard normal (标准正态分布).
    x = torch.rand(N_SAMPLES, 1) * X_MAX
    y = TRUE_W * x + TRUE_B + NOISE * torch.randn(N_SAMPLES, 1)
    return x, y


# 3. 训练数据 - Train
def model(x, w, b):
    """Return the prediction (预测值); x is a number or a tensor of any shape."""
    return w * x + b


def train(x, y, lr, epochs):
    """Fit the model to tensors x, y of shape (n_samples, 1); return floats w, b.

    Raise FloatingPointError if the loss becomes infinite or NaN.
    """
    # requires_grad: autograd records (记录) what is computed from w and b.
    w = torch.randn(1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)

    for epoch in range(epochs):
        losses = []
        # 3.1 预测 - Predict, one sample at a time
        for x_i, y_i in zip(x, y):
            y_pred = model(x_i, w, b)

            # 3.2 反向传播与更新参数 - Backpropagate and update
            # Half the squared error: 0.5 cancels (抵消) the 2 in the derivative below.
            loss = 0.5 * (y_pred - y_i).square()
            # The chain rule (链式法则), from the loss back to w and b:
            #   dloss/dy_pred = 0.5 * 2 * (y_pred - y_i) = y_pred - y_i
            #   dloss/dw = dloss/dy_pred * dy_pred/dw = (y_pred - y_i) * x_i
            #   dloss/db = dloss/dy_pred * dy_pred/db = (y_pred - y_i) * 1
            # backward() adds (累加) dloss/dw to w.grad and dloss/db to b.grad.
            loss.backward()
            losses.append(loss.item())  # item(): a plain number (数值), not a tensor

            # The gradient points uphill (损失增大的方向), so subtract it.
            # no_grad(): do not record (不记录) the update; it is not part of the loss.
            with torch.no_grad():
                w -= lr * w.grad
                b -= lr * b.grad

            # 3.3 梯度清零 - Zero the gradients, because backward() adds to them
            w.grad.zero_()
            b.grad.zero_()

        # 3.4 打印损失 - Print the epoch's mean loss, every 100 epochs
        mean_loss = sum(losses) / len(losses)
        if not math.isfinite(mean_loss):
            raise FloatingPointError(
                f"the loss is {mean_loss} in epoch {epoch} with lr={lr}: scale x and y "
                "or reduce lr (README.md, Your own data)"
            )
        if epoch % 100 == 0:
            print(f"epoch {epoch}: loss {mean_loss:.3g}")
    return w.item(), b.item()


# 4. 绘制图像 - Plot
def plot(x, y, w, b):
    """Return a Figure of the samples (tensors x, y) and the line (numbers w, b)."""
    fig, ax = plt.subplots()
    ax.scatter(x, y)
    x_line = x.sort(dim=0).values  # from left to right (从左到右)
    ax.plot(x_line, model(x_line, w, b), color="red")
    ax.set(xlabel="x", ylabel="y", title=f"w = {w:.4g}, b = {b:.4g}")
    return fig


# 5. 代码 - The whole program
def main():
    """Make data, train, print w and b, save the picture and show it."""
    torch.manual_seed(SEED)
    x, y = make_data()
    w, b = train(x, y, LR, EPOCHS)
    print(f"w = {w:.4g}  (true value {TRUE_W})")
    print(f"b = {b:.4g}  (true value {TRUE_B})")
    plot(x, y, w, b).savefig(PICTURE)
    print(f"picture saved as {PICTURE}", flush=True)  # print it now: show() waits
    plt.show()


if __name__ == "__main__":
    main()
