"""Trajectories of optimizers that look at all parameters at once, of sharpness-aware
gradients and of step sizes, as their peers compute them, in double precision.

Writes whole_optimizers.jsonl beside this file: first the versions and a problem (a start
of two tensors, a diagonal curvature, an offset, and for each step a vector that is added
to the gradient), then one optimizer or controller a line: for an optimizer its learning
rate and the parameters after every step (and the evaluated ones, where they differ), for
a controller the step sizes or the parameters.

    pip install torch==2.15.0 optax==0.2.8 dadaptation==3.2 dog-optimizer==1.0.3
    python whole_optimizers.py
"""

import importlib.metadata
import json
import math
import pathlib

import dadaptation
import dog
import jax
import jax.numpy as jnp
import optax
import torch

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)

STEPS = 40
OFFSET = 6.0
start = [[1.0, -2.0, 0.5], [3.0, -1.5]]
curvature = [[0.3, 1.0, 3.0], [2.0, 0.5]]
# Not smooth, and not random either.
noise = [[[0.3 * math.sin(1.7 * t * t + i) for i in range(3)],
          [0.3 * math.sin(1.7 * t * t + 3 + i) for i in range(2)]]
         for t in range(STEPS)]


def loss(parameters, pushes):
    """The loss at the parameters, in anybody's arrays."""
    return OFFSET + sum(
        (c * p * p / 2 + n * p).sum()
        for p, c, n in zip(parameters, arrays(curvature, parameters),
                           arrays(pushes, parameters)))


def arrays(lists, like):
    """Lists as arrays of the same library as others."""
    make = torch.tensor if isinstance(like[0], torch.Tensor) else jnp.asarray
    return [make(each) for each in lists]


def optax_path(transform, evaluated=None):
    """The parameters after each step, and those that are evaluated."""
    parameters = [jnp.asarray(each) for each in start]
    state = transform.init(parameters)
    path, averages = [], []
    for pushes in noise:
        value, slopes = jax.value_and_grad(loss)(parameters, pushes)
        step, state = optax.with_extra_args_support(transform).update(
            slopes, state, parameters, value=value)
        parameters = optax.apply_updates(parameters, step)
        path.append([each.tolist() for each in parameters])
        if evaluated:
            averages.append([each.tolist()
                             for each in evaluated(state, parameters)])
    return {"path": path, **({"averages": averages} if evaluated else {})}


def torch_path(make):
    """The parameters after each step of an optimizer for PyTorch."""
    parameters = [torch.nn.Parameter(torch.tensor(each)) for each in start]
    optimizer = make(parameters)
    path = []
    for pushes in noise:
        optimizer.zero_grad()
        loss(parameters, pushes).backward()
        optimizer.step()
        path.append([each.tolist() for each in parameters])
    return {"path": path}


def line(peer, spec, rate, result):
    """One optimizer: the peer's name, Slope's spec, the rate, what came out."""
    return {"peer": peer, "spec": spec, "rate": rate, **result}


def of_optax():
    """optax's."""
    contrib = optax.contrib
    for beta, bound in [(0.9, 0.0), (0.5, 3.0)]:
        spec = {"kind": "momo", "momentum": beta, "lowerBound": bound}
        for rate in [1.0, 0.05]:
            yield line("optax momo", spec, rate, optax_path(
                contrib.momo(rate, beta=beta, lower_bound=bound)))
    for value in [1e-6, 1e-2]:
        yield line("optax dog",
                   {"kind": "distanceOverGradients", "relativeStart": value}, 1.0,
                   optax_path(contrib.dog(1.0, init_step=("heuristic", value))))
    for b1, b2, d0, coefficient in [(0.9, 0.999, 1e-6, 1.0), (0.8, 0.9, 1e-2, 0.5)]:
        spec = {"kind": "prodigy", "beta1": b1, "beta2": b2, "start": d0,
                "coefficient": coefficient}
        yield line("optax prodigy", spec, 1.0, optax_path(contrib.prodigy(
            1.0, betas=(b1, b2), estim_lr0=d0, estim_lr_coef=coefficient)))
    for first, decay in [(1e-6, 0.01), (0.01, 0.0)]:
        spec = {"kind": "mechanic", "start": first, "relativeDecay": decay}
        for inner, rate, base in [
                ({"kind": "sgd"}, 0.5, optax.sgd(0.5)),
                ({"kind": "adam", "beta2": 0.99}, 0.1, optax.adam(0.1, b2=0.99))]:
            yield line("optax mechanize", {**spec, "inner": inner}, rate, optax_path(
                contrib.mechanize(base, weight_decay=decay, s_init=first)))
    for alpha in [100.0, 5.0]:
        yield line("optax cocob", {"kind": "coinBetting", "alpha": alpha}, 1.0,
                   optax_path(contrib.cocob(alpha=alpha)))
    for beta, power in [(0.9, 2.0), (0.5, 1.0)]:
        given = {"interpolation": beta, "weightPower": power}
        evaluated = contrib.schedule_free_eval_params
        yield line("optax schedule_free of sgd", {"kind": "scheduleFree", **given},
                   0.1, optax_path(contrib.schedule_free(
                       optax.sgd(0.1), 0.1, b1=beta, weight_lr_power=power),
                       evaluated))
        yield line("optax schedule_free_adamw",
                   {"kind": "scheduleFreeAdam", **given, "beta2": 0.99}, 0.1,
                   optax_path(contrib.schedule_free_adamw(
                       0.1, b1=beta, b2=0.99, weight_decay=0.0,
                       weight_lr_power=power), evaluated))


def of_torch():
    """Optimizers for PyTorch."""
    for momentum, d0, growth in [(0.0, 1e-6, None), (0.9, 1e-2, None),
                                 (0.5, 1e-2, 1.5)]:
        spec = {"kind": "dAdaptation", "momentum": momentum, "start": d0}
        if growth:
            spec["growth"] = growth
        yield line("dadaptation DAdaptSGD", spec, 1.0, torch_path(
            lambda p: dadaptation.DAdaptSGD(
                p, lr=1.0, momentum=momentum, d0=d0,
                growth_rate=growth or float("inf"))))
    for value in [1e-6, 1e-2]:
        yield line("dog LDoG", {"kind": "layerwiseDistanceOverGradients",
                                "relativeStart": value}, 1.0,
                   torch_path(lambda p: dog.LDoG(p, reps_rel=value)))


def of_sharpness():
    """SAM of optax around gradient descent."""
    for radius in [0.05, 0.5]:
        method = optax.contrib.sam(
            optax.sgd(0.1),
            optax.chain(optax.contrib.normalize(), optax.sgd(radius)),
            opaque_mode=True)
        parameters = [jnp.asarray(each) for each in start]
        state = method.init(parameters)
        path = []
        for pushes in noise:
            slopes = jax.grad(loss)(parameters, pushes)
            step, state = method.update(
                slopes, state, parameters,
                grad_fn=lambda there, _: jax.grad(loss)(there, pushes))
            parameters = optax.apply_updates(parameters, step)
            path.append([each.tolist() for each in parameters])
        yield {"peer": "optax sam", "sharpness": {"radius": radius}, "rate": 0.1,
               "path": path}


def of_step_sizes():
    """Controllers: optax's Polyak step size, PyTorch's plateau detector."""
    for most, bound in [(1.0, 0.0), (0.2, 3.0)]:
        yield {"peer": "optax polyak_sgd",
               "controller": {"kind": "polyak", "maximum": most, "lowerBound": bound},
               **optax_path(optax.polyak_sgd(max_learning_rate=most, f_min=bound))}
    losses = [3 * math.exp(-t / 9) + 0.2 * math.sin(1.7 * t * t) + 1
              for t in range(60)]
    for given, options in [
            ({"patience": 2, "factor": 0.5}, {}),
            ({"patience": 0, "factor": 0.8, "cooldown": 3}, {}),
            ({"patience": 1, "factor": 0.1, "threshold": 0.05}, {"min_lr": 1e-4}),
            ({"patience": 1, "factor": 0.5, "threshold": 0.3},
             {"threshold_mode": "abs"})]:
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, **given, **options)
        rates = []
        for value in losses:
            scheduler.step(value)
            rates.append(optimizer.param_groups[0]["lr"])
        spec = {"kind": "reduceOnPlateau", "initial": 0.5, **given}
        if "min_lr" in options:
            spec["minimum"] = options["min_lr"]
        if "threshold_mode" in options:
            spec["thresholdMode"] = "absolute"
        yield {"peer": "torch ReduceLROnPlateau", "controller": spec,
               "losses": losses, "rates": rates}


problem = {
    "versions": {name: importlib.metadata.version(name) for name in
                 ["torch", "optax", "jax", "dadaptation", "dog-optimizer"]},
    "start": start,
    "curvature": curvature,
    "offset": OFFSET,
    "noise": noise,
}
lines = [problem, *of_optax(), *of_torch(), *of_sharpness(), *of_step_sizes()]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("".join(json.dumps(each) + "\n" for each in lines))
print(len(lines) - 1, "lines")
