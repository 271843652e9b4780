"""Models as PyTorch, tf2onnx and onnx write them as ONNX, and what they predict.

Writes beside this file `*.onnx` and `predictions.json`: versions, inputs and the
outputs of the framework that a model comes from; onnxruntime agrees to 1e-5 with each,
or the script fails.

    pip install torch==2.15.0 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.32.0
    pip install tf2onnx==1.17.0 tf_keras==2.21.0 tensorflow-cpu==2.21.0
    python make.py
"""

import importlib.metadata
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

here = pathlib.Path(__file__).parent
models = {}


def numbers(array):
    """Nine digits are all that single precision has."""
    return [float(f"{number:.9g}") for number in array.ravel()]


def add(name, x, y, shape):
    """Checks a file against onnxruntime and notes what it predicts.

    `shape` is that of an example as Slope takes it: channels last.
    """
    path = here / f"{name}.onnx"
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    if given.shape[0] == 1:
        rows = [session.run(None, {given.name: row[None]})[0] for row in x]
        again = np.concatenate(rows)
    else:
        (again,) = session.run(None, {given.name: x})
    assert np.abs(again - y).max() < 1e-5, (name, np.abs(again - y).max())
    kept = x if list(x.shape[1:]) == shape else np.moveaxis(x, 1, -1)
    assert list(kept.shape[1:]) == shape, (name, kept.shape, shape)
    models[name] = {
        "shape": list(kept.shape),
        "inputs": numbers(kept),
        "outputs": numbers(y),
    }


def stripped(path):
    """Without what exporters write of the code that made the model."""
    model = onnx.load(path)
    for part in [model, model.graph, *model.graph.node, *model.graph.value_info]:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    for end in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        end.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    onnx.save(model, path)


def randomised(model):
    """Weights and statistics that no initialiser would give."""
    torch.manual_seed(5)
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if value.dtype.is_floating_point:
                value.normal_(0, 0.4)
                if "var" in name:
                    value.abs_().add_(0.5)
    return model.eval()


def export(name, model, x, shape, batch="n", **options):
    path = here / f"{name}.onnx"
    axes = {"x": {0: batch}, "y": {0: batch}} if batch else None
    options = {"dynamo": False, "dynamic_axes": axes, **options}
    torch.onnx.export(
        model,
        (torch.from_numpy(x[:1] if batch is None else x),),
        str(path),
        input_names=["x"],
        output_names=["y"],
        **options,
    )
    stripped(path)
    with torch.no_grad():
        y = model(torch.from_numpy(x)).numpy()
    add(name, x, y, shape)


class Residual(nn.Module):
    """A shortcut, and a view of a size that depends on the examples."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.second = nn.Conv2d(4, 4, 3, padding=1, groups=2)
        self.short = nn.Conv2d(4, 4, 1, bias=False)
        self.head = nn.Linear(4 * 2 * 2, 3)

    def forward(self, x):
        x = torch.relu(self.norm(self.first(x)))
        x = torch.relu(self.second(x) + self.short(x))
        x = nn.functional.avg_pool2d(x, 3, stride=3)
        return self.head(x.view(x.size(0), -1))


class Lines(nn.Module):
    """A convolution of sequences."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(2, 4, 3, padding=2, dilation=2)
        self.pool = nn.MaxPool1d(2)
        self.head = nn.Linear(12, 2)

    def forward(self, x):
        return self.head(torch.flatten(self.pool(torch.tanh(self.first(x))), 1))


class Activations(nn.Module):
    """Every activation that is read, one after another."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 6)
        self.norm = nn.LayerNorm(6)
        self.prelu = nn.PReLU(6)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        f = nn.functional
        x = self.prelu(self.norm(self.layer(x)))
        parts = [
            f.elu(x, 0.7), f.selu(x), f.leaky_relu(x, 0.2), f.gelu(x), f.silu(x),
            f.softplus(x), f.softsign(x), f.hardsigmoid(x), f.hardswish(x),
            f.mish(x), f.relu6(3 * x), torch.clamp(x, -0.5, 0.5), torch.sigmoid(x),
            torch.tanh(x), torch.erf(x), torch.exp(-x.abs()), x.square().sqrt(),
            torch.log(1 + x * x), (x * x).pow(1.5), 1 / (1 + x * x),
            f.gelu(x, approximate="tanh"),
        ]  # fmt: skip
        whole = torch.stack(parts, 1)
        a, b = torch.split(whole[:, 1:-1:2], [4, 6], 1)
        rows = torch.cat([whole.mean(1), a.max(1).values, b.amin(1)], 0)
        rows = rows.view(3, -1, 6).sum(0) + whole[:, 2] - whole[:, 3]
        return self.head(rows)


rng = np.random.default_rng(3)
normal = lambda *shape: rng.normal(0, 1, shape).astype("float32")

mlp = randomised(
    nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
)
export("mlp", mlp, normal(3, 4), [4])
convnet = randomised(
    nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, stride=2),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Conv2d(4, 8, 3, padding=(1, 0), groups=4),
        nn.LeakyReLU(0.1),
        nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
        nn.ConvTranspose2d(8, 3, 3, stride=2, padding=1, output_padding=1),
        nn.AvgPool2d(2, padding=1, count_include_pad=False),
        nn.Flatten(),
        nn.Dropout(0.5),
        nn.Linear(3 * 4 * 3, 3),
        nn.Softmax(dim=1),
    )
)
# Batch normalisation as it is, not folded into the convolution before it.
export("convnet", convnet, normal(3, 2, 9, 9), [9, 9, 2],
       training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
export("residual", randomised(Residual()), normal(2, 3, 8, 8), [8, 8, 3])
export("single", randomised(Residual()), normal(2, 3, 8, 8), [8, 8, 3], batch=None)
export("lines", randomised(Lines()), normal(2, 2, 7), [2, 7])
export("activations", randomised(Activations()), normal(2, 5), [5], opset_version=18)
export("dynamo", randomised(Residual()), normal(2, 3, 8, 8), [8, 8, 3],
       batch="n", dynamo=True, external_data=False, verbose=False,
       dynamic_axes=None, dynamic_shapes=({0: torch.export.Dim("n")},))

# Keras's channels are last; tf2onnx puts transpositions around.
import tensorflow as tf
import tf2onnx
import tf_keras

tf_keras.utils.set_random_seed(7)
l = tf_keras.layers
model = tf_keras.Sequential([
    tf_keras.Input((6, 6, 2)),
    l.Conv2D(3, 3, activation="relu", padding="same"),
    l.DepthwiseConv2D(3),
    l.BatchNormalization(),
    l.MaxPooling2D(),
    l.Flatten(),
    l.Dense(3, activation="softmax"),
])  # fmt: skip
for weight in model.weights:
    weight.assign(np.abs(normal(*weight.shape)) + 0.1)
x = normal(2, 6, 6, 2)
tf2onnx.convert.from_keras(
    model,
    input_signature=[tf.TensorSpec([None, 6, 6, 2], tf.float32, "x")],
    output_path=str(here / "keras.onnx"),
    opset=15,
)
add("keras", x, np.asarray(model(x, training=False)), [6, 6, 2])

def assemble(name, x, shape, branches, constants):
    """A model of many small parts, each of them one operation, side by side.

    `branches` are lists of nodes: operation, inputs after the first, options. What the
    last of each gives is averaged over all axes but the examples'.
    """
    nodes, ends = [], []
    for i, branch in enumerate(branches):
        at = "x"
        for j, (op, more, options) in enumerate(branch):
            before, at = at, f"{op}_{i}_{j}"
            nodes.append(onnx.helper.make_node(op, [before, *more], [at], **options))
        ends.append(f"end_{i}")
        nodes.append(onnx.helper.make_node("Flatten", [at], [f"flat_{i}"]))
        nodes.append(
            onnx.helper.make_node("ReduceMean", [f"flat_{i}", "one"], [ends[-1]], keepdims=1)
        )
    nodes.append(onnx.helper.make_node("Concat", ends, ["y"], axis=1))
    float_ = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        nodes,
        name,
        [onnx.helper.make_tensor_value_info("x", float_, ["n", *x.shape[1:]])],
        [onnx.helper.make_tensor_value_info("y", float_, ["n", len(ends)])],
        [onnx.numpy_helper.from_array(v, k) for k, v in {"one": np.array([1]), **constants}.items()],
    )
    opset = onnx.helper.make_opsetid("", 18)
    onnx.save(onnx.helper.make_model(graph, opset_imports=[opset], ir_version=9), here / f"{name}.onnx")
    session = onnxruntime.InferenceSession(here / f"{name}.onnx")
    add(name, x, session.run(None, {"x": x})[0], shape)


def windows():
    """Every way to tell windows, padding and their rules."""
    conv = lambda more=["k"], **options: [("Conv", more, options)]
    pool = lambda op, size, **options: [(op, [], {"kernel_shape": size, **options})]
    return [
        conv(),
        conv(["k", "b"], pads=[1, 0, 2, 1], strides=[2, 1]),
        conv(auto_pad="SAME_UPPER", strides=[2, 1]),
        conv(auto_pad="SAME_LOWER", strides=[2, 1]),
        conv(auto_pad="VALID", dilations=[2, 3]),
        conv(dilations=[2, 1], pads=[2, 1, 2, 1]),
        conv(["d"], group=2, pads=[1, 1, 1, 1]),
        [("ConvTranspose", ["t"], {"strides": [2, 1], "pads": [1, 0, 0, 1]})],
        [("ConvTranspose", ["t", "b"], {"strides": [3, 2], "output_padding": [2, 1]})],
        *[
            pool(op, [3, 2], **options)
            for op in ["MaxPool", "AveragePool"]
            for options in [
                {},
                {"strides": [2, 3]},
                {"pads": [1, 0, 2, 1], "strides": [2, 2]},
                {"auto_pad": "SAME_LOWER", "strides": [2, 1]},
                {"auto_pad": "SAME_UPPER", "strides": [3, 1]},
                {"ceil_mode": 1, "strides": [2, 2]},
            ]
        ],
        pool("MaxPool", [3, 3], pads=[1, 1, 1, 1], strides=[2, 2], ceil_mode=1),
        pool("AveragePool", [3, 3], pads=[1, 1, 1, 1], count_include_pad=1),
        [("GlobalMaxPool", [], {})],
        [("BatchNormalization", ["s", "s", "s", "v"], {"epsilon": 0.01})],
        [("LRN", [], {"size": 3, "alpha": 0.3, "beta": 0.6, "bias": 1.5})],
    ]  # fmt: skip


assemble("windows", normal(2, 2, 9, 8), [9, 8, 2], windows(), {
    "k": normal(3, 2, 3, 2), "b": normal(3), "d": normal(4, 1, 3, 3),
    "t": normal(2, 3, 3, 2), "s": normal(2), "v": np.abs(normal(2)),
})  # fmt: skip


def further():
    """What few models have, and what TensorFlow.js has no gradient of."""
    one = lambda op, *more, **options: [(op, list(more), options)]
    floats = [("Cast", [], {"to": 1})]
    compare = lambda op: [*one(op, "half"), *floats]
    return [
        *[one(op) for op in ["Ceil", "Floor", "Round", "Sign", "Sin", "Cos", "Celu"]],
        *[
            compare(op)
            for op in ["Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal"]
        ],
        [*one("Greater", "half"), *one("Not"), *one("Where", "a", "half")],
        [*one("Less", "half"), *one("And", "true"), *one("Or", "false"), *floats],
        one("Clip", "low", "half"), one("Clip", "low"), one("Clip", "", "half"),
        one("ThresholdedRelu", alpha=0.4), one("CumSum", "one", exclusive=1),
        one("Tile", "twice"), one("Einsum", "w", equation="nij,jk->nik"),
        [*one("ArgMax", axis=2, keepdims=0), *floats],
        one("Gather", "pick", axis=1), one("Slice", "from", "to", "axes", "steps"),
        one("Transpose", perm=[0, 2, 1]), one("Pad", "pads", "half"),
        [*one("Unsqueeze", "one"), *one("Squeeze", "one")], one("Expand", "wide"),
        one("Max", "half", "a"), one("Min", "half"), one("Sum", "a"), one("Mean", "half"),
        one("Neg"),
        one("ReduceSum", "one"), one("ReduceMin", "one"), one("ReduceSumSquare", "one"),
        one("LogSoftmax", axis=1), one("Softmax", axis=-1), one("MatMul", "w"), one("Dropout"),
    ]  # fmt: skip


assemble("further", normal(2, 3, 4), [3, 4], further(), {
    "half": np.float32(0.5), "low": np.float32(-0.2), "a": normal(3, 4), "w": normal(4, 2),
    "true": np.array(True), "false": np.array(False), "twice": np.array([1, 2, 3]),
    "pick": np.array([2, 0, -1]), "from": np.array([0, -1]), "to": np.array([2, 9]),
    "axes": np.array([1, 2]), "steps": np.array([1, 2]), "pads": np.array([0, 1, 0, 0, 0, 2]),
    "wide": np.array([1, 3, 4]),
})  # fmt: skip

# Weights in a file of their own.
whole = onnx.load(here / "mlp.onnx")
(here / "external.bin").unlink(missing_ok=True)
onnx.save(
    whole,
    here / "external.onnx",
    save_as_external_data=True,
    location="external.bin",
    size_threshold=0,
)
os.chmod(here / "external.bin", 0o644)
models["external"] = models["mlp"]

versions = {
    name: importlib.metadata.version(name)
    for name in ["torch", "onnx", "onnxscript", "onnxruntime", "tf2onnx", "tf_keras"]
}
text = json.dumps({"versions": versions, "models": models}, indent=1)
(here / "predictions.json").write_text(text + "\n")
