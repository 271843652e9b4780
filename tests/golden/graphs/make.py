"""Models as Keras, TensorFlow and the converter of TensorFlow.js write graphs, and what
they predict.

Writes beside this file, for each model, the folder of a SavedModel (its graph
gzipped) and, as the
converter makes it of that one, the folder of a graph model; and `predictions.json`:
versions, inputs and outputs of the model as it was in Python.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1 tf_keras==2.21.0
    pip install --no-deps tensorflowjs==4.22.0 tensorflow-hub==0.16.1 setuptools==75.8.0
    python make.py
"""

import gzip
import importlib.metadata
import json
import os
import pathlib
import shutil
import sys
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# What the converter imports for kinds of models that are not made here.
for name in ["tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"]:
    sys.modules[name] = types.ModuleType(name)
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]
from tensorflowjs.converters import tf_saved_model_conversion_v2 as conversion

here = pathlib.Path(__file__).parent
models = {}


def randomised(model):
    """Weights that no initialiser would give, variances among them."""
    rng = np.random.default_rng(len(model.weights))
    values = []
    for weight in model.weights:
        value = rng.normal(0, 0.5, weight.shape)
        if "variance" in getattr(weight, "path", weight.name):
            value = np.abs(value) + 0.5
        values.append(value.astype("float32"))
    model.set_weights(values)
    return model


def images(k):
    """Convolutions, normalisation, pooling and dense layers."""
    l = k.layers
    return k.Sequential([
        k.Input((7, 7, 2)),
        l.Conv2D(3, 3, padding="same", strides=2, activation="relu"),
        l.BatchNormalization(),
        l.DepthwiseConv2D(2, depth_multiplier=2),
        l.LeakyReLU(),
        l.MaxPooling2D(2, strides=1, padding="same"),
        l.AveragePooling2D(2, strides=1, padding="same"),
        l.Flatten(),
        l.Dense(4, activation="tanh"),
        l.Dropout(0.5),
        l.Dense(3, activation="softmax"),
    ])  # fmt: skip


def shortcuts(k):
    """Branches, sizes that depend on the number of examples, and shared weights."""
    l = k.layers
    x = inputs = k.Input((6, 4))
    a = l.Conv1D(4, 3, padding="same", activation="elu")(x)
    x = l.Add()([a, x])
    x = l.Reshape((4, 3, 2))(x)
    x = l.Conv2DTranspose(3, 2, strides=2, padding="same")(x)
    x = l.Permute((2, 1, 3))(x)
    x = l.Concatenate()([l.ReLU(max_value=6)(x), l.PReLU(shared_axes=[1, 2])(x)])
    x = l.GlobalAveragePooling2D()(x)
    x = l.BatchNormalization()(x)
    shared = l.Dense(6, activation="sigmoid")
    x = shared(shared(x))
    return k.Model(inputs, l.Dense(2)(x))


def plain():
    """A graph of TensorFlow alone, with a table of words and what has no layer."""

    class Plain(tf.Module):
        def __init__(self):
            super().__init__()
            rng = np.random.default_rng(4)
            normal = lambda *shape: tf.Variable(rng.normal(0, 0.5, shape).astype("float32"))
            self.kernel, self.bias, self.last = normal(4, 6), normal(6), normal(3, 10)

        @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, "x")])
        def __call__(self, x):
            x = tf.nn.selu(tf.nn.bias_add(tf.matmul((x - 0.1) / 2.0, self.kernel), self.bias))
            rows = tf.shape(x)[0]
            a, b = tf.split(tf.reshape(x, tf.stack([rows, 3, 2])), [1, 2], axis=1)
            x = tf.concat([b, tf.square(a), b[:, ::2]], 1)
            x = tf.pad(x, [[0, 0], [0, 1], [0, 0]])
            x = tf.reshape(x, [-1, 10]) * tf.constant(0.5)
            x = tf.nn.softplus(x) - tf.reduce_mean(x, axis=-1, keepdims=True)
            return {"y": tf.matmul(x, self.last, transpose_b=True)}

    return Plain()


def add(name, model, save, shape):
    folder = here / name
    for old in [folder / "saved_model", folder / "graph_model"]:
        shutil.rmtree(old, ignore_errors=True)
    save(str(folder / "saved_model"))
    for extra in ["fingerprint.pb", "keras_metadata.pb", "assets"]:
        path = folder / "saved_model" / extra
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    convert_saved_model(str(folder / "saved_model"), str(folder / "graph_model"))
    graph = folder / "saved_model" / "saved_model.pb"
    packed = gzip.compress(graph.read_bytes(), mtime=0)
    graph.with_suffix(".pb.gz").write_bytes(packed)
    graph.unlink()
    x = np.random.default_rng(9).normal(0, 1, (2, *shape)).astype("float32")
    y = model(x)
    y = np.asarray(y["y"] if isinstance(y, dict) else y)
    numbers = lambda a: [float(f"{v:.9g}") for v in a.ravel()]
    models[name] = {"shape": list(x.shape), "inputs": numbers(x), "outputs": numbers(y)}


def convert_saved_model(source, target):
    conversion.convert_tf_saved_model(source, target, skip_op_check=True)


options = tf.saved_model.SaveOptions(save_debug_info=False)
for make, shape in [(images, (7, 7, 2)), (shortcuts, (6, 4))]:
    model = randomised(make(keras))
    add(
        f"{make.__name__}_keras3",
        lambda x, model=model: model(x, training=False),
        lambda path, model=model: model.export(path, verbose=False),
        shape,
    )
    model = randomised(make(tf_keras))
    add(
        f"{make.__name__}_keras2",
        lambda x, model=model: model(x, training=False),
        lambda path, model=model: model.save(path, save_format="tf", options=options),
        shape,
    )
module = plain()
add("plain", module, lambda path: tf.saved_model.save(module, path, options=options), (4,))

versions = {
    name: importlib.metadata.version(name)
    for name in ["tensorflow_cpu", "keras", "tf_keras", "tensorflowjs"]
}
text = json.dumps({"versions": versions, "models": models}, indent=1)
(here / "predictions.json").write_text(text + "\n")
