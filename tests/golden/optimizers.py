"""Trajectories of optimizers as their peers compute them, in double precision.

Writes optimizers.jsonl beside this file: first the versions and a problem (start,
diagonal curvature, and for each step a learning rate and a vector that is added to
the gradient), then one optimizer a line with the parameters after every step.
Where a peer has no decoupled decay, it is done as PyTorch's AdamW does it: the
parameters are shrunk by 1 - rate * decay before the step, after the gradient.

    pip install torch==2.15.0 keras==3.15.1 optax==0.2.8
    python optimizers.py
"""

import importlib.metadata
import json
import math
import os
import pathlib

os.environ["KERAS_BACKEND"] = "torch"

import jax
import jax.numpy as jnp
import keras
import optax
import torch

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")
# NAdam's product of momenta is kept in the default type.
torch.set_default_dtype(torch.float64)

STEPS = 50
start = [1.0, -2.0, 0.5, 3.0]
curvature = [0.3, 1.0, 3.0, 10.0]
# Not smooth, and not random either.
noise = [[math.sin(1.7 * t * t + i) for i in range(4)] for t in range(STEPS)]
rates = [0.02 * (1 + math.cos(math.pi * t / STEPS)) for t in range(STEPS)]

DECAY = 0.05
coupled = {"weightDecay": DECAY, "decay": "coupled"}
decoupled = {"weightDecay": DECAY, "decay": "decoupled"}


def gradient(parameter, diagonal, push):
    """The gradient at the parameters, in anybody's arrays."""
    return diagonal * parameter + push


def torch_path(optimizer_class, options, shrink=0.0, changing=None):
    """The parameters after each step of one of PyTorch's optimizers.

    `changing` maps names in its parameter group to functions of the step.
    """
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = optimizer_class([parameter], lr=1.0, **options)
    diagonal = torch.tensor(curvature, dtype=torch.float64)
    group = optimizer.param_groups[0]
    path = []
    for t in range(STEPS):
        group["lr"] = rates[t]
        for name, value_at in (changing or {}).items():
            group[name] = value_at(t)
        push = torch.tensor(noise[t], dtype=torch.float64)
        parameter.grad = gradient(parameter.detach(), diagonal, push)
        with torch.no_grad():
            parameter.mul_(1 - rates[t] * shrink)
        optimizer.step()
        path.append(parameter.detach().tolist())
    return path


def optax_path(transform):
    """The parameters after each step of one of optax's optimizers."""
    parameter = jnp.asarray(start)
    state = transform.init(parameter)
    path = []
    for t in range(STEPS):
        slope = gradient(parameter, jnp.asarray(curvature), jnp.asarray(noise[t]))
        step, state = transform.update(slope, state, parameter)
        parameter = optax.apply_updates(parameter, step)
        path.append(parameter.tolist())
    return path


def keras_path(options, decay=0.0):
    """The parameters after each step of Keras's RMSprop; `decay` is coupled."""
    parameter = keras.Variable(start, dtype="float64")
    optimizer = keras.optimizers.RMSprop(learning_rate=1.0, **options)
    diagonal = torch.tensor(curvature, dtype=torch.float64)
    path = []
    for t in range(STEPS):
        optimizer.learning_rate = rates[t]
        here = parameter.value.detach()
        push = torch.tensor(noise[t], dtype=torch.float64)
        slope = gradient(here, diagonal, push) + decay * here
        optimizer.apply([slope], [parameter])
        path.append(parameter.value.detach().tolist())
    return path


def rate_at(count):
    """The learning rate for optax, which counts the steps itself."""
    return jnp.asarray(rates)[count]


def line(peer, spec, path):
    """One optimizer: the peer's name and options, Slope's spec, the parameters."""
    return {"peer": peer, "spec": spec, "path": path}


def from_torch(optimizer_class, options, spec, decays=("none", "coupled", "decoupled")):
    """Lines of one of PyTorch's optimizers with the decays that are asked for."""
    name = optimizer_class.__name__
    for decay in decays:
        if decay == "none":
            yield line(f"torch {name} {options}", spec,
                       torch_path(optimizer_class, options))
        elif decay == "coupled":
            given = options | {"weight_decay": DECAY}
            yield line(f"torch {name} {given}", spec | coupled,
                       torch_path(optimizer_class, given))
        elif decay == "decoupled":
            yield line(f"torch {name} {options}, shrunk by {DECAY}",
                       spec | decoupled,
                       torch_path(optimizer_class, options, shrink=DECAY))
        else:  # the peer's own decoupled decay
            given = options | {"weight_decay": DECAY} | decay
            yield line(f"torch {name} {given}", spec | decoupled,
                       torch_path(optimizer_class, given))


def adam_options(beta1, beta2, epsilon):
    """Adam's options under PyTorch's names and Slope's."""
    return ({"betas": (beta1, beta2), "eps": epsilon},
            {"beta1": beta1, "beta2": beta2, "epsilon": epsilon})


def linear(first, last):
    """A line through the steps, as a function and as Slope's spec."""
    return (lambda t: first + (last - first) * (t / STEPS),
            {"kind": "linear", "from": first, "to": last, "steps": STEPS})


def of_torch():
    """PyTorch's optimizers."""
    optim = torch.optim
    yield from from_torch(optim.SGD, {}, {"kind": "sgd"})
    for momentum in [0.9, 0.5]:
        options = {"momentum": momentum}
        yield from from_torch(optim.SGD, options, {"kind": "momentum", **options})
        yield from from_torch(optim.SGD, options | {"nesterov": True},
                              {"kind": "nesterov", **options})

    for alpha, eps, momentum, centred in [
            (0.99, 1e-8, 0, False), (0.9, 1e-6, 0, False), (0.99, 1e-8, 0.5, False),
            (0.95, 1e-3, 0.5, True), (0.9, 1e-3, 0, True)]:
        options = {"alpha": alpha, "eps": eps, "momentum": momentum}
        spec = {"kind": "rmsprop", "alpha": alpha, "epsilon": eps,
                "momentum": momentum}
        if centred:
            options |= {"centered": True}
            spec |= {"centred": True}
        yield from from_torch(optim.RMSprop, options, spec)

    for given in [(0.9, 0.999, 1e-8), (0.8, 0.95, 1e-3)]:
        options, spec = adam_options(*given)
        yield from from_torch(optim.Adam, options, {"kind": "adam", **spec},
                              ("none", "coupled"))
        yield from from_torch(optim.AdamW, options, {"kind": "adam", **spec}, ({},))
        yield from from_torch(optim.AdamW, options, {"kind": "adamw", **spec}, ({},))
        yield from from_torch(optim.Adam, options | {"amsgrad": True},
                              {"kind": "amsgrad", **spec}, ("none", "coupled"))
        yield from from_torch(optim.AdamW, options | {"amsgrad": True},
                              {"kind": "amsgrad", **spec}, ({},))
        for psi in [0.004, 0.1]:
            yield from from_torch(
                optim.NAdam, options | {"momentum_decay": psi},
                {"kind": "nadam", **spec, "momentumDecay": psi},
                ("none", "coupled", {"decoupled_weight_decay": True}))

    for first, eps in [(0.0, 1e-10), (0.1, 1e-4)]:
        yield from from_torch(
            optim.Adagrad, {"initial_accumulator_value": first, "eps": eps},
            {"kind": "adagrad", "initialSum": first, "epsilon": eps})
    for rho, eps in [(0.9, 1e-6), (0.95, 1e-3)]:
        yield from from_torch(optim.Adadelta, {"rho": rho, "eps": eps},
                              {"kind": "adadelta", "rho": rho, "epsilon": eps})


def of_torch_by_schedule():
    """PyTorch's optimizers with options that change from step to step."""
    optim = torch.optim
    rising, rising_spec = linear(0.5, 0.95)
    falling, falling_spec = linear(0.1, 0.0)
    high, high_spec = linear(0.9, 0.999)
    changing = {"momentum": rising, "weight_decay": falling}
    for kind in ["momentum", "nesterov"]:
        yield line(
            f"torch SGD {kind}, momentum and weight_decay by schedule",
            {"kind": kind, "momentum": rising_spec, "weightDecay": falling_spec},
            torch_path(optim.SGD, {"momentum": 0.9, "nesterov": kind == "nesterov"},
                       changing=changing))
    yield line(
        "torch AdamW, betas and weight_decay by schedule",
        {"kind": "adamw", "beta1": rising_spec, "beta2": high_spec,
         "weightDecay": falling_spec},
        torch_path(optim.AdamW, {}, changing={
            "betas": lambda t: (rising(t), high(t)), "weight_decay": falling}))


def of_keras():
    """Keras's RMSprop."""
    for rho, eps, momentum, centred in [
            (0.9, 1e-7, 0.0, False), (0.95, 1e-3, 0.5, False), (0.9, 1e-3, 0.5, True)]:
        options = {"rho": rho, "epsilon": eps, "momentum": momentum}
        spec = {"kind": "kerasRmsprop", **options}
        if centred:
            options |= {"centered": True}
            spec |= {"centred": True}
        yield line(f"keras RMSprop {options}", spec, keras_path(options))
        yield line(f"keras RMSprop {options}, coupled", spec | coupled,
                   keras_path(options, DECAY))
        given = options | {"weight_decay": DECAY}
        yield line(f"keras RMSprop {given}", spec | decoupled, keras_path(given))


def of_optax():
    """optax's Lion and LAMB."""
    for b1, b2 in [(0.9, 0.99), (0.5, 0.9)]:
        spec = {"kind": "lion", "beta1": b1, "beta2": b2}
        for given, decay in [({}, 0.0), (coupled, 0.0), (decoupled, DECAY)]:
            lion = optax.lion(rate_at, b1=b1, b2=b2, weight_decay=decay)
            if given is coupled:
                lion = optax.chain(optax.add_decayed_weights(DECAY), lion)
            yield line(f"optax lion b1={b1} b2={b2} {given}", spec | given,
                       optax_path(lion))
    for b1, b2, eps in [(0.9, 0.999, 1e-6), (0.8, 0.95, 1e-3)]:
        spec = {"kind": "lamb", "beta1": b1, "beta2": b2, "epsilon": eps}
        for given, decay in [({}, 0.0), (coupled, 0.0), (decoupled, DECAY)]:
            lamb = optax.lamb(rate_at, b1=b1, b2=b2, eps=eps, weight_decay=decay)
            if given is coupled:
                lamb = optax.chain(optax.add_decayed_weights(DECAY), lamb)
            yield line(f"optax lamb b1={b1} b2={b2} eps={eps} {given}",
                       spec | given, optax_path(lamb))


problem = {
    "versions": {name: importlib.metadata.version(name)
                 for name in ["torch", "keras", "optax", "jax"]},
    "start": start,
    "curvature": curvature,
    "noise": noise,
    "rates": rates,
}
lines = [problem, *of_torch(), *of_torch_by_schedule(), *of_keras(), *of_optax()]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("".join(json.dumps(each) + "\n" for each in lines))
print(len(lines) - 1, "optimizers")
