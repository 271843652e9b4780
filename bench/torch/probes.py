"""PyTorch's probes of the loss surface.

A line of points, and the spectrum of the Hessian by PyHessian's algorithm: the
gradient with its graph once, then one backward pass through it a product.
"""
import torch
from torch.nn import functional as F


def line(network, inputs, labels, direction, alphas, at_a_time):
    """Mean losses at weights + alpha * direction, without gradients."""
    network.eval()
    parameters = list(network.parameters())
    weights = [p.detach().clone() for p in parameters]
    losses = []
    with torch.inference_mode():
        for alpha in alphas:
            for p, w, d in zip(parameters, weights, direction):
                torch.add(w, d, alpha=alpha, out=p)
            total = 0.0
            for at in range(0, len(labels), at_a_time):
                part = slice(at, at + at_a_time)
                total += F.cross_entropy(
                    network(inputs[part]), labels[part], reduction="sum").item()
            losses.append(total / len(labels))
        for p, w in zip(parameters, weights):
            p.copy_(w)
    network.train()
    return losses


class Hessian:
    """Products with the Hessian of the mean loss over one batch."""

    def __init__(self, network, inputs, labels):
        self.parameters = list(network.parameters())
        loss = F.cross_entropy(network(inputs), labels)
        self.gradients = torch.autograd.grad(
            loss, self.parameters, create_graph=True)
        self.size = sum(p.numel() for p in self.parameters)

    def product(self, vector):
        parts = [
            part.view_as(p) for part, p in zip(
                vector.split([p.numel() for p in self.parameters]),
                self.parameters)]
        products = torch.autograd.grad(
            self.gradients, self.parameters, grad_outputs=parts,
            retain_graph=True)
        return torch.cat([p.reshape(-1) for p in products])


def spectrum(network, inputs, labels, steps, probes, wanted):
    """The largest eigenvalues by Lanczos's iteration, the trace by Hutchinson's."""
    hessian = Hessian(network, inputs, labels)
    generator = torch.Generator().manual_seed(0)
    vector = torch.randn(
        hessian.size, generator=generator, dtype=torch.float64)
    basis = torch.empty(steps, hessian.size, dtype=torch.float64)
    tridiagonal = torch.zeros(steps, steps, dtype=torch.float64)
    vector /= vector.norm()
    for i in range(steps):
        basis[i] = vector
        product = hessian.product(vector)
        tridiagonal[i, i] = product @ vector
        for _ in range(2):
            product -= basis[:i + 1].T @ (basis[:i + 1] @ product)
        left = product.norm()
        if i + 1 < steps:
            tridiagonal[i, i + 1] = tridiagonal[i + 1, i] = left
        vector = product / left
    values, vectors = torch.linalg.eigh(tridiagonal)
    largest = (basis.T @ vectors[:, -wanted:]).norm(dim=0)  # made, as ours are
    assert torch.allclose(largest, torch.ones_like(largest))
    residuals = (left * vectors[-1, -wanted:]).abs() / values.abs().max()
    traces = []
    for _ in range(probes):
        signs = torch.randint(
            0, 2, (hessian.size,), generator=generator).double() * 2 - 1
        traces.append((signs @ hessian.product(signs)).item())
    traces = torch.tensor(traces, dtype=torch.float64)
    return {
        "eigenvalues": values[-wanted:].flip(0).tolist(),
        "residual": residuals.max().item(),
        "trace": traces.mean().item(),
        "standardError": (traces.std() / probes ** 0.5).item(),
    }
