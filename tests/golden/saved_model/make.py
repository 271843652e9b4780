"""Makes the SavedModel in this folder.

    python -m venv venv && venv/bin/pip install tensorflow-cpu==2.21.0
    venv/bin/python make.py

Two signatures:
  serving_default: x float32 [n, 2] -> y = x @ [[1, 2], [3, 4]] + [10, 20]
  types: a uint8 [n], b int64 [n], c string [n]
      -> sum = a + b (int64), text = c + "!"
"""

import os
import shutil

import tensorflow as tf

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
        self.bias = tf.Variable([10.0, 20.0])

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, "x")])
    def affine(self, x):
        return {"y": tf.matmul(x, self.kernel) + self.bias}

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.uint8, "a"),
            tf.TensorSpec([None], tf.int64, "b"),
            tf.TensorSpec([None], tf.string, "c"),
        ]
    )
    def types(self, a, b, c):
        return {
            "sum": tf.cast(a, tf.int64) + b,
            "text": tf.strings.join([c, "!"]),
        }


if __name__ == "__main__":
    model = Model()
    for name in ("assets", "variables"):
        shutil.rmtree(os.path.join(FOLDER, name), ignore_errors=True)
    tf.saved_model.save(
        model,
        FOLDER,
        signatures={"serving_default": model.affine, "types": model.types},
        options=tf.saved_model.SaveOptions(save_debug_info=False),
    )
