/** Values that were computed elsewhere, in plain JavaScript, or are known. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  adagradNorm,
  armijo,
  barzilaiBorwein,
  type Controller,
  countPasses,
  descend,
  exactLineSearch,
  firstOrder,
  lossgrad,
  memoryLine,
  pal,
  polyak,
  quadratic,
  reduceOnPlateau,
  secondOrder,
  stochasticPolyak,
  wngrad,
} from "../../lib/controllers/mod.ts";

const context = { step: 0, stepsPerEpoch: 1 };

function closeTo(actual: readonly number[], expected: readonly number[]): void {
  strictEqual(actual.length, expected.length);
  expected.forEach((value, i) =>
    ok(
      Math.abs(actual[i]! - value) < 1e-6 * Math.abs(value),
      `${actual[i]} is not ${value}`,
    )
  );
}

Deno.test("WNGrad and AdaGrad-Norm on x² from 5", () => {
  const run = (controller: Controller) =>
    descend(quadratic([2]), controller, [5], 4).slice(1)
      .map(({ position }) => position[0]!);
  closeTo(run(wngrad()), [4.90099, 4.804846, 4.711419]);
  closeTo(run(adagradNorm({ initialSquare: 1 })), [
    4.004963,
    3.381691,
    2.915973,
  ]);
});

Deno.test("first order on λ = (10, 1), α = 0.01", () => {
  const options = { initial: 0.05, metaRate: 0.01 };
  for (const gradient of ["same-batch", "next-step"] as const) {
    const path = descend(
      quadratic([10, 1]),
      firstOrder({ ...options, gradient }),
      [0.1, 1],
      6,
    );
    closeTo(
      path.map(({ learningRate }) => Number(learningRate.toPrecision(4))),
      [.05, .0645, .07383, .08123, .08746, .09268],
    );
  }
});

Deno.test("SPS_max takes one step to the minimum of ‖x‖², then none", () => {
  const path = descend(quadratic([2, 2, 2]), stochasticPolyak(), [1, 2, 3], 3);
  ok(Math.abs(path[0]!.learningRate - 0.5) < 1e-9);
  ok(path[1]!.value < 1e-16);
  strictEqual(path[2]!.learningRate, 0);
});

Deno.test("Polyak's step size with a greatest one", () => {
  const path = descend(quadratic([2]), polyak({ maximum: 0.1 }), [5], 3);
  deepStrictEqual(path.map(({ learningRate }) => learningRate), [.1, .1, .1]);
});

Deno.test("LOSSGRAD settles above 2/λmax on λ = (1, 10) and still converges, whatever its start", () => {
  for (const initial of [1e-6, 1e-4, 1e-2]) {
    const path = descend(
      quadratic([1, 10]),
      lossgrad({ initial }),
      [1, 1],
      2000,
    );
    // Later the loss is below what doubles can tell from 0.
    const late = path.filter(({ value }) => value > 1e-250).slice(300)
      .map(({ learningRate }) => learningRate);
    const mean = late.reduce((a, b) => a + b) / late.length;
    ok(mean > 0.2 && mean < 0.4, String(mean));
    ok(path.at(-1)!.value <= 1e-6);
  }
});

Deno.test("the steps from 1e-4 to 0.1 by the factor c", () => {
  const straight = { ...memoryLine(quadratic([1]), [1]), at: () => -1e9 };
  for (
    const [factor, steps] of [
      [1.001, 6912],
      [1.005, 1386],
      [1.01, 695],
      [
        1.05,
        142,
      ],
      [1.1, 73],
      [1.2, 38],
    ] as const
  ) {
    const controller = lossgrad({ factor });
    let state = controller.init();
    let step = 0;
    while (Number(state.rate) < 0.1 * (1 - 1e-12)) {
      state = controller.next(straight, context, state).state;
      step++;
    }
    ok(Math.abs(step - steps) <= 0, `${step} is not ${steps}`);
  }
});

Deno.test("what a step costs in forward passes", () => {
  const costs: [Controller, number][] = [
    [lossgrad(), 4],
    [pal(), 4],
    [secondOrder(), 8],
    [secondOrder({ derivatives: "curvature" }), 12],
    [firstOrder(), 5],
    [firstOrder({ gradient: "same-batch" }), 6],
    [firstOrder({ gradient: "next-step" }), 3],
    [exactLineSearch(), 9],
    [polyak(), 3],
    [armijo({ initial: 1e-3 }), 4],
    [reduceOnPlateau(), 3],
  ];
  for (const [controller, cost] of costs) {
    const [step] = descend(quadratic([10, 1]), controller, [0.1, 1], 1);
    strictEqual(step!.cost, cost, controller.spec.kind);
  }
});

Deno.test("what was asked before is not counted again", () => {
  const line = countPasses(memoryLine(quadratic([10, 1]), [0.1, 1]));
  line.at(0);
  line.slopeAt(0);
  strictEqual(line.passes, 0);
  line.curvature();
  line.curvature();
  strictEqual(line.passes, 6);
});

Deno.test("after a step that was not taken Barzilai and Borwein's step size stays", () => {
  const controller = barzilaiBorwein({ initial: 0.05 });
  const line = memoryLine(quadratic([10, 1]), [0.1, 1], undefined, [1, 1]);
  const { state } = controller.next(line, context, controller.init());
  const again = { ...context, step: 1, previousRate: 0 };
  strictEqual(controller.next(line, again, state).learningRate, 0.05);
});
