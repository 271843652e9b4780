import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import {
  gradientDirection,
  weightFooling,
} from "../../lib/probes/fooling_direction.ts";
import { minimise } from "../../lib/probes/lbfgs.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import {
  filtersOf,
  parameterLayout,
} from "../../lib/probes/parameter_layout.ts";
import {
  coordinates,
  directionBetween,
  planeThrough,
  trajectoryDirections,
} from "../../lib/probes/plane.ts";
import {
  type DirectionNorm,
  randomDirection,
} from "../../lib/probes/random_direction.ts";
import { dot, norm, plus } from "../../lib/probes/vectors.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { denseNet, example, free, normalisedNet } from "./nets.ts";

const net = normalisedNet();
const layout = parameterLayout(net.parameters);
const weights = Float64Array.from(
  { length: layout.size },
  (_, i) => Math.sin(i + 1),
);

/** The length of each filter of a slice. */
function lengths(vector: Float64Array, name: string): number[] {
  const slice = layout.slices.find((s) => s.name === name)!;
  const { filters, count } = filtersOf(slice);
  const sums = Array(count).fill(0);
  filters.forEach((f, i) => sums[f] += vector[slice.offset + i]! ** 2);
  return sums.map(Math.sqrt);
}

Deno.test("Random directions have the length that is asked for", () => {
  const make = (norm: DirectionNorm) =>
    randomDirection({ layout, weights }, { norm });
  const filter = make("filter");
  for (const name of ["a/kernel", "b/kernel"]) {
    lengths(filter, name).forEach((l, i) =>
      near(l, lengths(weights, name)[i]!, 1e-12)
    );
  }
  const layer = make("layer");
  for (const { name, offset, size } of layout.slices) {
    const of = (v: Float64Array) => norm(v.subarray(offset, offset + size));
    near(of(layer), name.endsWith("kernel") ? of(weights) : 0, 1e-12);
  }
  const kernels = Float64Array.from([
    ...weights.subarray(0, 36),
    ...weights.subarray(52, 484),
  ]);
  near(norm(make("model")), norm(kernels), 1e-12);
  near(norm(make("unit")), 1, 1e-12);
  const raw = make("none");
  near(norm(raw) / Math.sqrt(468), 1, 0.1);
  deepStrictEqual(raw, make("none"));
  throws(() => make("filters" as "filter"), /filter, layer/);
});

Deno.test("Directions differ by seed and index; roles and layers may be left out", () => {
  const place = { layout, weights };
  const options = { norm: "none" } as const;
  const base = randomDirection(place, options);
  for (const other of [{ seed: 1 }, { index: 1 }]) {
    const d = randomDirection(place, { ...options, ...other });
    ok(Math.abs(dot(d, base)) < 0.2 * norm(d) * norm(base));
  }
  const all = randomDirection(place, { ...options, ignore: [] });
  ok(all.subarray(36, 44).every((x) => x !== 0)); // scale and offset
  ok(all.subarray(44, 52).every((x) => x === 0)); // statistics, never
  const first = randomDirection(place, {
    ...options,
    block: ({ name }) => name === "a/kernel",
  });
  deepStrictEqual(first.subarray(0, 36), base.subarray(0, 36));
  ok(first.subarray(36).every((x) => x === 0));
});

tensorTest(
  "A factor a layer does not change the filter-normalised curve",
  async () => {
    const objective = classification(denseNet(relu()));
    const { data } = example(denseNet());
    const plain = initialValues(objective, 4);
    // The same function: the first layer by 10, the second by 1/10.
    const rescaled = plain.map((values, i) =>
      values.map((x) => i < 2 ? 10 * x : i === 2 ? x / 10 : x)
    );
    const curve = async (weights: Float32Array[], norm: DirectionNorm) => {
      const surface = lossSurface({ objective, data, weights });
      const d = randomDirection(surface, { norm });
      const { loss } = await surface.evaluate(plus(surface.weights, 0.7, d));
      surface.dispose();
      return loss;
    };
    near(await curve(plain, "filter"), await curve(rescaled, "filter"), 1e-6);
    // Negative: what is not normalised must change.
    ok(
      Math.abs(await curve(plain, "unit") - await curve(rescaled, "unit")) >
        1e-3,
    );
    free(data);
  },
);

Deno.test("Planes: through three models, and of a trajectory", () => {
  const vectors = Array.from(
    { length: 5 },
    (_, k) =>
      Float64Array.from(
        { length: 40 },
        (_, i) => Math.cos(3 * k + i * (k + 1)),
      ),
  );
  const [a, b, c] = vectors as [Float64Array, Float64Array, Float64Array];
  const { origin, directions } = planeThrough(a, b, c);
  near(dot(...directions), 0, 1e-14);
  for (const model of [a, b, c]) {
    const [x, y] = coordinates(origin, directions, model);
    const back = plus(plus(origin, x!, directions[0]), y!, directions[1]);
    near(norm(plus(back, -1, model)), 0, 1e-12);
  }
  throws(() => planeThrough(a, b, plus(a, 2, directionBetween(a, b))), /line/);
  // Oblique directions are no hindrance.
  const oblique = [b, plus(b, 0.3, c)];
  const point = plus(plus(a, 2, oblique[0]!), -1, oblique[1]!);
  coordinates(a, oblique, point).forEach((x, i) => near(x, [2, -1][i]!, 1e-9));
  throws(() => coordinates(a, [b, b], point), /depend/);

  const { coordinates: path, explained, ...rest } = trajectoryDirections(
    vectors,
    4,
  );
  near(explained.reduce((sum, x) => sum + x, 0), 1, 1e-12);
  ok(explained.every((x, i) => i === 0 || x <= explained[i - 1]!));
  strictEqual(rest.origin, vectors[4]);
  deepStrictEqual(path[4]!.map((x) => x + 0), [0, 0, 0, 0]);
  vectors.forEach((vector, t) => {
    const back = path[t]!.reduce(
      (p, x, k) => plus(p, x, rest.directions[k]!),
      rest.origin,
    );
    near(norm(plus(back, -1, vector)), 0, 1e-9);
  });
  throws(() => trajectoryDirections([a, a, a], 2), /only 0 directions/);
  throws(() => trajectoryDirections([a, b], 2), /more than 2 points/);
});

Deno.test("L-BFGS finds minima of Rosenbrock's valley, free and bounded", async () => {
  const valley = ([x, y]: Float64Array) =>
    Promise.resolve({
      value: (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2,
      gradient: Float64Array.of(
        -2 * (1 - x!) - 400 * x! * (y! - x! * x!),
        200 * (y! - x! * x!),
      ),
    });
  const start = Float64Array.of(-1.2, 1);
  const free = await minimise(valley, start, { iterations: 100 });
  free.point.forEach((x) => near(x, 1, 1e-6));
  // With x ≤ ½ the minimum is at (½, ¼).
  const upper = Float64Array.of(0.5, Infinity);
  const bounded = await minimise(valley, start, { iterations: 100, upper });
  near(bounded.point[0]!, 0.5, 1e-9);
  near(bounded.point[1]!, 0.25, 1e-6);
  await rejects(minimise(valley, start, { iterations: 0 }), /iterations/);
});

tensorTest(
  "Fooling directions: ascent, and the least change by L-BFGS",
  async () => {
    const given = example(denseNet(), 1);
    const surface = lossSurface(given);
    const d = await gradientDirection(surface);
    near(norm(d), 1, 1e-12);
    const { gradient } = await surface.gradient(surface.weights);
    near(dot(d, gradient), norm(gradient), 1e-12);
    surface.dispose();

    const [label] = given.data.labels.dataSync();
    const targets = tf.tensor1d([(label! + 1) % 3], "int32");
    const found = await weightFooling(given, targets);
    const data = { ...given.data, labels: targets };
    const other = lossSurface({ ...given, data });
    const at = async (share: number) =>
      (await other.evaluate(plus(other.weights, share, found!.change))).error;
    strictEqual(await at(1), 0);
    // It hardly overshoots, unless the example was wrong already.
    ok(await at(0) === 0 || await at(0.7) === 1);
    other.dispose();
    targets.dispose();
    free(given.data);
  },
);
