"""Models as both generations of Keras save them, and what they predict.

Writes beside this file, for each model and generation, the model as `.keras` and
as `.h5` (gzipped), and `predictions.json`: versions, inputs and outputs.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1 tf_keras==2.21.0
    python make.py
"""

import gzip
import importlib.metadata
import json
import os
import pathlib
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tf_keras

here = pathlib.Path(__file__).parent


def sequential(k, generation):
    """The plainest: convolutions and dense layers, one after another."""
    l = k.layers
    return k.Sequential(
        [
            k.Input((6, 6, 1)),
            l.Conv2D(3, 3, activation="relu", kernel_regularizer="l2"),
            l.BatchNormalization(),
            l.MaxPooling2D(),
            l.Flatten(),
            l.Dense(4, activation="tanh"),
            l.Dropout(0.5),
            l.Dense(3, activation="softmax"),
        ],
        name="plain",
    )


def images(k, generation):
    """Everything that works on images."""
    l = k.layers
    x = inputs = k.Input((8, 8, 2), name="image")
    x = l.Rescaling(0.5, offset=-0.1)(x)
    x = l.ZeroPadding2D(((1, 0), (0, 1)))(x)
    x = l.Conv2D(3, (3, 2), strides=2, padding="same", use_bias=False)(x)
    x = l.BatchNormalization(momentum=0.9, epsilon=1e-4)(x)
    x = l.LeakyReLU(0.2)(x)
    x = l.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(x)
    x = l.ELU()(x)
    x = l.SeparableConv2D(4, 2, activation="relu6")(x)
    x = l.Conv2DTranspose(3, 3, strides=2, padding="same", activation="swish")(x)
    x = l.PReLU(shared_axes=[1, 2])(x)
    x = l.UpSampling2D((1, 2))(x)
    x = l.Cropping2D(((1, 1), (0, 2)))(x)
    x = l.Conv2D(4, 2, dilation_rate=2, activation="selu", padding="same")(x)
    a = l.AveragePooling2D((2, 2), padding="same")(x)
    a = l.GlobalAveragePooling2D()(a)
    b = l.MaxPooling2D(3, strides=1)(x)
    b = l.GlobalMaxPooling2D()(b)
    c = l.Permute((3, 1, 2))(x)
    c = l.Flatten()(c)
    c = l.Dense(4, activation="softsign")(c)
    x = l.Concatenate()([a, b, c])
    return k.Model(inputs, l.Dense(3, activation="softmax")(x), name="images")


def branches(k, generation):
    """Branches, merges, layers that are shared, and models within models."""
    l = k.layers
    inputs = k.Input((4,))
    shared = l.Dense(4, activation="sigmoid", name="shared_one")
    a = shared(inputs)
    b = shared(l.Activation("tanh")(a))
    inner = k.Sequential(
        [k.Input((4,)), l.Dense(4, activation="elu"), l.BatchNormalization()],
        name="inner_sequence",
    )
    x = k.Input((4,), name="inner_input")
    y = l.Dense(4, activation="softplus")(x)
    functional = k.Model(x, l.Add()([x, y]), name="inner_function")
    c = functional(inner(a))
    d = functional(b)
    e = l.ReLU(max_value=1.5)(l.Average()([c, d]))
    f = l.Maximum()([a, d])
    g = l.Minimum()([e, f])
    h = l.Multiply()([g, c])
    i = l.LayerNormalization()(h)
    j = l.Dot(axes=1)([i, e])
    m = l.RepeatVector(2)(i)
    m = l.Reshape((4, 2))(m)
    m = l.Softmax()(m)
    m = l.Flatten()(m)
    m = l.GaussianNoise(0.1)(m)
    m = l.GaussianDropout(0.1)(m)
    m = l.AlphaDropout(0.1)(m)
    out = l.Concatenate()([j, m, h])
    out = l.Dense(2, activation="linear", use_bias=True)(out)
    return k.Model(inputs, out, name="branches")


def recurrent(k, generation):
    """Everything that works on sequences."""
    l = k.layers
    x = inputs = k.Input((7,))
    x = l.Embedding(9, 4)(x)
    x = l.SpatialDropout1D(0.2)(x)
    x = l.Conv1D(4, 3, padding="same", activation="relu")(x)
    x = l.Bidirectional(l.LSTM(3, return_sequences=True))(x)
    x = l.TimeDistributed(l.Dense(4, activation="tanh"))(x)
    y = l.MaxPooling1D(2)(x)
    z = l.AveragePooling1D(2)(x)
    x = l.Add()([y, z])
    x = l.GRU(3, return_sequences=True, reset_after=False)(x)
    x = l.Bidirectional(l.SimpleRNN(2, return_sequences=True), merge_mode="sum")(x)
    x = l.LSTM(3, return_sequences=True, go_backwards=True)(x)
    a = l.GlobalAveragePooling1D()(x)
    b = l.GlobalMaxPooling1D()(x)
    x = l.Concatenate()([a, b])
    return k.Model(inputs, l.Dense(2)(x), name="recurrent")


def volumes(k, generation):
    """Everything with three spatial axes, or time and two."""
    l = k.layers
    x = inputs = k.Input((4, 4, 4, 1))
    x = l.Conv3D(2, 2, padding="same", activation="relu")(x)
    a = l.MaxPooling3D(2)(x)
    b = l.AveragePooling3D(2)(x)
    x = l.Concatenate()([a, b])
    x = l.Conv3DTranspose(2, 2, strides=2)(x)
    x = l.ConvLSTM2D(2, 2, padding="same")(x)
    x = l.Flatten()(x)
    return k.Model(inputs, l.Dense(2)(x), name="volumes")


def randomised(model, rng):
    """Weights that no initialiser would give, variances among them."""
    values = []
    for weight in model.weights:
        path = getattr(weight, "path", weight.name)
        value = rng.normal(0, 0.5, weight.shape)
        if "variance" in path:
            value = np.abs(value) + 0.5
        values.append(value.astype("float32"))
    model.set_weights(values)
    return model


predictions = {
    "versions": {
        name: importlib.metadata.version(name)
        for name in ["keras", "tf_keras", "tensorflow_cpu", "h5py", "numpy"]
    },
    "models": {},
}
for generation, k in [(2, tf_keras), (3, keras)]:
    for make in [sequential, images, branches, recurrent, volumes]:
        k.backend.clear_session()
        rng = np.random.default_rng(len(make.__name__))
        model = randomised(make(k, generation), rng)
        shape = (2, *model.input_shape[1:])
        if make is recurrent:
            x = rng.integers(0, 9, shape).astype("float32")
        else:
            x = rng.normal(0, 1, shape).astype("float32")
        name = f"{make.__name__}_keras{generation}"
        predictions["models"][name] = {
            "shape": list(shape),
            "inputs": x.ravel().tolist(),
            "outputs": np.asarray(model(x, training=False)).ravel().tolist(),
            "parameters": int(model.count_params()),
        }
        with tempfile.TemporaryDirectory() as folder:
            for ending in ["keras", "h5"]:
                path = pathlib.Path(folder) / f"{name}.{ending}"
                model.save(path)
                (here / f"{path.name}.gz").write_bytes(
                    gzip.compress(path.read_bytes(), mtime=0)
                )

text = json.dumps(predictions, indent=1)
(here / "predictions.json").write_text(text + "\n")
