"""safetensors files that its own package wrote, and read.

Writes package.safetensors beside this file, and checks that the package reads
slope.safetensors, which Slope wrote, as what it is.

    pip install safetensors==0.8.0 numpy==2.4.6
    python make.py
"""

import pathlib

import numpy
from safetensors import safe_open
from safetensors.numpy import save_file

folder = pathlib.Path(__file__).parent
metadata = {"step": "7", "note": "naïve"}
tensors = {
    "kernel": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4,
    "scalar": numpy.array(0.1, dtype=numpy.float64),
    "empty": numpy.zeros((0, 3), dtype=numpy.float32),
    "größe": numpy.array([-1, 2**31 - 1], dtype=numpy.int32),
}

path = folder / "package.safetensors"
save_file(tensors, path, metadata=metadata)
path.chmod(0o644)

with safe_open(folder / "slope.safetensors", "numpy") as file:
    assert file.metadata() == metadata
    assert sorted(file.keys()) == sorted(tensors)
    for name, expected in tensors.items():
        actual = file.get_tensor(name)
        assert actual.dtype == expected.dtype, name
        assert actual.shape == expected.shape, name
        assert (actual == expected).all(), name
print("slope.safetensors is read as it should be")
