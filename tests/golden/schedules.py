"""Values of learning-rate schedules as other libraries compute them.

Writes schedules.jsonl beside this file: first the versions of the libraries,
then one case a line: the call, the Slope spec that must agree with it, steps
and values.

    pip install torch==2.15.0 timm==1.0.31 optax==0.2.8 jax==0.10.2 keras==3.15.1
    KERAS_BACKEND=torch JAX_ENABLE_X64=1 python schedules.py
"""

import importlib.metadata
import json
import pathlib
import random

import keras
import optax
import timm.scheduler
import torch

RATE = 0.1
cases = []


def steps_of(length, past=True):
    """The steps that matter: ends, middle, a few others, and past the end."""
    steps = {0, 1, 2, length // 4, length // 2, 3 * length // 4, length - 1,
             length, length + 1, 2 * length + 3}
    return sorted(step for step in steps if past or step <= length)


def add(call, spec, steps, values):
    cases.append({
        "call": call,
        "spec": spec,
        "steps": list(steps),
        "values": [float(value) for value in values],
    })


def optimizer(rate=RATE):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)


def torch_case(make, call, spec, length, past=True):
    """A torch scheduler, stepped as in training."""
    sgd = optimizer()
    scheduler = make(sgd)
    wanted = steps_of(length, past)
    values = {}
    for step in range(max(wanted) + 1):
        values[step] = sgd.param_groups[0]["lr"]
        sgd.step()
        scheduler.step()
    add(f"torch.optim.lr_scheduler.{call}", spec, wanted,
        [values[step] for step in wanted])


def timm_case(name, spec, length, **options):
    """A timm scheduler, asked for single steps."""
    sgd = optimizer()
    scheduler = getattr(timm.scheduler, name)(sgd, **options)
    wanted = steps_of(length)
    values = []
    for step in wanted:
        scheduler.step(step)
        values.append(sgd.param_groups[0]["lr"])
    add(f"timm.scheduler.{name}({options})", spec, wanted, values)


def function_case(call, schedule, spec, length, past=True):
    """A schedule that is a function of the step (optax, keras)."""
    wanted = steps_of(length, past)
    add(call, spec, wanted, [schedule(step) for step in wanted])


def shape(kind, length, to=0.0, **more):
    return {"kind": kind, "from": RATE, "to": to, "steps": length, **more}


draw = random.Random(20261122)
lengths = [1, 2, 7, 10, 100, 391, 1000]
floors = [0.0, 0.001, 0.02]
lr = torch.optim.lr_scheduler

for length in lengths:
    to = draw.choice(floors)
    power = draw.choice([0.5, 0.9, 1.0, 2.0, 4.0])
    k = draw.choice([0.5, 1.0, 1.5, 2.0, 3.0, 5.0])

    torch_case(lambda o: lr.PolynomialLR(o, length, power),
               f"PolynomialLR(total_iters={length}, power={power})",
               shape("polynomial", length, power=power), length)
    # Past T_max torch's cosine rises again; ours has ended.
    torch_case(lambda o: lr.CosineAnnealingLR(o, length, to),
               f"CosineAnnealingLR(T_max={length}, eta_min={to})",
               shape("cosine", length, to), length, past=False)
    torch_case(lambda o: lr.LinearLR(o, 1.0, 0.01, length),
               f"LinearLR(1, 0.01, {length})",
               shape("linear", length, RATE * 0.01), length)

    for n in (0.5, 1.0, 2.0):
        timm_case("PolyLRScheduler",
                  {"kind": "kDecay", "k": k,
                   "inner": shape("polynomial", length, to, power=n)},
                  length, t_initial=length, power=n, lr_min=to, k_decay=k)
    timm_case("CosineLRScheduler",
              {"kind": "kDecay", "k": k, "inner": shape("cosine", length, to)},
              length, t_initial=length, lr_min=to, k_decay=k)

    function_case(f"optax.linear_schedule({RATE}, {to}, {length})",
                  optax.linear_schedule(RATE, to, length),
                  shape("linear", length, to), length)
    function_case(f"optax.polynomial_schedule({RATE}, {to}, {power}, {length})",
                  optax.polynomial_schedule(RATE, to, power, length),
                  shape("polynomial", length, to, power=power), length)
    function_case(f"optax.cosine_decay_schedule({RATE}, {length}, {to / RATE})",
                  optax.cosine_decay_schedule(RATE, length, to / RATE),
                  shape("cosine", length, to), length)

    decay = keras.optimizers.schedules
    function_case(f"keras PolynomialDecay({RATE}, {length}, {to}, {power})",
                  decay.PolynomialDecay(RATE, length, to, power),
                  shape("polynomial", length, to, power=power), length)
    function_case(f"keras CosineDecay({RATE}, {length}, {to / RATE})",
                  decay.CosineDecay(RATE, length, to / RATE),
                  shape("cosine", length, to), length)

for every, factor in [(1, 0.95), (10, 0.5), (30, 0.1), (97, 0.25)]:
    length = 3 * every
    step = {"kind": "step", "from": RATE, "factor": factor, "every": every}
    smooth = {**step, "kind": "exponential"}
    rational = {"kind": "rational", "from": RATE, "decay": factor, "every": every}
    torch_case(lambda o: lr.StepLR(o, every, factor), f"StepLR({every}, {factor})",
               step, length)
    torch_case(lambda o: lr.ExponentialLR(o, factor), f"ExponentialLR({factor})",
               {**smooth, "every": 1}, 40)
    timm_case("StepLRScheduler", step, length, decay_t=every, decay_rate=factor)
    for staircase, spec in [(True, step), (False, smooth)]:
        function_case(
            f"optax.exponential_decay({RATE}, {every}, {factor}, {staircase})",
            optax.exponential_decay(RATE, every, factor, staircase=staircase),
            spec, length)
        function_case(
            f"keras ExponentialDecay({RATE}, {every}, {factor}, {staircase})",
            keras.optimizers.schedules.ExponentialDecay(
                RATE, every, factor, staircase),
            spec, length)
    function_case(f"keras InverseTimeDecay({RATE}, {every}, {factor})",
                  keras.optimizers.schedules.InverseTimeDecay(RATE, every, factor),
                  rational, length)

for warm, length in [(1, 10), (5, 100), (40, 391)]:
    inner = shape("cosine", length, 0.001)
    whole = warm + length
    timm_case("CosineLRScheduler",
              {"kind": "warmUp", "from": 0.01, "steps": warm, "inner": inner},
              whole, t_initial=length, lr_min=0.001, warmup_t=warm,
              warmup_lr_init=0.01, warmup_prefix=True)
    torch_case(
        lambda o: lr.SequentialLR(
            o, [lr.LinearLR(o, 0.2, 1.0, warm), lr.CosineAnnealingLR(o, length, 0.001)],
            [warm]),
        f"SequentialLR([LinearLR(0.2, 1, {warm}), "
        f"CosineAnnealingLR({length}, 0.001)], [{warm}])",
        {"kind": "warmUp", "from": RATE * 0.2, "steps": warm, "inner": inner},
        whole, past=False)
    function_case(
        f"optax.warmup_cosine_decay_schedule(0.01, {RATE}, {warm}, {whole}, 0.001)",
        optax.warmup_cosine_decay_schedule(0.01, RATE, warm, whole, 0.001),
        {"kind": "warmUp", "from": 0.01, "steps": warm, "inner": inner}, whole)
    pieces = [
        {"schedule": shape("linear", warm, 0.05)},
        {"schedule": {"kind": "constant", "value": 0.2}, "steps": warm},
        {"schedule": inner},
    ]
    function_case(
        f"optax.join_schedules([linear {warm}, constant {warm}, cosine {length}])",
        optax.join_schedules(
            [optax.linear_schedule(RATE, 0.05, warm), optax.constant_schedule(0.2),
             optax.cosine_decay_schedule(RATE, length, 0.01)], [warm, 2 * warm]),
        {"kind": "join", "pieces": pieces}, 2 * warm + length)

libraries = ["torch", "timm", "optax", "jax", "keras"]
versions = {name: importlib.metadata.version(name) for name in libraries}
lines = [json.dumps({"versions": versions}), *map(json.dumps, cases)]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("\n".join(lines) + "\n")
print(len(cases), "cases", versions)
