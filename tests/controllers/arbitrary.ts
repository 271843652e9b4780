/** Lines, problems and controllers to test laws on. */
import fc from "fast-check";
import type { Controller, Line } from "../../lib/controllers/mod.ts";
import * as kinds from "../../lib/controllers/kinds.ts";

/** Every kind with its defaults, and what else a kind can do. */
export const controllers: readonly Controller[] = [
  ...Object.values(kinds).map((factory) => factory({} as never)),
  kinds.lossgrad({ variant: "released-code" }),
  kinds.lossgrad({ variant: "corrected" }),
  kinds.firstOrder({ gradient: "same-batch" }),
  kinds.firstOrder({ gradient: "next-step", negative: "reflect" }),
  kinds.secondOrder({ derivatives: "relative", momentum: 0.5 }),
  kinds.secondOrder({ derivatives: "curvature", negative: "allow" }),
  kinds.hypergradient({ form: "multiplicative" }),
  kinds.armijo({ reset: "keep" }),
  kinds.goldstein({ reset: "maximum" }),
  kinds.stochasticPolyak({ bound: "constant" }),
  kinds.reduceOnPlateau({ monitor: "validation", patience: 0 }),
];

/** Curvatures of a quadratic, all positive, and a position that is not its minimum. */
export const quadraticAndPosition: fc.Arbitrary<[number[], number[]]> = fc
  .integer({ min: 1, max: 4 }).chain((size) =>
    fc.tuple(
      fc.array(fc.double({ min: 0.1, max: 20, noNaN: true }), {
        minLength: size,
        maxLength: size,
      }),
      fc.array(
        fc.tuple(fc.boolean(), fc.double({ min: 0.1, max: 3, noNaN: true }))
          .map(([negative, x]) => negative ? -x : x),
        { minLength: size, maxLength: size },
      ),
    )
  );

/** A line that says whatever it likes. */
export const wildLine: fc.Arbitrary<Line> = fc.record({
  precision: fc.constantFrom("float32" as const, "float64" as const),
  value: fc.double({ min: -10, max: 10, noNaN: true }),
  slope: fc.double({ min: -10, max: 0, noNaN: true }),
  gradientNormSquared: fc.double({ min: 0, max: 10, noNaN: true }),
  directionNormSquared: fc.double({ min: 0, max: 10, noNaN: true }),
  previousSlope: fc.option(fc.double({ min: -10, max: 10 }), {
    nil: undefined,
  }),
  at: fc.func(fc.double({ min: -1e300, max: 1e300 })),
  slopeAt: fc.func(fc.double()),
  curvature: fc.func(fc.double()),
});
