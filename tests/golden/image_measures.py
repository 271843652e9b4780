"""Structural similarity, histogram intersection and intersection over union as
scikit-image, numpy and scikit-learn compute them.

Writes image_measures.json beside this file.

    pip install numpy==2.4.6 scikit-image==0.26.0 scikit-learn==1.9.1
    python image_measures.py
"""

import importlib.metadata
import json
import pathlib

import numpy
from skimage.metrics import structural_similarity
from sklearn.metrics import confusion_matrix, jaccard_score

random = numpy.random.default_rng(5)
side = 20


def smooth(image):
    for axis in (0, 1):
        image = (image + numpy.roll(image, 1, axis) + numpy.roll(image, 2, axis)) / 3
    return image


def bytes_of(image):
    return numpy.round(255 * numpy.clip(image, 0, 1)).astype(numpy.uint8)


def histogram_distance(x, y):
    shared = []
    for channel in range(3):
        p, q = (
            numpy.histogram(image[..., channel], bins=32, range=(0, 1))[0] / side**2
            for image in (x, y)
        )
        shared.append(numpy.minimum(p, q).sum())
    return 1 - numpy.mean(shared)


base = smooth(random.random((side, side, 3)))
flat = numpy.full((side, side, 3), 0.6)
pairs = []
for x, y in [
    (base, base + 0.1 * random.standard_normal(base.shape)),
    (base, smooth(random.random((side, side, 3)))),
    (base, 1 - base),
    (flat, flat + 0.02),
    (base, 0.5 * base + 0.4),
]:
    x, y = bytes_of(x), bytes_of(y)
    # Not on the edge between two levels of a histogram: doubles and floats agree.
    a, b = x / 255, y / 255
    pairs.append(
        {
            "x": x.tobytes().hex(),
            "y": y.tobytes().hex(),
            "similarity": structural_similarity(a, b, channel_axis=2, data_range=1),
            "distance": histogram_distance(a, b),
        }
    )

truth = random.choice([0, 1, 2, 4, 255], 500, p=[0.5, 0.2, 0.15, 0.1, 0.05])
found = numpy.where(random.random(500) < 0.7, truth, random.integers(0, 5, 500))
found = numpy.where(found == 255, 0, found)
found = numpy.where(found == 3, 1, found)  # neither is nor is found
counted = truth != 255
labels = sorted(set(truth[counted]) | set(found[counted]))

versions = {
    name: importlib.metadata.version(name)
    for name in ("numpy", "scikit-image", "scikit-learn")
}
text = json.dumps(
    {
        "versions": versions,
        "side": side,
        "pairs": pairs,
        "segmentation": {
            "classes": 5,
            "truth": bytes(truth.astype(numpy.uint8)).hex(),
            "found": bytes(found.astype(numpy.uint8)).hex(),
            "confusion": json.dumps(
                confusion_matrix(
                    truth[counted], found[counted], labels=range(5)
                ).ravel().tolist()
            ),
            "meanIntersectionOverUnion": jaccard_score(
                truth[counted], found[counted], labels=labels, average="macro"
            ),
        },
    },
    indent=2,
)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
