/**
 * Grids for other programs: NumPy and ParaView.
 *
 * @module
 */
import { encodeZip } from "../zip/encode.ts";
import type { Grid } from "./grid.ts";

/** Doubles as a file of NumPy's format, version 1. */
function npy(shape: readonly number[], values: Float64Array): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text =
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + values.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]); // \x93NUMPY 1.0
  new DataView(bytes.buffer).setUint16(8, length, true);
  const header = text.padEnd(length - 1) + "\n";
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(values.buffer), 10 + length);
  return bytes;
}

/** Numbers; null becomes NaN. */
function doubles(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? NaN);
}

/**
 * A grid as an `.npz` archive: `x` (and `y`) hold the coordinates of the first (and
 * second) axis, `train_loss`, `train_error` and so on the values, `[x]` or `[x, y]`;
 * NaN where there is none.
 *
 * @example
 * ```ts
 * import { gridNpz } from "./export_grid.ts";
 * import { strictEqual } from "node:assert";
 *
 * const values = { train: { loss: [1, 2], error: [0, 1] } };
 * const bytes = gridNpz({ axes: [[0, 1]], values });
 * strictEqual(new TextDecoder().decode(bytes.subarray(30, 35)), "x.npy");
 * ```
 */
export function gridNpz({ axes, values }: Grid): Uint8Array<ArrayBuffer> {
  const shape = axes.map((axis) => axis.length);
  const files: Record<string, Uint8Array> = {};
  axes.forEach((axis, i) =>
    files[`${"xy"[i]}.npy`] = npy([axis.length], Float64Array.from(axis))
  );
  for (const [name, { loss, error }] of Object.entries(values)) {
    files[`${name}_loss.npy`] = npy(shape, doubles(loss));
    files[`${name}_error.npy`] = npy(shape, doubles(error));
  }
  return encodeZip(files);
}

/** Options of {@linkcode gridVtp}. */
export interface VtpOptions {
  /** The data set that gives the height. @default {the first} */
  readonly name?: string;
  /** Whether the height is the logarithm of the loss. @default {false} */
  readonly log?: boolean;
  /** The most height; where there is no value it is this too. @default {the highest value} */
  readonly top?: number;
}

/**
 * A plane as a surface for ParaView (`.vtp`, VTK's XML for polygons): the loss is the
 * height, and a value of each point by the name `loss`.
 *
 * @throws {TypeError} If the grid has one axis, or no such data set.
 * @throws {RangeError} If the surface has no finite value.
 *
 * @example One square
 * ```ts
 * import { gridVtp } from "./export_grid.ts";
 * import { ok } from "node:assert";
 *
 * const values = { train: { loss: [1, 2, 3, 4], error: [0, 0, 0, 0] } };
 * const text = gridVtp({ axes: [[0, 1], [0, 1]], values });
 * ok(text.includes('NumberOfPoints="4" NumberOfPolys="1"'));
 * ```
 */
export function gridVtp(
  { axes, values }: Grid,
  options: VtpOptions = {},
): string {
  const { name = Object.keys(values)[0] ?? "", log = false } = options;
  const [xs, ys] = axes;
  const own = Object.hasOwn(values, name) ? values[name] : undefined;
  if (xs === undefined || ys === undefined || own === undefined) {
    throw new TypeError(
      `a surface needs two axes and a data set of ${
        Object.keys(values).join(", ")
      }, got ${axes.length} and ${JSON.stringify(name)}`,
    );
  }
  const raw = own.loss.map((value) =>
    value === null ? NaN : log ? Math.log10(value) : value
  );
  const finite = raw.filter(Number.isFinite);
  if (finite.length === 0) throw new RangeError("no value is finite");
  const top = options.top ?? finite.reduce((a, b) => Math.max(a, b));
  const heights = raw.map((z) => Number.isFinite(z) ? Math.min(z, top) : top);
  const points = xs.flatMap((x, i) =>
    ys.map((y, j) => `${x} ${y} ${heights[i * ys.length + j]}`)
  );
  const squares = xs.slice(1).flatMap((_, i) =>
    ys.slice(1).map((_, j) => {
      const a = i * ys.length + j, b = a + ys.length;
      return `${a} ${b} ${b + 1} ${a + 1}`;
    })
  );
  const data = (type: string, name: string, text: string, more = "") =>
    `<DataArray type="${type}" Name="${name}"${more} format="ascii">\n${text}\n</DataArray>`;
  const ends = squares.map((_, i) => 4 * (i + 1));
  return `<?xml version="1.0"?>
<VTKFile type="PolyData" version="0.1" byte_order="LittleEndian">
<PolyData>
<Piece NumberOfPoints="${points.length}" NumberOfPolys="${squares.length}">
<PointData Scalars="loss">
${data("Float64", "loss", heights.join("\n"))}
</PointData>
<Points>
${data("Float64", "points", points.join("\n"), ' NumberOfComponents="3"')}
</Points>
<Polys>
${data("Int32", "connectivity", squares.join("\n"))}
${data("Int32", "offsets", ends.join("\n"))}
</Polys>
</Piece>
</PolyData>
</VTKFile>
`;
}
