import { deepStrictEqual, rejects } from "node:assert";
import { lineFigure } from "../../lib/figures/line_figure.ts";
import {
  endPictures,
  preparePictures,
  renderPicture,
} from "../../lib/figures/pictures.ts";
import { renderPng } from "../../lib/figures/render_png.ts";

const figure = (title: string) =>
  lineFigure({
    title,
    x: { title: "x" },
    y: { title: "y" },
    series: [{ name: "a", x: [0, 1, 2], y: [0, 1, 4] }],
  });

Deno.test("pictures of the thread are those of renderPng() to the byte", async () => {
  const options = { width: 300, scale: 1 };
  const figures = ["a", "b", "c"].map(figure);
  preparePictures();
  preparePictures();
  try {
    const pictures = await Promise.all(
      figures.map((figure) => renderPicture(figure, options)),
    );
    for (const [i, picture] of pictures.entries()) {
      deepStrictEqual(picture, await renderPng(figures[i]!, options));
    }
    await rejects(renderPicture(figures[0]!, { scale: 9 }), RangeError);
  } finally {
    endPictures();
  }
});

Deno.test("what the thread has not drawn when it ends is drawn all the same", async () => {
  const expected = await renderPng(figure("a"));
  preparePictures();
  const picture = renderPicture(figure("a"));
  endPictures();
  deepStrictEqual(await picture, expected);
});
