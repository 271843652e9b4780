"""Trajectories of optimizers as PyTorch computes them, in double precision.

Writes optimizers.jsonl beside this file: first the version of PyTorch and a
problem (start, diagonal curvature, and for each step a learning rate and a vector
that is added to the gradient), then one optimizer a line with the parameters
after every step.

    pip install torch==2.15.0
    python optimizers.py
"""

import importlib.metadata
import json
import math
import pathlib

import torch

STEPS = 50
start = [1.0, -2.0, 0.5, 3.0]
curvature = [0.3, 1.0, 3.0, 10.0]
# Not smooth, and not random either.
noise = [[math.sin(1.7 * t * t + i) for i in range(4)] for t in range(STEPS)]
rates = [0.02 * (1 + math.cos(math.pi * t / STEPS)) for t in range(STEPS)]

MOMENTUM = {"momentum": 0.9}
ADAM = {"betas": (0.9, 0.999), "eps": 1e-8}
SLOW = {"betas": (0.8, 0.95), "eps": 1e-3}
RMS = {"alpha": 0.99, "eps": 1e-8}
FAST = {"alpha": 0.9, "eps": 1e-6}


def beta(options):
    """PyTorch's names for Adam's options as Slope's."""
    (beta1, beta2), epsilon = options["betas"], options["eps"]
    return {"kind": "adam", "beta1": beta1, "beta2": beta2, "epsilon": epsilon}


def mean_square(options, momentum=0):
    """PyTorch's names for RMSprop's options as Slope's."""
    alpha, epsilon = options["alpha"], options["eps"]
    return {"kind": "rmsprop", "alpha": alpha, "epsilon": epsilon,
            "momentum": momentum}


DECAY = 0.05
decays = {"weight_decay": DECAY}
coupled = {"weightDecay": DECAY, "decay": "coupled"}
decoupled = {"weightDecay": DECAY, "decay": "decoupled"}

# PyTorch's class and options, Slope's spec.
cases = [
    (torch.optim.SGD, {}, {"kind": "sgd"}),
    (torch.optim.SGD, decays, {"kind": "sgd", **coupled}),
    (torch.optim.SGD, MOMENTUM, {"kind": "momentum", **MOMENTUM}),
    (torch.optim.SGD, MOMENTUM | decays,
     {"kind": "momentum", **MOMENTUM, **coupled}),
    (torch.optim.SGD, MOMENTUM | {"nesterov": True},
     {"kind": "nesterov", **MOMENTUM}),
    (torch.optim.SGD, MOMENTUM | {"nesterov": True} | decays,
     {"kind": "nesterov", **MOMENTUM, **coupled}),
    (torch.optim.RMSprop, RMS, mean_square(RMS)),
    (torch.optim.RMSprop, FAST | decays, mean_square(FAST) | coupled),
    (torch.optim.RMSprop, RMS | {"momentum": 0.5}, mean_square(RMS, 0.5)),
    (torch.optim.Adam, ADAM, beta(ADAM)),
    (torch.optim.Adam, SLOW, beta(SLOW)),
    (torch.optim.Adam, ADAM | decays, beta(ADAM) | coupled),
    (torch.optim.AdamW, ADAM | decays, beta(ADAM) | decoupled),
    (torch.optim.AdamW, SLOW | decays, beta(SLOW) | decoupled),
]


def trajectory(optimizer_class, options):
    """The parameters after each step."""
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = optimizer_class([parameter], lr=1.0, **options)
    diagonal = torch.tensor(curvature, dtype=torch.float64)
    path = []
    for rate, push in zip(rates, noise):
        optimizer.param_groups[0]["lr"] = rate
        parameter.grad = (diagonal * parameter.detach()
                          + torch.tensor(push, dtype=torch.float64))
        optimizer.step()
        path.append(parameter.detach().tolist())
    return path


problem = {
    "versions": {"torch": importlib.metadata.version("torch")},
    "start": start,
    "curvature": curvature,
    "noise": noise,
    "rates": rates,
}
lines = [problem] + [
    {
        "torch": f"{optimizer_class.__name__} {options}",
        "spec": spec,
        "path": trajectory(optimizer_class, options),
    }
    for optimizer_class, options, spec in cases
]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("".join(json.dumps(line) + "\n" for line in lines))
