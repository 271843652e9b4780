/** Controllers against optax's Polyak step size and PyTorch's plateau detector. */
import { ok, strictEqual } from "node:assert";
import {
  type Line,
  memoryLine,
  parseController,
  quadratic,
} from "../../lib/controllers/mod.ts";

interface Golden {
  controller?: { kind: string };
  path: number[][][];
  losses: number[];
  rates: number[];
}

const [problem, ...lines] = (await Deno.readTextFile(
  new URL("../golden/whole_optimizers.jsonl", import.meta.url),
)).trim().split("\n").map((line) => JSON.parse(line));
const cases = (lines as Golden[]).filter((line) => line.controller);

const close = (a: number, b: number) =>
  ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)), `${a} is not ${b}`);

strictEqual(cases.length, 6);
for (const { controller: spec, path, losses, rates } of cases) {
  const controller = parseController(spec);
  if (controller.spec.kind === "polyak") {
    Deno.test(`${JSON.stringify(spec)} is optax's polyak_sgd`, () => {
      const curvature: number[] = problem.curvature.flat();
      let position: number[] = problem.start.flat();
      for (const [t, expected] of path.entries()) {
        const push: number[] = problem.noise[t].flat();
        const gradient = (x: readonly number[]) =>
          x.map((value, i) => curvature[i]! * value + push[i]!);
        const loss = (x: readonly number[]) =>
          problem.offset +
          x.reduce(
            (s, v, i) => s + curvature[i]! * v * v / 2 + push[i]! * v,
            0,
          );
        const { learningRate } = controller.next(
          memoryLine({ loss, gradient }, position),
          { step: t, stepsPerEpoch: 1 },
          controller.init(),
        );
        const g = gradient(position);
        position = position.map((x, i) => x - learningRate * g[i]!);
        expected.flat().forEach((value, i) => close(position[i]!, value));
      }
    });
  } else {
    Deno.test(`${JSON.stringify(spec)} is PyTorch's ReduceLROnPlateau`, () => {
      let state = controller.init();
      const line = (value: number): Line => ({
        ...memoryLine(quadratic([1]), [1]),
        value,
      });
      // The loss of an epoch of one step is told at the next step.
      for (const [step, value] of [...losses, 0].entries()) {
        const next = controller.next(
          line(value),
          { step, stepsPerEpoch: 1 },
          state,
        );
        state = next.state;
        if (step > 0) close(next.learningRate, rates[step - 1]!);
      }
      ok(new Set(rates).size > 2);
    });
  }
}
