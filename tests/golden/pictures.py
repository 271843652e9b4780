"""Small pictures as Pillow writes them, and the pixels that Pillow reads back.

Run: pip install pillow==VERSION (in pictures/expected.json), then
python tests/golden/pictures.py
"""

import json
from pathlib import Path

import PIL
from PIL import Image

folder = Path(__file__).parent / "pictures"
height, width = 10, 14


def pixel(x, y):
    return (20 + 14 * x, 30 + 20 * y, 200 - 5 * x - 6 * y)


colours = Image.new("RGB", (width, height))
colours.putdata([pixel(x, y) for y in range(height) for x in range(width)])
classes = Image.new("P", (width, height))
classes.putpalette([value for i in range(256) for value in (i, 255 - i, i // 2)])
classes.putdata(
    [255 if x == 7 else (x * y) % 21 for y in range(height) for x in range(width)]
)

colours.save(folder / "baseline.jpg", quality=95, subsampling=0)
colours.save(folder / "progressive.jpg", quality=95, subsampling=0, progressive=True)
colours.save(folder / "colours.png")
colours.convert("RGBA").save(folder / "opacity.png")
classes.save(folder / "classes.png")

expected = {"pillow": PIL.__version__, "height": height, "width": width}
for path in sorted(folder.glob("*.*g")):
    image = Image.open(path)
    expected[path.name] = image.tobytes().hex()
(folder / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
