import { notDeepStrictEqual, ok, strictEqual, throws } from "node:assert";
import {
  NOISY_PLANE_FEATURES,
  NOISY_PLANE_SOLUTION,
  noisyPlane,
} from "../../../lib/datasets/generated/noisy_plane.ts";
import type { Split } from "../../../lib/datasets/dataset.ts";

const D = NOISY_PLANE_FEATURES;

/** Least squares by the normal equations, the constant last. */
function leastSquares({ count, inputs, labels }: Split): number[] {
  const column = (i: number, j: number) => j < D ? inputs[i * D + j]! : 1;
  const n = D + 1;
  const gram = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const right = new Array<number>(n).fill(0);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < n; a++) {
      right[a]! += column(i, a) * labels[i]!;
      for (let b = 0; b < n; b++) gram[a]![b]! += column(i, a) * column(i, b);
    }
  }
  // Gaussian elimination; the matrix is positive definite.
  for (let pivot = 0; pivot < n; pivot++) {
    for (let row = pivot + 1; row < n; row++) {
      const factor = gram[row]![pivot]! / gram[pivot]![pivot]!;
      for (let k = pivot; k < n; k++) {
        gram[row]![k]! -= factor * gram[pivot]![k]!;
      }
      right[row]! -= factor * right[pivot]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) right[row]! -= gram[row]![k]! * right[k]!;
    right[row]! /= gram[row]![row]!;
  }
  return right;
}

function meanSquaredError({ count, inputs, labels }: Split): number {
  const { coefficients, intercept } = NOISY_PLANE_SOLUTION;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const fit = coefficients.reduce(
      (y, w, j) => y + w * inputs[i * D + j]!,
      intercept,
    );
    sum += (labels[i]! - fit) ** 2;
  }
  return sum / count;
}

function near(found: number, expected: number, tolerance: number): void {
  ok(Math.abs(found - expected) < tolerance, `${found} is not ${expected}`);
}

for (const options of [{}, { seed: 7 }, { train: 15 }, { train: 3000 }]) {
  const name = JSON.stringify(options);
  Deno.test(`noisyPlane ${name}: the known solution is the least-squares one`, () => {
    const { train } = noisyPlane(options);
    const solution = leastSquares(train);
    const { coefficients, intercept } = NOISY_PLANE_SOLUTION;
    [...coefficients, intercept].forEach((value, j) =>
      near(solution[j]!, value, 3e-6)
    );
    near(meanSquaredError(train), NOISY_PLANE_SOLUTION.meanSquaredError, 1e-6);
  });
}

Deno.test("noisyPlane: the covariance has the known eigenvalues", () => {
  const { count, inputs } = noisyPlane().train;
  const { eigenvalues } = NOISY_PLANE_SOLUTION;
  strictEqual(eigenvalues[0], 1);
  near(eigenvalues[D - 1]!, 0.01, 1e-15);
  // Each basis vector of the cosine transform is an eigenvector.
  for (let k = 0; k < D; k++) {
    const q = Array.from(
      { length: D },
      (_, j) =>
        Math.sqrt((k === 0 ? 1 : 2) / D) *
        Math.cos(Math.PI * (j + 0.5) * k / D),
    );
    const product = new Array<number>(D).fill(0);
    for (let i = 0; i < count; i++) {
      const along = q.reduce((sum, v, j) => sum + v * inputs[i * D + j]!, 0);
      for (let j = 0; j < D; j++) {
        product[j]! += along * inputs[i * D + j]! / count;
      }
    }
    product.forEach((value, j) => near(value, eigenvalues[k]! * q[j]!, 1e-6));
  }
});

Deno.test("noisyPlane: the test examples are of the same kind, and others", () => {
  const { train, test } = noisyPlane({ test: 5000 });
  near(meanSquaredError(test), 0.25, 0.02);
  notDeepStrictEqual(test.inputs.slice(0, D), train.inputs.slice(0, D));
});

Deno.test("noisyPlane: refuses what cannot be made", () => {
  throws(() => noisyPlane({ train: 14 }), /train must be an integer ≥ 15/);
  throws(() => noisyPlane({ test: 0 }), RangeError);
});
