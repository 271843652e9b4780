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


def further():
    """What few models have, and what TensorFlow.js has no gradient of."""

    class Further(tf.Module):
        def __init__(self):
            super().__init__()
            rng = np.random.default_rng(6)
            self.kernel = tf.Variable(rng.normal(0, 1, (4, 3)).astype("float32"))
            self.window = tf.Variable(rng.normal(0, 1, (2, 3, 1, 2)).astype("float32"))

        @tf.function(input_signature=[tf.TensorSpec([None, 5, 4], tf.float32, "x")])
        def __call__(self, x):
            image = tf.expand_dims(x, -1)
            conv = lambda **options: tf.nn.conv2d(image, self.window, **options)
            parts = [
                tf.math.ceil(x), tf.math.floor(x), tf.round(x), tf.sign(x), tf.sin(x),
                tf.cos(x), tf.cast(x > 0.2, tf.float32), tf.where(x <= 0.2, x, 2.0 * x),
                tf.cast(tf.logical_and(x >= 0.0, tf.logical_not(x < -1.0)), tf.float32),
                tf.clip_by_value(x, -0.3, 0.4), tf.cumsum(x, axis=1, reverse=True),
                tf.einsum("nij,jk->nik", x, self.kernel), tf.tile(x, [1, 2, 1]),
                tf.reverse(x, [1]) * self.kernel[:, 0], tf.math.top_k(x, 2)[0],
                tf.one_hot(tf.argmax(x, 2), 4), tf.pad(x, [[0, 0], [1, 2], [0, 0]], "REFLECT"),
                tf.pad(x, [[0, 0], [1, 0], [2, 1]], "SYMMETRIC"), tf.zeros_like(x) + 0.25,
                conv(strides=1, padding="SAME"), conv(strides=[1, 2, 1, 1], padding="VALID"),
                conv(strides=1, padding="SAME", dilations=[1, 2, 1, 1]),
                conv(strides=1, padding=[[0, 0], [1, 0], [2, 1], [0, 0]]),
                tf.nn.local_response_normalization(conv(strides=1, padding="SAME"), 1, 0.5, 0.2),
                tf.math.expm1(x), tf.math.log1p(x * x), tf.math.divide_no_nan(x, tf.nn.relu(x)),
                tf.add_n([x, x * x, tf.nn.relu6(x)]), tf.math.squared_difference(x, 0.3),
                tf.math.rsqrt(x * x + 1.0), tf.math.reciprocal(2.0 + tf.sin(x)),
                tf.gather(x, [2, 0], axis=1), tf.nn.log_softmax(x), tf.reduce_max(x, 1),
                tf.unstack(x, axis=2)[1], tf.broadcast_to(self.kernel[:1, :1], [1, 3]) * x[:, 0, :1],
                tf.reduce_sum(x, [1]), tf.reduce_min(x, 2), tf.squeeze(image[:, 1:2, ::2], [1]),
            ]  # fmt: skip
            means = [tf.reduce_mean(p, list(range(1, p.shape.rank))) for p in parts]
            return {"y": tf.stack(means, 1)}

    return Further()


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
for make, shape in [(plain, (4,)), (further, (5, 4))]:
    module = make()
    add(
        make.__name__,
        module,
        lambda path: tf.saved_model.save(module, path, options=options),
        shape,
    )

versions = {
    name: importlib.metadata.version(name)
    for name in ["tensorflow_cpu", "keras", "tf_keras", "tensorflowjs"]
}
text = json.dumps({"versions": versions, "models": models}, indent=1)
(here / "predictions.json").write_text(text + "\n")
