"""Curvature of three small networks, exactly, as PyTorch computes it in double precision.

Writes curvature.json beside this file: for each network loss, gradient norm, the
eigenvalues' ends, trace and Frobenius norm of the full Hessian (by autograd, twice),
and the largest eigenvalue and trace of the Gauss-Newton matrix. Weights and data
are given by formulas, which the test repeats.

    pip install torch==2.15.0
    python curvature.py
"""

import json
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)


def wave(shape, scale, phase):
    """Numbers that are neither smooth nor random: scale * sin(0.7 i^2 + i + phase)."""
    count = math.prod(shape)
    values = [scale * math.sin(0.7 * i * i + i + phase) for i in range(count)]
    return torch.tensor(values).reshape(shape)


def rounded(x):
    """Inputs are float32 in the test."""
    return x.to(torch.float32).to(torch.float64)


def split(vector, shapes):
    """The parameters in a flat vector."""
    parts = torch.split(vector, [math.prod(s) for s in shapes])
    return [part.reshape(s) for part, s in zip(parts, shapes)]


def dense(activation):
    """Dense 6-8-3; the kernels are [inputs, outputs]."""

    def outputs(vector, x):
        a, b, c, d = split(vector, [(6, 8), (8,), (8, 3), (3,)])
        return activation(x @ a + b) @ c + d

    return outputs


def convolution(vector, x):
    """Convolution of 4 filters, relu, max-pooling, 3 classes; channels come last."""
    a, b, c, d = split(vector, [(3, 3, 1, 4), (4,), (36, 3), (3,)])
    images = x.permute(0, 3, 1, 2)
    h = torch.nn.functional.conv2d(images, a.permute(3, 2, 0, 1), b, padding=1)
    h = torch.nn.functional.max_pool2d(torch.relu(h), 2)
    return h.permute(0, 2, 3, 1).reshape(x.shape[0], 36) @ c + d


def measure(outputs, sizes, shape, count=23):
    """What there is to know about one network."""
    weights = torch.cat([
        wave((n,), 0.4, 10 * i) for i, n in enumerate(sizes)
    ])
    x = rounded(wave((count, *shape), 1.5, 3))
    y = torch.arange(count) * 7 % 5 % 3

    def loss(vector):
        return torch.nn.functional.cross_entropy(outputs(vector, x), y)

    hessian = torch.autograd.functional.hessian(loss, weights)
    values = torch.linalg.eigvalsh(hessian)
    jacobian = torch.autograd.functional.jacobian(lambda w: outputs(w, x), weights)
    p = torch.softmax(outputs(weights, x), 1)
    curvature = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
    newton = torch.einsum("nip,nij,njq->pq", jacobian, curvature, jacobian) / count
    variable = weights.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(loss(variable), variable)
    return {
        "loss": loss(weights).item(),
        "gradientNorm": gradient.norm().item(),
        "largest": values.flip(0)[:5].tolist(),
        "smallest": values[0].item(),
        "trace": hessian.trace().item(),
        "frobeniusNorm": hessian.norm().item(),
        "gaussNewtonLargest": torch.linalg.eigvalsh(newton)[-1].item(),
        "gaussNewtonTrace": newton.trace().item(),
    }


result = {
    "versions": {"torch": torch.__version__},
    "networks": {
        "tanh": measure(dense(torch.tanh), [48, 8, 24, 3], (6,)),
        "relu": measure(dense(torch.relu), [48, 8, 24, 3], (6,)),
        "convolution": measure(convolution, [36, 4, 108, 3], (6, 6, 1)),
    },
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=2) + "\n")
