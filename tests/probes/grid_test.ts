import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import { bezierChart, fitBezier, linearChart } from "../../lib/probes/chart.ts";
import {
  evaluateGrid,
  evenly,
  type GridOptions,
} from "../../lib/probes/grid.ts";
import {
  type LossSurface,
  lossSurface,
} from "../../lib/probes/loss_surface.ts";
import { directionBetween } from "../../lib/probes/plane.ts";
import { randomDirection } from "../../lib/probes/random_direction.ts";
import { refineLine } from "../../lib/probes/refine_line.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { denseNet, example, free } from "./nets.ts";

/** A surface that counts the points it is asked for. */
function counted(surface: LossSurface): LossSurface & { asked: number } {
  const result = {
    ...surface,
    asked: 0,
    evaluateAll(points: readonly Float64Array[], control = {}) {
      result.asked += points.length;
      return surface.evaluateAll(points, control);
    },
  };
  return result;
}

tensorTest("A plane, on two data sets, is what its points are", async () => {
  const given = example(denseNet());
  const train = lossSurface(given);
  const validation = lossSurface({
    ...given,
    data: { ...given.data, count: 9 },
  });
  const directions = [0, 1].map((index) => randomDirection(train, { index }));
  const chart = linearChart(train.weights, directions);
  const axes = [evenly(-1, 1, 3), [0, 0.5]];
  const { values } = await evaluateGrid({
    chart,
    axes,
    surfaces: { train, validation },
  });
  for (const [name, surface] of Object.entries({ train, validation })) {
    for (const [i, x] of axes[0]!.entries()) {
      for (const [j, y] of axes[1]!.entries()) {
        const { loss, error } = await surface.evaluate(chart.at([x, y]));
        near(values[name]!.loss[2 * i + j]!, loss, 1e-12);
        near(values[name]!.error[2 * i + j]!, error, 1e-12);
      }
    }
  }
  train.dispose();
  validation.dispose();
  free(given.data);
});

tensorTest(
  "A grid that was stopped computes only what is missing",
  async () => {
    const given = example(denseNet());
    const surface = counted(lossSurface(given));
    const chart = linearChart(surface.weights, [randomDirection(surface)]);
    const folder = await Deno.makeTempDir();
    const options: GridOptions = {
      chart,
      axes: [evenly(-1, 1, 11)],
      surfaces: { train: surface },
      file: `${folder}/line.json`,
      together: 2,
    };
    try {
      const whole = await evaluateGrid({
        ...options,
        file: `${folder}/other.json`,
      });
      strictEqual(surface.asked, 11);

      const stop = new AbortController();
      const onProgress = (done: number) => {
        if (done === 3) stop.abort(new Error("stopped"));
      };
      surface.asked = 0;
      const stopped = { ...options, signal: stop.signal, onProgress };
      await rejects(evaluateGrid(stopped), /stopped/);
      strictEqual(surface.asked, 8); // the last two in vain
      deepStrictEqual(await evaluateGrid(options), whole);
      strictEqual(surface.asked, 8 + 5);
      deepStrictEqual(await evaluateGrid(options), whole);
      strictEqual(surface.asked, 8 + 5);

      // Anything else is refused, and the file is left as it is.
      const text = await Deno.readTextFile(options.file!);
      const line = { ...options, axes: [evenly(-1, 2, 11)] };
      await rejects(
        evaluateGrid(line),
        /of other weights, directions, axes or data/,
      );
      const elsewhere = linearChart(surface.weights, [
        randomDirection(surface, { seed: 1 }),
      ]);
      await rejects(evaluateGrid({ ...options, chart: elsewhere }), RangeError);
      const fewer = lossSurface({
        ...given,
        data: { ...given.data, count: 20 },
      });
      await rejects(
        evaluateGrid({ ...options, surfaces: { train: fewer } }),
        RangeError,
      );
      fewer.dispose();
      strictEqual(await Deno.readTextFile(options.file!), text);
      for (
        const broken of [
          "{",
          "[]",
          text.replace(
            '"values":{"train":{"loss":[',
            '"values":{"train":{"loss":["a",',
          ),
          text.replace('"done":{"train":[', '"done":{"train":[11,'),
        ]
      ) {
        await Deno.writeTextFile(options.file!, broken);
        await rejects(evaluateGrid(options), /is not a grid: remove it/);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    surface.dispose();
    free(given.data);
  },
);

tensorTest("A loss that is not finite is null, once and for all", async () => {
  const given = example(denseNet());
  const surface = counted(lossSurface(given));
  const d = surface.weights.map(() => 1e308);
  const file = await Deno.makeTempFile();
  await Deno.remove(file);
  const options = {
    chart: linearChart(surface.weights, [d]),
    axes: [[0, 10]],
    surfaces: { train: surface },
    file,
  };
  const { values } = await evaluateGrid(options);
  strictEqual(values.train!.loss[1], null);
  await evaluateGrid(options);
  strictEqual(surface.asked, 2);
  await Deno.remove(file);
  surface.dispose();
  free(given.data);
});

tensorTest("Charts and axes that do not fit are refused", async () => {
  const given = example(denseNet());
  const surface = lossSurface(given);
  const { weights } = surface;
  throws(() => linearChart(weights, []), /one or two, got 0/);
  throws(() => linearChart(weights, [new Float64Array(2)]), /83 numbers/);
  throws(
    () => bezierChart(weights, weights, new Float64Array(2)),
    /83.*got 83 and 2/,
  );
  const chart = linearChart(weights, [weights]);
  const surfaces = { train: surface };
  await rejects(
    evaluateGrid({ chart, axes: [[0], [0]], surfaces }),
    /must be 1.*got 2/,
  );
  await rejects(evaluateGrid({ chart, axes: [[NaN]], surfaces }), /finite/);
  throws(() => evenly(0, 1, 1), /count/);
  surface.dispose();
  free(given.data);
});

tensorTest(
  "A Bezier curve between two models is lower than the line",
  async () => {
    const given = example(denseNet());
    const surface = lossSurface(given);
    const from = surface.weights;
    const to = Float64Array.from(
      initialValues(given.objective, 9).flatMap((v) => [...v]),
    );
    const { chart, loss } = await fitBezier(surface, from, to, {
      nodes: 5,
      iterations: 5,
    });
    deepStrictEqual(chart.at([0]), from);
    deepStrictEqual(chart.at([1]), to);
    const line = linearChart(from, [directionBetween(from, to)]);
    let straight = 0, curved = 0;
    for (const t of [1, 2, 3, 4, 5].map((j) => j / 6)) {
      straight += (await surface.evaluate(line.at([t]))).loss / 5;
      curved += (await surface.evaluate(chart.at([t]))).loss / 5;
    }
    near(curved, loss, 1e-12);
    ok(curved < 0.7 * straight, `${curved} ${straight}`);
    for (const nodes of [0, 1.5, NaN]) {
      await rejects(
        fitBezier(surface, from, to, { nodes }),
        /^RangeError: nodes/,
      );
    }
    surface.dispose();
    free(given.data);
  },
);

Deno.test("Refinement puts points where the line bends", async () => {
  // Flat but for a bump of width 0.02 at 0.7.
  const bump = (x: number) => Math.exp(-(((x - 0.7) / 0.02) ** 2));
  const surface = {
    evaluateAll: (points: readonly Float64Array[]) =>
      Promise.resolve(points.map(([x]) => ({ loss: bump(x!), error: 0 }))),
    evaluate: ([x]: Float64Array) =>
      Promise.resolve({ loss: bump(x!), error: 0 }),
  } as unknown as LossSurface;
  const chart = linearChart(Float64Array.of(0), [Float64Array.of(1)]);
  const from = evenly(0, 1, 11);
  const points = await refineLine({ chart, surface, from, points: 41 });
  strictEqual(points.length, 41);
  ok(
    points.every((p, i) => i === 0 || p.coordinate > points[i - 1]!.coordinate),
  );
  const close = points.filter(({ coordinate: x }) => Math.abs(x - 0.7) < 0.1);
  ok(close.length > 25);
  // The integral by trapezoids is right to 1 %; 41 even points are off by far more.
  const integral = (xs: number[]) =>
    xs.slice(1).reduce(
      (sum, x, i) => sum + (x - xs[i]!) * (bump(x) + bump(xs[i]!)) / 2,
      0,
    );
  const exact = 0.02 * Math.sqrt(Math.PI);
  near(integral(points.map((p) => p.coordinate)) / exact, 1, 0.01);
  await rejects(
    refineLine({ chart, surface, from: [0, 1], points: 5 }),
    /three/,
  );
});
