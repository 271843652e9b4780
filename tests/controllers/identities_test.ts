/** What controllers are of each other, and of what is known. */
import { ok, strictEqual } from "node:assert";
import fc from "fast-check";
import {
  barzilaiBorwein,
  type Controller,
  descend,
  exactLineSearch,
  firstOrder,
  hypergradient,
  lossgrad,
  memoryLine,
  pal,
  quadratic,
  secant,
  secondOrder,
} from "../../lib/controllers/mod.ts";
import { quadraticAndPosition } from "./arbitrary.ts";

const context = { step: 0, stepsPerEpoch: 1 };

const close = (a: number, b: number, tolerance: number) =>
  ok(
    Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)),
    `${a} is not ${b}`,
  );

/** What a controller decides on a quadratic. */
function decide(
  controller: Controller,
  [curvatures, position]: [number[], number[]],
) {
  const line = memoryLine(quadratic(curvatures, 0.7), position);
  return { line, ...controller.next(line, context, controller.init()) };
}

Deno.test("LOSSGRAD grows where Armijo's condition holds with c = ½, that is up to g·g / gᵀHg", () => {
  fc.assert(
    fc.property(
      quadraticAndPosition,
      fc.double({ min: 1e-3, max: 10, noNaN: true }),
      (problem, h) => {
        const { line, state } = decide(lossgrad({ initial: h }), problem);
        const minimiser = -line.slope / line.curvature();
        if (Math.abs(h / minimiser - 1) < 1e-9) return; // a tie, but for rounding
        const grew = Number(state.rate) > h;
        strictEqual(grew, h < minimiser);
        strictEqual(grew, line.at(h) <= line.value + 0.5 * h * line.slope);
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("LOSSGRAD's step sizes are its first one times whole powers of c", () => {
  fc.assert(fc.property(quadraticAndPosition, ([curvatures, position]) => {
    const path = descend(
      quadratic(curvatures),
      lossgrad({ initial: 1e-3, factor: 1.1 }),
      position,
      100,
    );
    for (const { learningRate } of path) {
      const power = Math.log(learningRate / 1e-3) / Math.log(1.1);
      ok(Math.abs(power - Math.round(power)) < 1e-9);
    }
  }));
});

Deno.test("PAL, the secant and exact line search go where LOSSGRAD turns", () => {
  fc.assert(fc.property(quadraticAndPosition, (problem) => {
    const far = { adaptation: 1, maximumStep: 1e9 };
    const exact = decide(exactLineSearch(), problem).learningRate;
    close(decide(pal(far), problem).learningRate, exact, 1e-8);
    close(Number(decide(secant(), problem).state.rate), exact, 1e-8);
    for (const [factor, grows] of [[0.999, true], [1.001, false]] as const) {
      const initial = factor * exact;
      const { state } = decide(lossgrad({ initial }), problem);
      strictEqual(Number(state.rate) > initial, grows);
    }
  }));
});

Deno.test("second order on a quadratic is Barzilai and Borwein's long step", () => {
  const start = [0.1, 1];
  const paths = [
    secondOrder({ initial: 0.05, epsilon: 1e-3 }),
    secondOrder({ initial: 0.05, derivatives: "relative" }),
    secondOrder({ initial: 0.05, derivatives: "curvature" }),
    secant({ initial: 0.05 }),
    barzilaiBorwein({ initial: 0.05 }),
  ].map((controller) =>
    descend(quadratic([10, 1]), controller, start, 12)
      .map(({ learningRate }) => learningRate)
  );
  for (const path of paths) {
    path.forEach((rate, i) => close(rate, paths.at(-1)![i]!, 2e-5));
  }
  // Computed elsewhere, in plain JavaScript.
  [.05, .181818, .338722, .338722, .124259, .101909].forEach((rate, i) =>
    close(paths.at(-1)![i]!, rate, 1e-5)
  );
});

Deno.test("first order with the same batch's gradient is hypergradient descent on a full batch", () => {
  fc.assert(fc.property(
    quadraticAndPosition,
    fc.double({ min: 1e-5, max: 1e-3, noNaN: true }),
    ([curvatures, position], metaRate) => {
      const limits = {
        initial: 0.01,
        minimum: 1e-6,
        negative: "floor",
      } as const;
      const [same, next, hyper] = [
        firstOrder({ ...limits, metaRate, gradient: "same-batch" }),
        firstOrder({ ...limits, metaRate, gradient: "next-step" }),
        hypergradient({ ...limits, metaRate }),
      ].map((controller) =>
        descend(quadratic(curvatures), controller, position, 10)
      );
      hyper!.forEach(({ learningRate }, i) => {
        close(same![i]!.learningRate, learningRate, 1e-9);
        close(next![i]!.learningRate, learningRate, 1e-9);
      });
    },
  ));
});

Deno.test("finite differences of the line are its slope", () => {
  fc.assert(fc.property(quadraticAndPosition, ([curvatures, position]) => {
    const options = { initial: 0.05, metaRate: 1e-4 };
    const [difference, slope] = [
      firstOrder({ ...options, epsilon: 1e-3 }),
      firstOrder({ ...options, gradient: "same-batch" }),
    ].map((controller) =>
      descend(quadratic(curvatures), controller, position, 5)
    );
    slope!.forEach(({ learningRate }, i) =>
      close(difference![i]!.learningRate, learningRate, 1e-7)
    );
  }));
});

/** h after 400 steps on ½·(x² + 10·y²) + 2.3, every number of it rounded to float32. */
function rateInFloat32(
  initial: number,
  variant: "paper" | "released-code",
): number {
  const r = Math.fround;
  const [a, b] = [1, 10];
  const controller = lossgrad({ initial, variant });
  let state = controller.init();
  let [x, y] = [r(1.3), r(1.3 * Math.cos(1))];
  const loss = ([x, y]: readonly [number, number]) =>
    r(r(r(2.3) + r(r(r(x * x) * a) / 2)) + r(r(r(y * y) * b) / 2));
  for (let step = 0; step < 400; step++) {
    const [g, h] = [r(x * a), r(y * b)];
    const square = r(r(g * g) + r(h * h));
    const move = (rate: number) =>
      [r(x - r(r(rate) * g)), r(y - r(r(rate) * h))] as const;
    const decision = controller.next(
      {
        precision: "float32",
        value: loss([x, y]),
        slope: -square,
        gradientNormSquared: square,
        directionNormSquared: square,
        previousSlope: undefined,
        at: (rate) => loss(move(rate)),
        slopeAt: () => NaN,
        curvature: () => NaN,
      },
      context,
      state,
    );
    [x, y] = move(decision.learningRate);
    state = decision.state;
  }
  return Number(state.rate);
}

Deno.test("below the spacing of float32 LOSSGRAD collapses as released, and recovers in one float32 graph", () => {
  ok(rateInFloat32(1e-9, "released-code") < 1e-16);
  ok(rateInFloat32(1e-9, "paper") > 1e-3);
  ok(rateInFloat32(1e-5, "released-code") > 1e-3);
});

Deno.test("in float64 LOSSGRAD recovers from far below, and `corrected` from anywhere", () => {
  const last = (variant: "released-code" | "corrected", initial: number) =>
    descend(quadratic([1], 2.3), lossgrad({ initial, variant }), [1.3], 900)
      .at(-1)!.learningRate;
  ok(last("corrected", 1e-9) > 1e-3);
  ok(last("released-code", 1e-9) > 1e-3);
  ok(last("corrected", 1e-17) > 1e-3);
});

Deno.test("second order in float32: noise over noise, where float64 finds the minimiser", () => {
  // f(η) = 2.3 − η + 5η², at its minimum at 0.1.
  const next = (epsilon: number, single: boolean) => {
    const round = single ? Math.fround : (x: number) => x;
    const value = (rate: number) => {
      const eta = round(rate);
      return round(round(round(2.3) - eta) + round(5 * round(eta * eta)));
    };
    const controller = secondOrder({ initial: 0.01, epsilon });
    const line = {
      ...memoryLine(quadratic([10]), [1]),
      precision: single ? "float32" : "float64",
      at: value,
    } as const;
    const { state, events } = controller.next(line, context, controller.init());
    return { rate: Number(state.rate), events: events.map((e) => e.event) };
  };
  ok(Math.abs(next(1e-5, false).rate - 0.1) < 1e-6);
  ok(Math.abs(next(1e-2, true).rate - 0.1) < 1e-4);
  const single = next(1e-5, true);
  ok(Math.abs(single.rate - 0.1) > 0.05, String(single.rate));
  ok(
    single.events.includes("degenerate denominator") ||
      single.events.includes("below resolution"),
  );
});
