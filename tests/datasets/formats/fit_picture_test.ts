/** Pictures made smaller: means of colours, middles of classes, pieces cut out. */
import { deepStrictEqual, ok } from "node:assert";
import {
  fitIndices,
  fitPicture,
} from "../../../lib/datasets/formats/fit_picture.ts";

/** A grey picture of given rows. */
function grey(rows: number[][]) {
  return {
    height: rows.length,
    width: rows[0]!.length,
    channels: 1,
    data: Uint8Array.from(rows.flat()),
  };
}

/** The red channel of what a picture is fitted into, in bytes. */
function red(into: Float32Array) {
  return [...into.filter((_, i) => i % 3 === 0)].map((v) =>
    Math.round(255 * v)
  );
}

Deno.test("fitPicture: the same size gives the same pixels", () => {
  const into = new Float32Array(12);
  fitPicture(grey([[0, 51], [102, 255]]), [2, 2], into);
  deepStrictEqual(red(into), [0, 51, 102, 255]);
  deepStrictEqual([into[3], into[4]], [into[5], into[5]]);
});

Deno.test("fitPicture: a wide picture loses its sides", () => {
  const into = new Float32Array(12);
  fitPicture(grey([[9, 10, 20, 9], [9, 30, 40, 9]]), [2, 2], into);
  deepStrictEqual(red(into), [10, 20, 30, 40]);
});

Deno.test("fitPicture: pixels are means of what they cover, parts of pixels too", () => {
  const into = new Float32Array(12);
  fitPicture(grey([[0, 30, 60], [0, 30, 60], [0, 30, 60]]), [2, 2], into);
  // The first covers all of the column 0 and half of column 1.
  deepStrictEqual(red(into), [10, 50, 10, 50]);
});

Deno.test("fitPicture: a part alone, from a coloured picture with opacity", () => {
  const data = Uint8Array.from({ length: 2 * 4 * 4 }, (_, i) => i);
  const into = new Float32Array(12);
  fitPicture({ height: 2, width: 4, channels: 4, data }, [2, 2], into, {
    top: 0,
    left: 2,
    height: 2,
    width: 2,
  });
  deepStrictEqual(
    [...into].map((v) => Math.round(255 * v)),
    [8, 9, 10, 12, 13, 14, 24, 25, 26, 28, 29, 30],
  );
});

Deno.test("fitPicture: larger than the picture", () => {
  const into = new Float32Array(3 * 16);
  fitPicture(grey([[0, 100], [200, 40]]), [4, 4], into);
  deepStrictEqual(
    red(into),
    [0, 0, 100, 100, 0, 0, 100, 100, 200, 200, 40, 40, 200, 200, 40, 40],
  );
});

Deno.test("fitIndices: classes are never mixed", () => {
  const into = new Int32Array(4);
  fitIndices(
    grey([[1, 1, 7, 7], [1, 2, 8, 7], [3, 4, 255, 9], [3, 3, 9, 9]]),
    [2, 2],
    into,
  );
  deepStrictEqual([...into], [2, 7, 3, 9]);
  ok([...into].every((c) => c === Math.round(c)));
});

Deno.test("fitPicture: a part of one colour stays of that colour, whatever its size", () => {
  // 40 rows and columns: whole numbers that divide into fractions that are rounded.
  const data = new Uint8Array(40 * 40).fill(51);
  const picture = { height: 40, width: 40, channels: 1, data };
  for (let side = 1; side <= 40; side++) {
    for (const size of [1, 7, 9, 11, 13, 29, 31, 47]) {
      for (const top of new Set([0, 40 - side])) {
        const into = new Float32Array(3 * size * size);
        fitPicture(picture, [size, size], into, {
          top,
          left: top,
          height: side,
          width: side,
        });
        ok(
          into.every((v) => Math.abs(v - 0.2) < 1e-6),
          `${side} from ${top} into ${size}`,
        );
      }
    }
  }
});
