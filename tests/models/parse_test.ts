/** Networks by their specs. */
import { deepStrictEqual, throws } from "node:assert";
import {
  alexnet,
  allCnn,
  cudaConvnet,
  densenet,
  googlenet,
  imagenetResnet,
  lenet,
  mlp,
  type ModelSpec,
  type Network,
  networkInNetwork,
  parseNetwork,
  patchDiscriminator,
  plainNetwork,
  pspnet,
  resnet,
  unet,
  wideResnet,
} from "../../lib/models/mod.ts";

const inputShape = [32, 32, 3] as const;
const data = { inputShape, classes: 7 };

/** One network of each kind, every option named. */
const networks: Network[] = [
  mlp({ inputShape, hidden: [5], outputs: 7, deviation: 0.1 }),
  mlp({ inputShape, hidden: [5], outputs: 7, activation: "tanh" }),
  lenet({ ...data, dropoutRate: 0.1 }),
  resnet({ ...data, depth: 11, block: "bottleneck", width: 4 }),
  wideResnet({ ...data, depth: 10, widen: 2, width: 4, dropoutRate: 0.3 }),
  densenet({ ...data, depth: 10, growth: 4, compression: 0.7 }),
  imagenetResnet({ ...data, blocks: [1, 2], width: 4 }),
  networkInNetwork({
    ...data,
    channels: [4, 3, 3, 4, 4, 4, 4, 4],
    dropoutRate: 0.2,
    initialisation: "he",
    rectifiedOutput: false,
  }),
  plainNetwork({
    ...data,
    depth: 9,
    width: 4,
    normalised: false,
    stemStride: 2,
  }),
  alexnet({
    ...data,
    channels: [4, 4, 4, 4, 4],
    stemSize: 5,
    stemStride: 1,
    units: 8,
    dropoutRate: 0.1,
    initialisation: "he",
  }),
  googlenet({
    ...data,
    normalised: true,
    stem: "small",
    modules: [1, 1, 1],
    share: 0.1,
    dropoutRate: 0,
  }),
  cudaConvnet({ ...data, width: 8, initialisation: "he" }),
  allCnn({ ...data, width: 8, inputDropoutRate: 0, dropoutRate: 0 }),
  pspnet({
    ...data,
    blocks: [1, 2],
    block: "bottleneck",
    width: 4,
    bins: [1, 2],
    headWidth: 6,
    dropoutRate: 0.2,
  }),
  unet({ inputShape, levels: 3, width: 4, dropoutRate: 0.2 }),
  patchDiscriminator({ inputShape, layers: 2, width: 4 }),
];

for (const { name, spec } of networks) {
  Deno.test(`parseNetwork() makes ${name} of its spec`, () => {
    const { inputShape: _, classes: __, outputs: ___, ...options } = spec;
    const parsed = parseNetwork(options as unknown as ModelSpec, data);
    deepStrictEqual([parsed.name, parsed.spec], [name, spec]);
  });
}

Deno.test("parseNetwork() refuses what there is not, and names the nearest", () => {
  const refuse = (spec: object, message: RegExp) =>
    throws(() => parseNetwork(spec as ModelSpec, data), {
      name: "RangeError",
      message,
    });
  refuse(
    { kind: "wideresnt" },
    /^kind must be one of mlp, .*, got "wideresnt"; did you mean "wideResnet"\?$/,
  );
  refuse({ kind: "toString" }, /^kind must be one of /);
  refuse(
    { kind: "wideResnet", depth: 16, widn: 8 },
    /^wideResnet has no option "widn"; did you mean "widen"\?$/,
  );
  refuse(
    { kind: "lenet", inputShape: [8, 8, 1] },
    /^lenet has no option "inputShape"; it has dropoutRate$/,
  );
  refuse({ kind: "wideResnet" }, /^depth must be 6n \+ 4, .* got undefined$/);
});
