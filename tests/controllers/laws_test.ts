/** What holds of every controller. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  type Controller,
  type Line,
  memoryLine,
  quadratic,
} from "../../lib/controllers/mod.ts";
import { controllers, quadraticAndPosition, wildLine } from "./arbitrary.ts";

const name = ({ spec }: Controller) => JSON.stringify(spec);
const context = (step: number) => ({ step, stepsPerEpoch: 3, epochMetric: 1 });

for (const controller of controllers) {
  Deno.test(`${name(controller)}: step sizes and states are finite and JSON, whatever the line`, () => {
    fc.assert(fc.property(fc.array(wildLine, { maxLength: 6 }), (lines) => {
      let state = controller.init();
      for (const [step, line] of lines.entries()) {
        const decision = controller.next(line, context(step), state);
        state = decision.state;
        ok(
          Number.isFinite(decision.learningRate),
          `η ${decision.learningRate}`,
        );
        const stored = JSON.parse(JSON.stringify(state));
        deepStrictEqual(controller.resume(stored), state);
        for (const value of Object.values(state)) {
          ok(typeof value !== "number" || Number.isFinite(value));
        }
      }
    }));
  });

  Deno.test(`${name(controller)}: a stored state goes on as if it had not been`, () => {
    fc.assert(fc.property(quadraticAndPosition, ([curvatures, start]) => {
      const problem = quadratic(curvatures, 0.5);
      const run = (interrupted: boolean) => {
        let state = controller.init();
        let position = start;
        let previous: number[] | undefined;
        const rates: number[] = [];
        for (let step = 0; step < 8; step++) {
          if (interrupted) {
            state = controller.resume(JSON.parse(JSON.stringify(state)));
          }
          const line = memoryLine(problem, position, undefined, previous);
          previous = problem.gradient(position);
          const decision = controller.next(line, context(step), state);
          state = decision.state;
          rates.push(decision.learningRate);
          position = position.map((x, i) =>
            x - decision.learningRate * previous![i]!
          );
        }
        return rates;
      };
      deepStrictEqual(run(true), run(false));
    }));
  });

  Deno.test(`${name(controller)}: NaN never makes a step grow`, () => {
    const nan = () => NaN;
    const sane = memoryLine(quadratic([3, 1], 1), [1, 2], undefined, [1, 1]);
    const sick: Line[] = [
      { ...sane, at: nan, slopeAt: nan, curvature: nan, previousSlope: NaN },
      { ...sane, value: NaN },
      { ...sane, slope: NaN },
      { ...sane, gradientNormSquared: NaN, directionNormSquared: NaN },
    ];
    for (const line of sick) {
      let state = controller.init();
      const rateOf = (s: typeof state) => Math.abs(Number(s.rate ?? 0));
      for (let step = 0; step < 3; step++) {
        const before = rateOf(state);
        const decision = controller.next(line, context(step), state);
        state = decision.state;
        ok(rateOf(state) <= before, `${before} grew to ${rateOf(state)}`);
        if (!Number.isFinite(line.value + line.slope)) {
          strictEqual(decision.learningRate, 0);
          strictEqual(decision.events[0]!.event, "not finite");
        }
      }
    }
  });
}

Deno.test("resume() refuses the state of another kind, and a broken one", () => {
  for (const controller of controllers) {
    for (const other of controllers) {
      if (other.spec.kind === controller.spec.kind) continue;
      throws(() => controller.resume(other.init()), {
        name: "TypeError",
        message: new RegExp(
          `the state must be that of ${controller.spec.kind}, got that of "${other.spec.kind}"`,
        ),
      });
    }
    throws(() => controller.resume(undefined), TypeError);
    throws(() => controller.resume(null), TypeError);
    throws(
      () => controller.resume({ ...controller.init(), more: 1 }),
      /has no field "more"/,
    );
  }
  const [lossgrad] = controllers.filter(({ spec }) => spec.kind === "lossgrad");
  throws(() => lossgrad!.resume({ kind: "lossgrad", rate: "x" }), {
    message: 'state.rate must be a number, got "x"',
  });
});

Deno.test("a direction of another length gives the same step", () => {
  const lengthless = controllers.filter(({ spec }) =>
    ["exactLineSearch", "pal"].includes(spec.kind)
  );
  strictEqual(lengthless.length, 2);
  fc.assert(fc.property(
    quadraticAndPosition,
    fc.constantFrom(0.25, 0.5, 2, 4),
    ([curvatures, position], factor) => {
      const problem = quadratic(curvatures, 0.5);
      const rate = (controller: Controller, scale: number) => {
        const d = problem.gradient(position).map((x) => scale * x);
        const line = memoryLine(problem, position, d);
        return controller.next(line, context(0), controller.init())
          .learningRate;
      };
      for (const controller of lengthless) {
        const [a, b] = [rate(controller, 1), rate(controller, factor)];
        ok(Math.abs(a - factor * b) <= 1e-9 * a, `${a}, ${b}`);
      }
    },
  ));
});

Deno.test("along a direction uphill the line goes down", () => {
  const problem = quadratic([3, 1], 1);
  const down = memoryLine(problem, [1, 2], [3, 2]);
  const up = memoryLine(problem, [1, 2], [-3, -2]);
  strictEqual(up.slope, down.slope);
  strictEqual(up.at(0.1), down.at(0.1));
});
