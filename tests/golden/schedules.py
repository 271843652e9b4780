"""Values of learning-rate schedules as other libraries compute them.

Writes schedules.jsonl beside this file: first the versions of the libraries,
then one case a line: library, schedule, call, the Slope spec that must agree
with it, steps and values. Where the library does something else that Slope does
not copy, `differs` says what and why; then the spec is what comes nearest.

    pip install torch==2.15.0 timm==1.0.31 optax==0.2.8 jax==0.10.2 \\
      keras==3.15.1 transformers==5.23.0
    KERAS_BACKEND=torch JAX_ENABLE_X64=1 python schedules.py
"""

import importlib.metadata
import json
import pathlib
import random
import re

import keras
import optax
import timm.scheduler
import torch
import transformers

keras.config.set_floatx("float64")
RATE = 0.1
cases = []


def steps_of(length, past=True):
    """The steps that matter: ends, middle, a few others, and past the end."""
    steps = {0, 1, 2, length // 4, length // 2, 3 * length // 4, length - 1,
             length, length + 1, 2 * length + 3}
    return sorted(step for step in steps if past or step <= length)


def add(call, spec, steps, values, differs=None):
    library, schedule = re.match(r"(\w+).*?(\w+)\(", call).groups()
    cases.append({
        "library": library,
        "schedule": schedule,
        "call": call,
        **({} if differs is None else {"differs": differs}),
        "spec": spec,
        "steps": list(steps),
        "values": [float(value) for value in values],
    })


def optimizer(rate=RATE):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)


def stepped(make, wanted, rate=RATE, group="lr"):
    """The values that a scheduler gives a group, stepped as in training."""
    sgd = optimizer(rate)
    scheduler = make(sgd)
    values = {}
    for step in range(max(wanted) + 1):
        values[step] = sgd.param_groups[0][group]
        sgd.step()
        if step < max(wanted):
            scheduler.step()
    return [values[step] for step in wanted]


def torch_case(make, call, spec, length, past=True, steps=(), differs=None,
               rate=RATE, group="lr"):
    """A torch scheduler."""
    wanted = sorted({*steps_of(length, past), *steps})
    add(f"torch.optim.lr_scheduler.{call}", spec, wanted,
        stepped(make, wanted, rate, group), differs)


def transformers_case(name, spec, length, past=True, steps=(), differs=None,
                      **options):
    """A scheduler of transformers."""
    wanted = sorted({*steps_of(length, past), *steps})
    function = getattr(transformers.optimization, name)
    add(f"transformers.{name}({options})", spec, wanted,
        stepped(lambda o: function(o, **options), wanted), differs)


def timm_case(name, spec, length, past=True, steps=(), differs=None,
              **options):
    """A timm scheduler, asked for single steps."""
    sgd = optimizer()
    scheduler = getattr(timm.scheduler, name)(sgd, **options)
    wanted = sorted({*steps_of(length, past), *steps})
    values = []
    for step in wanted:
        scheduler.step(step)
        values.append(sgd.param_groups[0]["lr"])
    add(f"timm.scheduler.{name}({options})", spec, wanted, values, differs)


def function_case(call, schedule, spec, length, past=True, steps=(),
                  differs=None):
    """A schedule that is a function of the step (optax, keras)."""
    wanted = sorted({*steps_of(length, past), *steps})
    add(call, spec, wanted, [schedule(step) for step in wanted], differs)


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

# Constant.
torch_case(lambda o: lr.ConstantLR(o, 0.25, 7), "ConstantLR(0.25, 7)",
           {"kind": "piecewiseConstant", "points": [
               {"step": 0, "value": RATE * 0.25}, {"step": 7, "value": RATE}]}, 10)
function_case("optax.constant_schedule(0.1)", lambda step: optax.constant_schedule(
    RATE)(step), {"kind": "constant", "value": RATE}, 10)
transformers_case("get_constant_schedule", {"kind": "constant", "value": RATE}, 10)

# Milestones, one at 0 among them, and one twice.
for milestones in [[30, 80], [0, 5], [3, 3, 7], [0], [1, 2, 3]]:
    past = max(milestones) + 2
    near = {max(step + more, 0) for step in milestones for more in (-1, 0, 1)}
    multi = {"kind": "multiStep", "from": RATE, "factor": 0.3, "milestones": milestones}
    torch_case(lambda o: lr.MultiStepLR(o, milestones, 0.3),
               f"MultiStepLR({milestones}, 0.3)", multi, past, steps=near)
    if len(set(milestones)) == len(milestones):
        function_case(
            f"optax.piecewise_constant_schedule(0.1, {dict.fromkeys(milestones, 0.3)})",
            optax.piecewise_constant_schedule(RATE, dict.fromkeys(milestones, 0.3)),
            multi, past, steps=near)
    if any(milestones):
        timm_case("MultiStepLRScheduler", multi, past, steps=near,
                  decay_t=milestones, decay_rate=0.3,
                  differs="drops one step early: it counts milestones up to t + 1")
    early = [max(step - 1, 0) for step in milestones]
    timm_case("MultiStepLRScheduler", {**multi, "milestones": early}, past, steps=near,
              decay_t=milestones, decay_rate=0.3)
    if len(set(milestones)) == len(milestones):
        values = [0.1, 0.03, 0.2, 0.01][:len(milestones) + 1]
        call = f"keras PiecewiseConstantDecay({milestones}, {values})"
        for late in (0, 1):
            points = [{"step": step + late, "value": value}
                      for step, value in zip(milestones, values[1:])]
            function_case(
                call, keras.optimizers.schedules.PiecewiseConstantDecay(milestones, values),
                {"kind": "piecewiseConstant",
                 "points": [{"step": 0, "value": values[0]}, *points]},
                past, steps=near,
                differs=None if late else "keeps the old value at a boundary "
                "itself; with boundaries one step later here it agrees")

# Interpolation between points: each scale multiplies the value before it.
for scales in [{4: 0.1, 8: 0.01}, {10: 5.0, 40: 0.5, 100: 0.001}, {1: 0.5}]:
    value, points = 1.0, [{"step": 0, "value": 1.0}]
    for step, scaling in scales.items():
        value *= scaling
        points.append({"step": step, "value": value})
    for shape_name in ("linear", "cosine"):
        function_case(
            f"optax.piecewise_interpolate_schedule({shape_name}, 1.0, {scales})",
            optax.piecewise_interpolate_schedule(shape_name, 1.0, scales),
            {"kind": "piecewiseInterpolated", "points": points, "shape": shape_name},
            max(scales), steps=scales)

# Exponential decay that begins late, and with an end value.
late = optax.exponential_decay(RATE, 10, 0.5, transition_begin=20, end_value=0.01)
function_case("optax.exponential_decay(0.1, 10, 0.5, begin 20, end 0.01)", late,
              {"kind": "clamp", "minimum": 0.01, "inner": {
                  "kind": "shift", "by": 20, "inner": {
                      "kind": "exponential", "from": RATE, "factor": 0.5,
                      "every": 10}}}, 60)
for staircase in (False, True):
    decaying = {"kind": "exponential", "from": RATE, "factor": 0.7, "every": 9,
                "staircase": staircase}
    function_case(
        f"optax.warmup_exponential_decay_schedule(0.02, 0.1, 5, 9, 0.7, {staircase})",
        optax.warmup_exponential_decay_schedule(0.02, RATE, 5, 9, 0.7,
                                                staircase=staircase),
        {"kind": "warmUp", "steps": 5, "from": 0.02, "inner": decaying}, 50)
    function_case(f"keras ExponentialDecay(0.1, 9, 0.7, {staircase})",
                  keras.optimizers.schedules.ExponentialDecay(RATE, 9, 0.7, staircase),
                  decaying, 50)
    function_case(f"keras InverseTimeDecay(0.1, 9, 0.7, {staircase})",
                  keras.optimizers.schedules.InverseTimeDecay(RATE, 9, 0.7, staircase),
                  {"kind": "inverseTime", "from": RATE, "decay": 0.7, "every": 9,
                   "staircase": staircase}, 50)
function_case("optax.linear_schedule(0.1, 0.02, 30, begin 12)",
              optax.linear_schedule(RATE, 0.02, 30, 12),
              {"kind": "shift", "by": 12, "inner": shape("linear", 30, 0.02)}, 42)
function_case("optax.warmup_constant_schedule(0.01, 0.1, 7)",
              optax.warmup_constant_schedule(0.01, RATE, 7),
              {"kind": "warmUp", "steps": 7, "from": 0.01,
               "inner": {"kind": "constant", "value": RATE}}, 7)

# Polynomial decay that starts again.
for length, power in [(10, 1.0), (10, 2.0), (7, 0.5)]:
    function_case(
        f"keras PolynomialDecay(0.1, {length}, 0.001, {power}, cycle=True)",
        keras.optimizers.schedules.PolynomialDecay(RATE, length, 0.001, power, True),
        shape("polynomial", length, 0.001, power=power, cycle=True), 3 * length,
        steps=(2 * length, 2 * length + 1))
    timm_case("PolyLRScheduler",
              {"kind": "repeat", "times": 3, "lengthFactor": 2, "heightFactor": 0.5,
               "inner": shape("polynomial", length, 0, power=power)}, 7 * length,
              t_initial=length, power=power, cycle_mul=2, cycle_decay=0.5, cycle_limit=3,
              steps=(2 * length, 3 * length))

# Cosine: exponent, restarts, past the end.
for exponent in (0.5, 1.0, 2.0, 3.5):
    for floor in (0.0, 0.02):
        function_case(
            f"optax.cosine_decay_schedule(0.1, 100, {floor / RATE}, {exponent})",
            optax.cosine_decay_schedule(RATE, 100, floor / RATE, exponent),
            shape("cosine", 100, floor, exponent=exponent), 100)
torch_case(lambda o: lr.CosineAnnealingLR(o, 20, 0.01), "CosineAnnealingLR(20, 0.01)",
           shape("cosine", 20, 0.01), 20,
           differs="rises again past T_max; here it has ended (repeat with reverse "
           "makes the wave)")
torch_case(lambda o: lr.CosineAnnealingLR(o, 20, 0.01), "CosineAnnealingLR(20, 0.01)",
           {"kind": "repeat", "inner": {"kind": "join", "pieces": [
               {"schedule": shape("cosine", 20, 0.01)},
               {"schedule": {"kind": "reverse", "inner": shape("cosine", 20, 0.01)}},
           ]}}, 60)
for period, factor, floor in [(10, 1, 0.0), (10, 2, 0.001), (10, 3, 0.0), (7, 2, 0.02),
                              (1, 1, 0.0), (1, 2, 0.01)]:
    starts = [period]
    for i in range(1, 5):
        starts.append(starts[-1] + period * factor ** i)
    edges = {start + more for start in starts for more in (-1, 0, 1)}
    restarts = {"kind": "cosineRestarts", "from": RATE, "to": floor, "period": period,
                "lengthFactor": factor}
    torch_case(lambda o: lr.CosineAnnealingWarmRestarts(o, period, factor, floor),
               f"CosineAnnealingWarmRestarts({period}, {factor}, {floor})",
               restarts, starts[2], steps=edges)
    for lower in (1.0, 0.5):
        function_case(
            f"keras CosineDecayRestarts(0.1, {period}, {factor}, {lower}, {floor / RATE})",
            keras.optimizers.schedules.CosineDecayRestarts(
                RATE, period, float(factor), lower, floor / RATE),
            {**restarts, "heightFactor": lower}, starts[1], past=False, steps=edges)
        waves = {"t_initial": period, "lr_min": floor, "cycle_mul": factor,
                 "cycle_decay": lower, "cycle_limit": 3}
        agrees = lower == 1.0 or floor == 0.0
        # Its logarithm is inexact; these starts it gets right.
        timm_case("CosineLRScheduler",
                  {**restarts, "times": 3, "heightFactor": lower}, starts[2],
                  differs=None if agrees else "cycle_decay lowers the peak towards 0, "
                  "and so under lr_min; here, as in keras, the height above the floor "
                  "shrinks", **waves)
timm_case("CosineLRScheduler",
          {"kind": "cosineRestarts", "from": RATE, "period": 10, "lengthFactor": 3}, 40,
          past=False, steps=(1209, 1210, 1211), t_initial=10, cycle_mul=3, cycle_limit=99,
          differs="misses the restart at step 1210: floor(log(1 - t/T*(1 - m), m)) is 4, "
          "and the exact cycle is 5")
cycles = [{"init_value": 0.0, "peak_value": RATE / 2 ** i, "warmup_steps": 3,
           "decay_steps": 10 * 2 ** i, "end_value": 0.0} for i in range(3)]
function_case(f"optax.sgdr_schedule({cycles})", optax.sgdr_schedule(cycles),
              {"kind": "join", "pieces": [
                  {"schedule": {"kind": "warmUp", "steps": 3, "inner": {
                      "kind": "cosine", "from": RATE / 2 ** i, "steps": 10 * 2 ** i - 3}}}
                  for i in range(3)]}, 70, steps=(9, 10, 11, 29, 30, 31))
function_case("keras CosineDecay(0.01, 40, 0.2, warmup_target=0.1, warmup_steps=10)",
              keras.optimizers.schedules.CosineDecay(
                  0.01, 40, 0.2, warmup_target=RATE, warmup_steps=10),
              {"kind": "warmUp", "steps": 10, "from": 0.01,
               "inner": shape("cosine", 40, RATE * 0.2)}, 50, steps=(9, 10, 11))
for warm, length in [(5, 50), (20, 100)]:
    timm_case("CosineLRScheduler",
              {"kind": "sequential", "milestones": [warm], "schedules": [
                  {"kind": "linear", "from": 0.01, "to": RATE, "steps": warm},
                  {"kind": "shift", "by": -warm, "inner": shape("cosine", length, 0.001)}]},
              length, t_initial=length, lr_min=0.001, warmup_t=warm, warmup_lr_init=0.01,
              steps=(warm - 1, warm, warm + 1))

# Tanh.
for length, lb, ub, floor in [(10, -7.0, 3.0, 0.0), (100, -6.0, 4.0, 0.001)]:
    curve = {"kind": "tanh", "from": RATE, "to": floor, "lower": lb, "upper": ub,
             "steps": length}
    options = {"t_initial": length, "lb": lb, "ub": ub, "lr_min": floor}
    timm_case("TanhLRScheduler", curve, length - 1, past=False, **options)
    timm_case("TanhLRScheduler", curve, length, **options,
              differs="jumps to lr_min at the end, where the curve still has "
              "½·(1 − tanh ub) of its height")

# Cycles.
for up, down in [(10, 10), (4, 12), (1, 1), (33, 7)]:
    for mode, decay in [("triangular", {}), ("triangular2", {"heightFactor": 0.5}),
                        ("exp_range", {"stepFactor": 0.97})]:
        torch_case(
            lambda o: lr.CyclicLR(o, 0.001, RATE, up, down, mode,
                                  decay.get("stepFactor", 1.0), cycle_momentum=False),
            f"CyclicLR(0.001, 0.1, {up}, {down}, {mode})",
            {"kind": "cyclic", "lower": 0.001, "upper": RATE, "rise": up, "fall": down,
             **decay}, 3 * (up + down), steps=(up, up + down, up + down + 1))
for total, share, three, anneal in [(10, 0.3, False, "linear"), (10, 0.4, True, "linear"),
                                    (100, 0.3, False, "cos"), (391, 0.25, False, "cos"),
                                    (100, 0.3, True, "cos"), (101, 0.45, True, "linear")]:
    form = {"steps": total - 1, "rise": (share * total - 1) / (total - 1),
            "phases": 3 if three else 2, "shape": "linear" if anneal == "linear" else "cosine"}
    options = {"total_steps": total, "pct_start": share, "three_phase": three,
               "anneal_strategy": anneal, "div_factor": 20.0, "final_div_factor": 50.0}
    for group, spec in [
            ("lr", {"kind": "oneCycle", "peak": 25.0, "startDivisor": 20, "endDivisor": 50, **form}),
            ("momentum", {"kind": "oneCycleMomentum", **form})]:
        sgd_case = lambda o: lr.OneCycleLR(o, 25.0, **options)
        torch_case(sgd_case, f"OneCycleLR({options})" + ("" if group == "lr" else ", momentum"),
                   spec, total - 1, past=False, group=group)
for length, share in [(10, 0.3), (100, 0.3), (391, 0.2)]:
    top = int(length * share)
    function_case(f"optax.cosine_onecycle_schedule({length}, 0.1, {share})",
                  optax.cosine_onecycle_schedule(length, RATE, share),
                  {"kind": "oneCycle", "peak": RATE, "steps": length, "rise": top / length},
                  length)
    back = int(length * 0.85)
    function_case(f"optax.linear_onecycle_schedule({length}, 0.1, {share})",
                  optax.linear_onecycle_schedule(length, RATE, share),
                  {"kind": "piecewiseInterpolated", "points": [
                      {"step": 0, "value": RATE / 25}, {"step": top, "value": RATE},
                      {"step": back, "value": RATE / 25},
                      {"step": length, "value": RATE / 25 / 1e4}]}, length)

# Sequences and products.
def sequence(o, milestones):
    return lr.SequentialLR(o, [
        lr.ConstantLR(o, 0.1, 3), lr.ExponentialLR(o, 0.8), lr.StepLR(o, 2, 0.1)],
        milestones)


for milestones in ([3, 6], [1, 2]):
    torch_case(lambda o: sequence(o, milestones),
               f"SequentialLR([ConstantLR, ExponentialLR, StepLR], {milestones})",
               {"kind": "sequential", "milestones": milestones, "schedules": [
                   {"kind": "constant", "value": 0.005},
                   {"kind": "exponential", "from": 0.05, "factor": 0.8},
                   {"kind": "step", "from": 0.05, "factor": 0.1, "every": 2}]},
               11, rate=0.05)
torch_case(lambda o: lr.SequentialLR(o, [lr.ConstantLR(o, 0.1, 3), lr.ExponentialLR(o, 0.8)],
                                     [0]),
           "SequentialLR([ConstantLR, ExponentialLR], [0])",
           {"kind": "sequential", "milestones": [0], "schedules": [
               {"kind": "constant", "value": 0.01},
               {"kind": "exponential", "from": RATE, "factor": 0.8}]}, 6)
torch_case(lambda o: lr.ChainedScheduler([lr.ConstantLR(o, 0.5, 5), lr.ExponentialLR(o, 0.9),
                                          lr.StepLR(o, 4, 0.3)]),
           "ChainedScheduler([ConstantLR(0.5, 5), ExponentialLR(0.9), StepLR(4, 0.3)])",
           {"kind": "product", "factors": [
               {"kind": "piecewiseConstant", "points": [
                   {"step": 0, "value": 0.5}, {"step": 5, "value": 1}]},
               {"kind": "exponential", "from": RATE, "factor": 0.9},
               {"kind": "step", "from": 1, "factor": 0.3, "every": 4}]}, 12)
torch_case(lambda o: lr.MultiplicativeLR(o, lambda step: 0.95), "MultiplicativeLR(0.95)",
           {"kind": "exponential", "from": RATE, "factor": 0.95}, 30)

# What transformers has: all behind a warm-up.
for warm, total in [(2, 10), (10, 110), (0, 20), (1, 391)]:
    after = total - warm

    def warmed(inner):
        return {"kind": "warmUp", "steps": warm, "inner": inner} if warm else inner

    edges = tuple(step for step in (warm - 1, warm, warm + 1) if step >= 0)
    ends = {"num_warmup_steps": warm, "num_training_steps": total, "steps": edges}
    transformers_case("get_constant_schedule_with_warmup",
                      warmed({"kind": "constant", "value": RATE}), total, steps=edges,
                      num_warmup_steps=warm)
    transformers_case("get_linear_schedule_with_warmup",
                      warmed(shape("linear", after)), total, **ends)
    transformers_case("get_cosine_schedule_with_warmup",
                      warmed(shape("cosine", after)), total, past=False, **ends)
    transformers_case("get_cosine_with_min_lr_schedule_with_warmup",
                      warmed(shape("cosine", after, RATE * 0.1)), total, past=False,
                      min_lr_rate=0.1, **ends)
    transformers_case("get_polynomial_decay_schedule_with_warmup",
                      warmed(shape("polynomial", after, 1e-4, power=2.0)), total,
                      lr_end=1e-4, power=2.0, **ends)
    transformers_case("get_inverse_sqrt_schedule",
                      warmed({"kind": "inverseSquareRoot", "from": RATE,
                              "timescale": warm or 10_000}), total,
                      num_warmup_steps=warm, steps=edges)
    transformers_case("get_inverse_sqrt_schedule",
                      warmed({"kind": "inverseSquareRoot", "from": RATE,
                              "timescale": 300}), total,
                      num_warmup_steps=warm, timescale=300, steps=edges)
    if after % 2 == 0:
        transformers_case("get_cosine_with_hard_restarts_schedule_with_warmup",
                          warmed({"kind": "cosineRestarts", "from": RATE,
                                  "period": after // 2, "times": 2}), total,
                          num_cycles=2, **ends)
    if warm:
        transformers_case(
            "get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
            {"kind": "shift", "by": -1, "inner": warmed(shape("cosine", after, RATE * 0.1))},
            total - 1, past=False, min_lr_rate=0.1, **ends)
    decay = after // 4
    for rising, falling in [("linear", "linear"), ("cosine", "cosine"), ("1-sqrt", "1-sqrt")]:
        names = {"1-sqrt": "oneMinusSquareRoot"}
        for ratio in (0, 0.1):
            transformers_case(
                "get_wsd_schedule",
                {"kind": "warmUpStableDecay", "start": RATE * ratio, "peak": RATE,
                 "end": RATE * ratio, "warmUp": warm, "decay": decay, "steps": total,
                 "warmUpShape": names.get(rising, rising),
                 "decayShape": names.get(falling, falling)}, total,
                num_decay_steps=decay, warmup_type=rising, decay_type=falling,
                min_lr_ratio=ratio, **ends)
transformers_case("get_cosine_schedule_with_warmup", shape("cosine", 20), 20,
                  num_warmup_steps=0, num_training_steps=20,
                  differs="rises again past num_training_steps; here it has ended")

libraries = ["torch", "timm", "optax", "jax", "keras", "transformers"]
versions = {name: importlib.metadata.version(name) for name in libraries}
lines = [json.dumps({"versions": versions}), *map(json.dumps, cases)]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("\n".join(lines) + "\n")
print(len(cases), "cases", versions)
