import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { gridNpz, gridVtp } from "../../lib/probes/export_grid.ts";
import { gridFigure } from "../../lib/probes/grid_figure.ts";
import { bytesSource, entryBytes, readDirectory } from "../../lib/zip/mod.ts";

const plane = {
  axes: [[0, 1], [0, 1, 2]],
  values: { train: { loss: [1, 2, 3, 4, null, 6], error: [0, 0, 0, 1, 1, 1] } },
};

Deno.test("npz: headers of 64 bytes or multiples, shapes, NaN for null", async () => {
  const source = bytesSource(gridNpz(plane), "plane.npz");
  const entries = await readDirectory(source);
  deepStrictEqual(
    entries.map(({ name }) => name),
    ["x.npy", "y.npy", "train_loss.npy", "train_error.npy"],
  );
  const bytes = await entryBytes(source, entries[2]!);
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  strictEqual((10 + size) % 64, 0);
  const header = new TextDecoder().decode(bytes.slice(10, 10 + size));
  ok(
    header.startsWith(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
    ),
  );
  ok(header.endsWith(" \n"));
  deepStrictEqual(
    [...new Float64Array(bytes.slice(10 + size).buffer)],
    [1, 2, 3, 4, NaN, 6],
  );
});

Deno.test("vtp: points, squares, a top for what has no value", () => {
  const text = gridVtp(plane);
  ok(text.includes('NumberOfPoints="6" NumberOfPolys="2"'));
  ok(text.includes("0 0 1\n0 1 2\n0 2 3\n1 0 4\n1 1 6\n1 2 6\n"));
  ok(text.includes("0 3 4 1\n1 4 5 2\n"));
  ok(gridVtp(plane, { top: 3 }).includes("1 2 3\n"));
  throws(() => gridVtp(plane, { name: "__proto__" }), /train/);
  throws(() => gridVtp({ ...plane, axes: [[0]] }), /two axes.*got 1/);
});

Deno.test("Figures: lines over one coordinate, contours and a trajectory over two", () => {
  const line = gridFigure(
    { axes: [[0, 1, 2, 3, 4, 5]], values: plane.values },
    { title: "A line", quantity: "error" },
  );
  deepStrictEqual(line.data[0]?.y, [0, 0, 0, 1, 1, 1]);
  const figure = gridFigure(plane, {
    title: "A plane",
    scale: "log",
    trajectory: [[1, 2], [0, 0]],
  });
  deepStrictEqual(figure.data[0]?.x, [0, 1]);
  deepStrictEqual(figure.data[0]?.y, [0, 1, 2]);
  deepStrictEqual(figure.data[0]?.z, [[0, 0.60206], [0.30103, null], [
    0.477121,
    0.778151,
  ]]);
  deepStrictEqual(figure.data[1]?.y, [2, 0]);
  throws(
    () => gridFigure(plane, { title: "", name: "test" }),
    /train, got "test"/,
  );
});
