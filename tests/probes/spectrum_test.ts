import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { symmetricEigen } from "../../lib/probes/dense.ts";
import { spectralDensity } from "../../lib/probes/spectral_density.ts";
import { hutchinson, hutchPlusPlus } from "../../lib/probes/trace.ts";
import { norm, plus, scaled } from "../../lib/probes/vectors.ts";
import { diagonalOperator, matrixOperator } from "./matrix_operator.ts";
import { near } from "./near.ts";

/** A symmetric matrix that is far from diagonal. */
const n = 60;
const rows = Array.from(
  { length: n },
  (_, i) =>
    Array.from(
      { length: n },
      (_, j) =>
        Math.sin(1.3 * (i + j)) + Math.cos(0.4 * i * j) / (1 + Math.abs(i - j)),
    ),
);
const trace = rows.reduce((sum, row, i) => sum + row[i]!, 0);
const squares = rows.flat().reduce((sum, x) => sum + x * x, 0);
const exact = symmetricEigen(rows);

Deno.test("Eigenvalues and vectors of a dense matrix, with true residuals", async () => {
  const operator = matrixOperator(rows);
  const found = await eigenpairs(operator, {
    largest: 4,
    smallest: 2,
    tolerance: 1e-6,
  });
  ok(found.converged && found.products < n);
  found.largest.forEach(({ value }, i) =>
    near(value, exact.values[n - 1 - i]!, 1e-8)
  );
  found.smallest.forEach(({ value }, i) => near(value, exact.values[i]!, 1e-8));
  const size = Math.max(...exact.values.map(Math.abs));
  for (
    const { value, vector, residual } of [...found.largest, ...found.smallest]
  ) {
    near(norm(vector), 1, 1e-12);
    const product = await operator.apply(vector);
    const rest = norm(plus(product, -1, scaled(vector, value))) / size;
    near(rest, residual, 1e-10);
  }
});

Deno.test("No eigenvalue appears twice, after more iterations than there are", async () => {
  const diagonal = Array.from(
    { length: 100 },
    (_, i) => i < 2 ? 1e4 * (i + 1) : i / 100,
  );
  const { largest, products } = await eigenpairs(diagonalOperator(diagonal), {
    largest: 4,
    iterations: 300,
    tolerance: 1e-14,
  });
  ok(products <= 100);
  deepStrictEqual(largest.map(({ value }) => Number(value.toFixed(4))), [
    20000,
    10000,
    0.99,
    0.98,
  ]);
});

Deno.test("What has not converged says so", async () => {
  const found = await eigenpairs(matrixOperator(rows), { iterations: 4 });
  strictEqual(found.converged, false);
  strictEqual(found.products, 4);
  await rejects(
    eigenpairs(matrixOperator(rows), { iterations: 0 }),
    /≥ 1, got 0/,
  );
  await rejects(
    eigenpairs(matrixOperator(rows), { tolerance: 0 }),
    /tolerance/,
  );
});

Deno.test("Hutchinson: no variance on a diagonal, the known one elsewhere", async () => {
  const diagonal = await hutchinson(diagonalOperator([3, -1, 2]));
  deepStrictEqual(diagonal.trace, { value: 4, standardError: 0 });
  const products = 2000;
  const { trace: found, frobeniusNorm } = await hutchinson(
    matrixOperator(rows),
    { products },
  );
  near(found.value, trace, 3 * found.standardError);
  near(
    frobeniusNorm.value,
    Math.sqrt(squares),
    3 * frobeniusNorm.standardError,
  );
  const ofDiagonal = rows.reduce((sum, row, i) => sum + row[i]! ** 2, 0);
  const variance = 2 * (squares - ofDiagonal);
  near(found.standardError ** 2 * products / variance, 1, 0.15);
  await rejects(hutchinson(matrixOperator(rows), { products: 1 }), /≥ 2/);
});

Deno.test("Hutch++ is exact on low rank, and beats Hutchinson on outliers", async () => {
  const low = Array.from(
    { length: 40 },
    (_, i) =>
      Array.from(
        { length: 40 },
        (_, j) =>
          Math.sin(i) * Math.sin(j) - 2 * Math.cos(2 * i) * Math.cos(2 * j),
      ),
  );
  const wanted = low.reduce((sum, row, i) => sum + row[i]!, 0);
  const found = await hutchPlusPlus(matrixOperator(low), { products: 12 });
  near(found.value, wanted, 1e-9);
  const plain = await hutchinson(matrixOperator(rows), { products: 33 });
  const better = await hutchPlusPlus(matrixOperator(rows));
  ok(better.standardError < plain.trace.standardError / 2);
  near(better.value, trace, 3 * better.standardError);
  // No bias: over 200 seeds the mean is right within three of its errors.
  const values: number[] = [];
  for (let seed = 0; seed < 200; seed++) {
    const options = { products: 15, seed };
    values.push((await hutchPlusPlus(matrixOperator(rows), options)).value);
  }
  const mean = values.reduce((sum, x) => sum + x, 0) / 200;
  const spread = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 199;
  near(mean, trace, 3 * Math.sqrt(spread / 200));
});

Deno.test("Spectral density: weights add up to 1, moments are the matrix's", async () => {
  const { nodes, weights, products, at } = await spectralDensity(
    matrixOperator(rows),
    { runs: 40, iterations: 20 },
  );
  strictEqual(products, 800);
  const moment = (power: number) =>
    nodes.reduce((sum, node, i) => sum + weights[i]! * node ** power, 0);
  near(moment(0), 1, 1e-12);
  // The error of a mean over 40 runs, three times.
  near(moment(1), trace / n, 3 * Math.sqrt(2 * squares / 40) / n);
  const fourth = exact.values.reduce((sum, x) => sum + x ** 4, 0);
  near(moment(2), squares / n, 3 * Math.sqrt(2 * fourth / 40) / n);
  const low = nodes.reduce((a, b) => Math.min(a, b)) - 3;
  const grid = Array.from({ length: 4000 }, (_, i) => low + i * 0.02);
  const integral = at(grid, 0.2).reduce((sum, y) => sum + y * 0.02, 0);
  near(integral, 1, 1e-3);
});
