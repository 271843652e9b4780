import { deepStrictEqual, ok, throws } from "node:assert";
import { imageSheetFigure, tableFigure } from "../../lib/figures/mod.ts";

Deno.test("tableFigure() breaks long texts, and cuts long words", () => {
  const { data, layout } = tableFigure({
    title: "t",
    columns: [{ title: "a", width: 12 }, { title: "b", align: "right" }],
    rows: [["one two three four", "1"], ["x".repeat(20), "2"], ["<b>&", "3"]],
  });
  deepStrictEqual(data[0]!.text, [
    "<b>a</b>",
    "one two<br>three four",
    "x".repeat(11) + "…",
    "&lt;b&gt;&amp;",
  ]);
  const [, first, second] = data[0]!.y as number[];
  ok(second! - first! > 28); // the row of two lines is higher
  deepStrictEqual(data[1]!.textposition, "middle left");
  ok((layout.height as number) > 4 * 28);
});

Deno.test("tableFigure() refuses rows of another length", () => {
  throws(
    () =>
      tableFigure({
        title: "t",
        columns: [{ title: "a" }],
        rows: [["1", "2"]],
      }),
    { name: "TypeError", message: "row 0 must have 1 texts, got 2" },
  );
});

Deno.test("imageSheetFigure() refuses what is no sheet of images", () => {
  const shape = [2, 2, 1] as const;
  throws(
    () => imageSheetFigure({ title: "t", shape, rows: [] }),
    { name: "RangeError", message: "rows must have images" },
  );
  throws(
    () =>
      imageSheetFigure({
        title: "t",
        shape,
        rows: [{ name: "a", images: [[1]] }],
      }),
    { name: "TypeError", message: 'an image of "a" must have 4 values, got 1' },
  );
  throws(
    () =>
      imageSheetFigure({
        title: "t",
        shape: [1, 1, 2],
        rows: [{ name: "a", images: [[1, 2]] }],
      }),
    { name: "RangeError", message: "an image has 1 or 3 channels, got 2" },
  );
});
