import { ok, strictEqual } from "node:assert";
import { palette, rampColour, seriesStyle } from "../../lib/figures/palette.ts";
import { themeColours } from "../../lib/figures/theme.ts";

/** Linear red, green and blue of a `#rrggbb` colour. */
function linear(colour: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** The contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = linear(colour);
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return Math.max(x, y) / Math.min(x, y);
}

type Matrix = readonly (readonly number[])[];

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) =>
    row.reduce((sum, value, index) => sum + value * vector[index]!, 0)
  );
}

// G. Machado, M. Oliveira, L. Fernandes, "A physiologically-based model for
// simulation of color vision deficiency", IEEE TVCG 15(6), 2009; severity 1.
const vision: Record<string, Matrix> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** B. Ottosson's Oklab, in which distances are about equal to the eye. */
function oklab(rgb: readonly number[]): number[] {
  const cones = times([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], rgb).map(Math.cbrt);
  return times([
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ], cones);
}

const pages = Object.values(themeColours).map(({ background }) => background);

Deno.test("palette stands out from the light and the dark page", () => {
  const ramp = Array.from({ length: 21 }, (_, index) => rampColour(index / 20));
  for (const colour of [...palette, ...ramp]) {
    for (const page of pages) {
      ok(contrast(colour, page) >= 3, `${colour} on ${page}`);
    }
  }
});

Deno.test("texts have a contrast of at least 4.5 on their page", () => {
  for (const { background, text, quiet } of Object.values(themeColours)) {
    ok(contrast(text, background) >= 7);
    ok(contrast(quiet, background) >= 4.5);
  }
});

for (const [name, matrix] of Object.entries(vision)) {
  Deno.test(`palette keeps its colours apart under ${name}`, () => {
    const seen = palette.map((colour) =>
      oklab(
        times(matrix, linear(colour)).map((v) => Math.min(1, Math.max(0, v))),
      )
    );
    for (const [index, a] of seen.entries()) {
      for (const [before, b] of seen.slice(0, index).entries()) {
        const distance = Math.hypot(...a.map((v, axis) => v - b[axis]!));
        ok(
          distance >= 0.07,
          `${palette[before]} and ${palette[index]}: ${distance}`,
        );
      }
    }
  });
}

Deno.test("seriesStyle() differs among the first twenty series", () => {
  const looks = Array.from({ length: 20 }, (_, index) => {
    const { colour, dash } = seriesStyle(index);
    return `${colour} ${dash}`;
  });
  strictEqual(new Set(looks).size, 20);
});
