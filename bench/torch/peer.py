"""PyTorch's side of a comparison.

Answers requests, a line of JSON each way: `load` a workload with the initial
values and the batch that Slope uses, `losses` of a few steps to show that both
sides do the same, and `burst`, the time of a step.
"""
import base64
import copy
import json
import statistics
import sys
import time

import probes
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """A pre-activation residual block of two 3x3 convolutions.

    With stride 2 TensorFlow pads the far border where PyTorch's own padding is at
    the near one. For comparing losses `pads_far` does as TensorFlow does, with an
    operation more; what is timed is PyTorch's own way.
    """

    pads_far = False

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.before = nn.BatchNorm2d(inputs)
        self.convolution1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.between = nn.BatchNorm2d(outputs)
        self.convolution2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        if stride > 1:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
        self.stride = stride

    def forward(self, x):
        first = F.relu(self.before(x))
        if self.stride > 1 and Block.pads_far:
            y = F.conv2d(
                F.pad(first, (0, 1, 0, 1)), self.convolution1.weight,
                stride=self.stride)
        else:
            y = self.convolution1(first)
        y = self.convolution2(F.relu(self.between(y)))
        return y + (self.shortcut(first) if self.stride > 1 else x)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        blocks = []
        inputs = 16
        for stage, outputs in enumerate((16, 32, 64)):
            for block in range(3):
                stride = 2 if stage > 0 and block == 0 else 1
                blocks.append(Block(inputs, outputs, stride))
                inputs = outputs
        self.stages = nn.Sequential(*blocks)
        self.end = nn.BatchNorm2d(64)
        self.output = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.end(self.stages(self.stem(x))))
        return self.output(x.mean((2, 3)))


def lenet():
    return nn.Sequential(
        nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(),
        nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def mlp():
    return nn.Sequential(
        nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 300), nn.ReLU(),
        nn.Linear(300, 10))


def cudaconvnet():
    # ceil_mode pools the windows that TensorFlow's "same" does.
    return nn.Sequential(
        nn.Conv2d(3, 32, 5, padding=2), nn.MaxPool2d(3, 2, ceil_mode=True),
        nn.ReLU(),
        nn.Conv2d(32, 32, 5, padding=2), nn.ReLU(),
        nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(),
        nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Flatten(), nn.Linear(1024, 10))


NETWORKS = {
    "resnet20": ResNet20, "lenet": lenet, "mlp": mlp,
    "cudaconvnet": cudaconvnet}

# [height, width, channels] of what is flattened into the first dense layer: its
# rows are in this order on Slope's side, channels first here.
FLATTENED = {"lenet": (5, 5, 16), "cudaconvnet": (4, 4, 64)}


def decode(text, dtype, shape):
    data = bytearray(base64.b64decode(text))
    return torch.frombuffer(data, dtype=dtype).reshape(shape)


def ordered(given, flattened):
    """Parameters in PyTorch's order of axes."""
    result = []
    for one in given:
        values = decode(one["values"], torch.float32, one["shape"])
        if values.dim() == 4:
            values = values.permute(3, 2, 0, 1)
        elif values.dim() == 2:
            if flattened:
                values = values.reshape(*flattened, -1).permute(2, 0, 1, 3)
                values = values.reshape(-1, values.shape[-1])
                flattened = None
            values = values.T
        result.append(values)
    return result


def load(request):
    """Each memory format's network, batch and optimizer."""
    kind = request["workload"].split("-")[0]
    network = NETWORKS[kind]()
    flattened = FLATTENED.get(kind)
    parameters = list(network.parameters())
    assert len(parameters) == len(request["parameters"])
    for target, values in zip(
            parameters, ordered(request["parameters"], flattened)):
        with torch.no_grad():
            target.copy_(values)
    labels = decode(request["labels"], torch.int32, [-1]).long()
    inputs = decode(request["inputs"], torch.float32, request["inputShape"])
    if inputs.dim() == 4:
        inputs = inputs.permute(0, 3, 1, 2).contiguous()
    formats = {"eager": torch.contiguous_format}
    if inputs.dim() == 4:
        formats["channels-last"] = torch.channels_last
    arms = {}
    for name, memory_format in formats.items():
        own = copy.deepcopy(network).to(memory_format=memory_format)
        optimizer = torch.optim.SGD(
            own.parameters(), lr=request["learningRate"], fused=True)
        x = inputs.to(memory_format=memory_format)
        arms[name] = (own, optimizer, x, labels)
    return arms


def step(arm):
    network, optimizer, inputs, labels = arm
    optimizer.zero_grad()
    loss = F.cross_entropy(network(inputs), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def burst(step, seconds):
    """As `burst.ts` does it: where a step is longer than a burst, one is enough."""
    before = time.perf_counter()
    step()
    is_long = time.perf_counter() - before > seconds
    if not is_long:
        step()
    times = []
    now = time.perf_counter()
    end = now + seconds
    while now < end or len(times) < (1 if is_long else 3):
        step()
        after = time.perf_counter()
        times.append(1000 * (after - now))
        now = after
    return {"milliseconds": statistics.median(times), "steps": len(times)}


def probe(request, arm):
    """A probe of a workload, as a function to call again and again."""
    network, _, inputs, labels = arm
    if request["probe"] == "line":
        kind = request["workload"].split("-")[0]
        direction = ordered(request["direction"], FLATTENED.get(kind))
        return lambda: probes.line(
            network, inputs, labels, direction, request["alphas"],
            request["atATime"])
    double = copy.deepcopy(network).double()
    return lambda: probes.spectrum(
        double, inputs.double(), labels, request["steps"], request["probes"],
        request["wanted"])


loaded = {}


def answer(request):
    command = request["command"]
    if command == "start":
        return {"version": torch.__version__}
    if command == "load":
        loaded[request["workload"]] = load(request)
        return {"arms": list(loaded[request["workload"]])}
    arm = loaded[request["workload"]][request["arm"]]
    torch.set_num_threads(request["threads"])
    if command == "losses":
        arm = copy.deepcopy(arm)
        Block.pads_far = True
        losses = [step(arm) for _ in range(request["steps"])]
        Block.pads_far = False
        return {"losses": losses}
    if command == "burst":
        return burst(lambda: step(arm), request["seconds"])
    if command == "probe":
        work = probe(request, arm)
        if "seconds" in request:
            return burst(work, request["seconds"])
        Block.pads_far = True
        result = work()
        Block.pads_far = False
        return {"result": result}
    raise ValueError(f"unknown command {command}")


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # told to the other side, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
