"""Checks that Keras 3 loads the .keras files that Slope writes, and predicts alike.

    deno run -A tests/golden/keras/write.ts FOLDER
    python tests/golden/keras/check_written.py FOLDER

FOLDER has the fixtures of this folder, read and written again by Slope.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np

here = pathlib.Path(__file__).parent
models = json.loads((here / "predictions.json").read_text())["models"]
worst = 0
paths = sorted(pathlib.Path(sys.argv[1]).glob("*.keras"))
for path in paths:
    expected = models[path.stem]
    model = keras.saving.load_model(path, compile=False)
    inputs = np.array(expected["inputs"], "float32").reshape(expected["shape"])
    outputs = np.asarray(model(inputs, training=False)).ravel()
    difference = np.abs(outputs - np.array(expected["outputs"])).max()
    worst = max(worst, difference)
    assert difference <= 1e-5, (path.name, difference)
print(f"Keras {keras.__version__}: {len(paths)} files, largest difference {worst:.1e}")
