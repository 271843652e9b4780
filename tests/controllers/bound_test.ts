/** Exact line search on quadratics in two dimensions: the bound of LOSSGRAD's section 3. */
import { ok } from "node:assert";
import fc from "fast-check";
import {
  descend,
  exactLineSearch,
  quadratic,
} from "../../lib/controllers/mod.ts";

const norm = (x: readonly number[]) => Math.hypot(...x);

/** Positions, and √(xᵀAx), of three steps. */
function steps(curvatures: readonly number[], start: readonly number[]) {
  const path = descend(quadratic(curvatures), exactLineSearch(), start, 3);
  return {
    positions: path.map(({ position }) => position),
    energy: path.map(({ value }) => Math.sqrt(2 * value)),
  };
}

const eigenvalue = fc.double({ min: 0.1, max: 100, noNaN: true });
const coordinate = fc.oneof(
  fc.double({ min: 0.01, max: 1, noNaN: true }),
  fc.double({ min: -1, max: -0.01, noNaN: true }),
);

Deno.test("√(xᵀAx) shrinks by at least (λ1 − λ2)/(λ1 + λ2) a step, and ‖x‖ by its square in two", () => {
  fc.assert(
    fc.property(
      eigenvalue,
      eigenvalue,
      coordinate,
      coordinate,
      (a, b, x, y) => {
        const rho = Math.abs(a - b) / (a + b);
        const { positions, energy } = steps([a, b], [x, y]);
        const slack = 1e-6 * norm([x, y]);
        ok(energy[1]! <= rho * energy[0]! + slack * Math.sqrt(Math.max(a, b)));
        ok(norm(positions[2]!) <= rho ** 2 * norm(positions[0]!) + slack);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("a single step may shrink ‖x‖ by less: 0.862 against 9/11 for λ = (10, 1)", () => {
  const { positions } = steps([10, 1], [.205, .979]);
  const ratio = norm(positions[1]!) / norm(positions[0]!);
  ok(Math.abs(ratio - 0.862) < 5e-4, String(ratio));
  ok(ratio > 9 / 11);
});

Deno.test("from x ∝ (1/λ1, 1/λ2) every step shrinks by exactly 9/11, with a step size of 2/11", () => {
  const path = descend(quadratic([10, 1]), exactLineSearch(), [0.1, 1], 6);
  for (const [i, { position, learningRate, value }] of path.entries()) {
    ok(Math.abs(learningRate - 2 / 11) < 1e-9);
    if (i === 0) continue;
    const before = path[i - 1]!;
    ok(Math.abs(norm(position) / norm(before.position) - 9 / 11) < 1e-9);
    ok(Math.abs(value / before.value - (9 / 11) ** 2) < 1e-9);
  }
});
