"""The training in plain floats, its gradients derived on paper: the tests' own answer."""

import torch


def draw(seed=42, n_samples=20, x_max=10):
    """Return x, and the normal draws in their order: the noise, then the first w."""
    torch.manual_seed(seed)
    x = torch.rand(n_samples, 1) * x_max
    draws = [*torch.randn(n_samples, 1), torch.randn(1)]
    return x.flatten().tolist(), [number.item() for number in draws]


def mean_loss(x, y, w, b):
    return sum((w * x_i + b - y_i) ** 2 for x_i, y_i in zip(x, y)) / 2 / len(x)


def sgd(x, y, w, lr=0.001, epochs=1000, keep_w=0, keep_b=0, keep_epoch=1, decay=0):
    """Return w, b and the last sample's loss, after each epoch.

    With e = w x + b - y, the loss e^2 / 2 has the derivatives e x for w and e for b.
    keep is 0 where a step, or an epoch, zeroes the gradients; decay is w's weight decay.
    """
    path = []
    b = grad_w = grad_b = 0.0
    for _ in range(epochs):
        for x_i, y_i in zip(x, y):
            e = w * x_i + b - y_i
            grad_w = keep_w * grad_w + e * x_i
            grad_b = keep_b * grad_b + e
            w, b = w - lr * (grad_w + decay * w), b - lr * grad_b
        path.append((w, b, e * e / 2))
        grad_w, grad_b = keep_epoch * grad_w, keep_epoch * grad_b
    return path


def steady(measure, true_w=2, true_b=3, **points):
    """Return the numbers that measure(x, y, w) gives, as texts with three decimals.

    'unsteady' replaces one that could change if each draw moved by a millionth of itself,
    or by 2e-6 (processors differ by 1.7e-6), or within 3e-5 (float32 moves b by 2.8e-5).
    """
    x, draws = draw(**points)

    def at(draws):
        y = [true_w * x_i + true_b + noise for x_i, noise in zip(x, draws)]
        return measure(x, y, draws[-1])

    values = at(draws)
    reach = [0.0] * len(values)  # the sum of all changes: the worst mix of up and down
    for i, number in enumerate(draws):
        number += max(2e-6, 1e-6 * abs(number))
        moved = at([*draws[:i], number, *draws[i + 1 :]])
        reach = [r + abs(m - v) for r, m, v in zip(reach, moved, values)]
    ends = [(v - max(r, 3e-5), v + max(r, 3e-5)) for v, r in zip(values, reach)]
    texts = [(f"{low:.3f}", f"{high:.3f}") for low, high in ends]
    return [low if low == high else "unsteady" for low, high in texts]


def result(**training):
    """Return a measure of the final w and b and of the last mean loss printed."""

    def measure(x, y, w):
        path = sgd(x, y, w, **training)
        return *path[-1][:2], mean_loss(x, y, *path[::100][-1][:2])

    return measure


def report(lr=0.001, epochs=1000, keep_w=0, decay=0, true_w=2, true_b=3, **points):
    """Return what the script prints of a training."""

    def measure(x, y, w):
        path = sgd(x, y, w, lr, epochs, keep_w=keep_w, decay=decay)
        return *path[-1][:2], *(mean_loss(x, y, w, b) for w, b, _ in path[::100])

    w, b, *losses = steady(measure, true_w, true_b, **points)
    lines = [f"epoch {100 * i:3}  loss {loss:>6}" for i, loss in enumerate(losses)]
    lines += [f"w = {w}  (true value {true_w})", f"b = {b}  (true value {true_b})", ""]
    return "\n".join(lines)
