"""Writes figures.json: text widths by fontTools, t intervals by SciPy.

pip install fonttools==4.68.0 scipy==1.17.1 numpy==2.4.6
python make.py PATH/TO/dejavu-fonts-ttf/ttf
"""

import json
import pathlib
import sys

import fontTools
import numpy
import scipy.stats
from fontTools.ttLib import TTFont

TEXTS = ["test error (%)", "‖g‖² and gᵀHg", "η ← η − ε·f′(η)", "WAV", "10⁻³", ""]
RUNS = [[0.5, 1.0, -2.0], [0.7, 1.5, -2.0], [0.6, 4.0, -2.0], [0.9, 2.5, -2.0]]


def widths(path):
    font = TTFont(path)
    names, advances = font.getBestCmap(), font["hmtx"].metrics
    units = font["head"].unitsPerEm
    glyphs = lambda text: [names.get(ord(c), ".notdef") for c in text]
    return {text: sum(advances[g][0] for g in glyphs(text)) / units for text in TEXTS}


def intervals(level):
    runs = numpy.array(RUNS)
    mean = runs.mean(axis=0)
    error = scipy.stats.sem(runs, axis=0)
    low, high = scipy.stats.t.interval(level, len(runs) - 1, mean, numpy.maximum(error, 1e-300))
    return {"y": mean.tolist(), "low": low.tolist(), "high": high.tolist()}


folder = pathlib.Path(sys.argv[1])
golden = {
    "versions": {
        "fonttools": fontTools.version,
        "scipy": scipy.__version__,
        "numpy": numpy.__version__,
    },
    "regular": widths(folder / "DejaVuSans.ttf"),
    "bold": widths(folder / "DejaVuSans-Bold.ttf"),
    "runs": RUNS,
    "intervals": {level: intervals(float(level)) for level in ["0.95", "0.5"]},
}
target = pathlib.Path(__file__).with_name("figures.json")
target.write_text(json.dumps(golden, indent=2, ensure_ascii=False) + "\n")
