/** Numbers of parameters against published ones; initial values. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { convolution } from "../../lib/models/layers/convolution.ts";
import { residual } from "../../lib/models/layers/residual.ts";
import {
  alexnet,
  allCnn,
  autoencoder,
  cudaConvnet,
  densenet,
  googlenet,
  imagenetResnet,
  lenet,
  lossgradCnn,
  mlp,
  type Network,
  network,
  networkInNetwork,
  plainNetwork,
  resnet,
  wideResnet,
} from "../../lib/models/mod.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";

const inputShape = [32, 32, 3] as const;
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Trained numbers. */
const count = ({ parameters }: Network) =>
  parameters.filter(({ role }) => role !== "statistic")
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const millions = (network: Network, digits: number) =>
  (count(network) / 1e6).toFixed(digits);

Deno.test("networks have the published numbers of parameters", () => {
  // 784-500-300-10: (784 + 1)·500 + (500 + 1)·300 + (300 + 1)·10.
  strictEqual(
    count(mlp({ inputShape: [784], hidden: [500, 300], outputs: 10 })),
    545_810,
  );
  strictEqual(count(lenet({ inputShape })), 62_006);
  // He et al. 2015 (arXiv 1512.03385), table 6.
  strictEqual(millions(resnet({ inputShape, depth: 20 }), 2), "0.27");
  strictEqual(millions(resnet({ inputShape, depth: 32 }), 2), "0.47");
  strictEqual(millions(resnet({ inputShape, depth: 56 }), 2), "0.86");
  strictEqual(millions(resnet({ inputShape, depth: 110 }), 1), "1.7");
  // He et al. 2016 (arXiv 1603.05027), ResNet-164 of bottleneck blocks.
  strictEqual(
    millions(resnet({ inputShape, depth: 164, block: "bottleneck" }), 1),
    "1.7",
  );
  // Zagoruyko and Komodakis 2016 (arXiv 1605.07146), table 4.
  strictEqual(
    millions(wideResnet({ inputShape, depth: 16, widen: 8 }), 1),
    "11.0",
  );
  strictEqual(
    millions(wideResnet({ inputShape, depth: 28, widen: 10 }), 1),
    "36.5",
  );
  // Huang et al. 2016 (arXiv 1608.06993), table 2.
  strictEqual(
    millions(densenet({ inputShape, depth: 100, growth: 12 }), 1),
    "0.8",
  );
  strictEqual(
    millions(densenet({ inputShape, depth: 250, growth: 24 }), 1),
    "15.3",
  );
  strictEqual(
    millions(densenet({ inputShape, depth: 190, growth: 40 }), 1),
    "25.6",
  );
  // He et al. 2015: ResNet-50, ResNet-101 and ResNet-152 as they are distributed.
  const imagenet = { inputShape: [224, 224, 3] };
  strictEqual(count(imagenetResnet(imagenet)), 25_557_032);
  strictEqual(
    count(imagenetResnet({ ...imagenet, blocks: [3, 4, 23, 3] })),
    44_549_160,
  );
  strictEqual(
    count(imagenetResnet({ ...imagenet, blocks: [3, 8, 36, 3] })),
    60_192_808,
  );
  // Krizhevsky et al. 2012 in one tower: 96·(11²·3 + 1) + 256·(5²·96 + 1) + …
  strictEqual(count(alexnet({ inputShape: [227, 227, 3] })), 62_378_344);
  // Szegedy et al. 2014 (arXiv 1409.4842), table 1, without the auxiliary classifiers.
  strictEqual(count(googlenet({ inputShape: [224, 224, 3] })), 6_998_552);
  // Lin et al. 2013 (arXiv 1312.4400): just below a million.
  strictEqual(count(networkInNetwork({ inputShape })), 966_986);
  // Springenberg et al. 2014 (arXiv 1412.6806), table 4: All-CNN-C.
  strictEqual(millions(allCnn({ inputShape }), 1), "1.4");
  // A plain network has what its ResNet of projections has, but for the shortcuts.
  strictEqual(millions(plainNetwork({ inputShape, depth: 20 }), 2), "0.27");
  strictEqual(millions(plainNetwork({ inputShape, depth: 56 }), 2), "0.85");
  // Caffe's cifar10_full, which is layers-18pct.
  strictEqual(count(cudaConvnet({ inputShape })), 89_578);
  // Wójcik et al. 2019 (arXiv 1902.07656), table 7: (75 + 1)·30 + (750 + 1)·40 +
  // (360 + 1)·50 + (450 + 1)·250 + (250 + 1)·100 + (100 + 1)·10, and
  // 784-200-100-50-100-200-784.
  strictEqual(count(lossgradCnn({ inputShape })), 189_230);
  strictEqual(count(autoencoder({ inputShape: [28, 28, 1] })), 365_034);
});

Deno.test("names of parameters are unique", () => {
  const { parameters } = resnet({ inputShape, depth: 11, block: "bottleneck" });
  const names = parameters.map(({ name }) => name);
  strictEqual(new Set(names).size, names.length);
  ok(names.includes("stage2/block1/shortcut/kernel"), names.join("\n"));
});

Deno.test("the filter axis counts output units", () => {
  for (
    const network of [lenet({ inputShape }), resnet({ inputShape, depth: 8 })]
  ) {
    for (const { name, shape, role, filterAxis } of network.parameters) {
      const axis = role === "kernel" ? shape.length - 1 : 0;
      strictEqual(filterAxis, axis, name);
    }
  }
});

/** Mean and standard deviation. */
function moments(values: Float32Array): [number, number] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return [mean, Math.sqrt(square / values.length)];
}

/** Asserts mean 0 and a deviation, within what the number of values allows. */
function assertDeviation(
  values: Float32Array,
  deviation: number,
  name: string,
) {
  const [mean, actual] = moments(values);
  const error = 5 * deviation / Math.sqrt(values.length);
  ok(Math.abs(mean) < error, `${name}: mean ${mean}`);
  ok(
    Math.abs(actual - deviation) < error,
    `${name}: ${actual}, not ${deviation}`,
  );
}

function initialOf(network: Network, seed = 0): Map<string, Float32Array> {
  const values = initialValues(classification(network), seed);
  return new Map(network.parameters.map(({ name }, i) => [name, values[i]!]));
}

Deno.test("kernels start as He's, normalisations as identities", () => {
  for (
    const network of [
      resnet({ inputShape, depth: 20 }),
      allCnn({ inputShape, width: 32 }),
      cudaConvnet({ inputShape, initialisation: "he" }),
      wideResnet({ inputShape, depth: 10, widen: 2 }),
      densenet({ inputShape, depth: 22, growth: 12 }),
      imagenetResnet({ inputShape, blocks: [1, 1], width: 16, classes: 10 }),
      networkInNetwork({ inputShape, initialisation: "he" }),
      alexnet({
        inputShape,
        stemStride: 1,
        units: 256,
        initialisation: "he",
      }),
      googlenet({ inputShape, stem: "small", modules: [1, 1, 1] }),
      googlenet({ inputShape, normalised: true, share: 0.5 }),
    ]
  ) {
    const initial = initialOf(network);
    for (const { name, shape, role } of network.parameters) {
      const values = initial.get(name)!;
      if (role === "kernel") {
        const fanIn = sizeOf(shape) / shape.at(-1)!;
        assertDeviation(
          values,
          Math.sqrt(2 / fanIn),
          `${network.name} ${name}`,
        );
      } else {
        const one = role === "scale" || name.endsWith("variance");
        ok(values.every((x) => x === (one ? 1 : 0)), name);
      }
    }
  }
});

Deno.test("LeNet and MLP start uniform in ±1/√fan-in", () => {
  for (
    const network of [
      lenet({ inputShape }),
      mlp({ inputShape: [784], hidden: [500], outputs: 10 }),
    ]
  ) {
    const initial = initialOf(network);
    for (const { name, shape, role } of network.parameters) {
      const values = initial.get(name)!;
      if (role === "bias") ok(values.every((x) => x === 0));
      else {
        const bound = 1 / Math.sqrt(sizeOf(shape) / shape.at(-1)!);
        ok(values.every((x) => Math.abs(x) <= Math.fround(bound)), name);
        assertDeviation(values, bound / Math.sqrt(3), name);
      }
    }
  }
});

Deno.test("the small model starts as cuda-convnet's layer definitions say", () => {
  const initial = initialOf(cudaConvnet({ inputShape }));
  assertDeviation(initial.get("convolution1/kernel")!, 1e-4, "convolution1");
  for (const name of ["convolution2", "convolution3", "output"]) {
    assertDeviation(initial.get(`${name}/kernel`)!, 0.01, name);
  }
});

Deno.test("AlexNet starts as its paper says: biases of 1 where ReLU needs a push", () => {
  const initial = initialOf(
    alexnet({ inputShape, stemStride: 1, units: 64, classes: 10 }),
  );
  assertDeviation(initial.get("convolution2/kernel")!, 0.01, "convolution2");
  const ones = [
    "convolution2",
    "convolution4",
    "convolution5",
    "dense1",
    "dense2",
  ];
  for (const name of ["convolution1", "convolution3", "output", ...ones]) {
    const bias = ones.includes(name) ? 1 : 0;
    ok(initial.get(`${name}/bias`)!.every((x) => x === bias), name);
  }
});

Deno.test("initial values are a function of the seed", () => {
  const network = lenet({ inputShape });
  deepStrictEqual(initialOf(network, 5), initialOf(network, 5));
  const [a, b] = [initialOf(network, 5), initialOf(network, 6)];
  ok(a.get("dense1/kernel")![0] !== b.get("dense1/kernel")![0]);
  ok(a.get("dense1/kernel")![0] !== a.get("dense2/kernel")![0]);
});

Deno.test("a spec holds what decides the network", () => {
  deepStrictEqual(resnet({ inputShape, depth: 20 }).spec, {
    kind: "resnet",
    inputShape,
    depth: 20,
    block: "basic",
    width: 16,
    classes: 10,
  });
  deepStrictEqual(mlp({ inputShape: [4], outputs: 3 }).spec, {
    kind: "mlp",
    inputShape: [4],
    hidden: [],
    outputs: 3,
    deviation: null,
  });
});

Deno.test("options out of range are refused by name", () => {
  const refuse = (make: () => unknown, message: RegExp) =>
    throws(make, { name: "RangeError", message });
  refuse(
    () => resnet({ inputShape, depth: 21 }),
    /^depth must be 6n \+ 2 .* 21$/,
  );
  refuse(
    () => resnet({ inputShape, depth: 21, block: "bottleneck" }),
    /^depth must be 9n \+ 2 for bottleneck blocks, got 21$/,
  );
  refuse(
    () => plainNetwork({ inputShape, depth: 4 }),
    /^depth must be an integer ≥ 5, got 4$/,
  );
  throws(
    () => plainNetwork({ inputShape, depth: 20, normalised: 1 as never }),
    /^TypeError: normalised must be true or false, got 1$/,
  );
  refuse(
    () => resnet({ inputShape, depth: 20, width: 0 }),
    /^filters .* got 0$/,
  );
  refuse(
    () => wideResnet({ inputShape, depth: 20, widen: 8 }),
    /^depth must be 6n \+ 4, n from 1, got 20$/,
  );
  refuse(
    () => wideResnet({ inputShape, depth: 16, widen: 0.5 }),
    /^widen must be an integer ≥ 1, got 0.5$/,
  );
  refuse(
    () => densenet({ inputShape, depth: 101, growth: 12 }),
    /^depth must be 6n \+ 4, n from 1, got 101$/,
  );
  refuse(
    () => densenet({ inputShape, depth: 100, growth: 12, compression: 0 }),
    /^compression must be in \(0, 1\], got 0$/,
  );
  refuse(
    () => imagenetResnet({ inputShape, blocks: [3, 0] }),
    /^each number of blocks must be an integer ≥ 1, got 0$/,
  );
  refuse(
    () => networkInNetwork({ inputShape, channels: [192, 160, 96] }),
    /^channels must be 8 numbers, got 3$/,
  );
  refuse(
    () => alexnet({ inputShape, channels: [96, 256] }),
    /^channels must be 5 numbers, got 2$/,
  );
  refuse(
    () => alexnet({ inputShape }),
    /window of 3 does not fit into 1: the input is too small/,
  );
  refuse(
    () => googlenet({ inputShape, modules: [2, 5] }),
    /^modules must be 3 numbers, got 2$/,
  );
  refuse(
    () => googlenet({ inputShape, modules: [3, 5, 2] }),
    /^modules of stage 1 must be at most 2, got 3$/,
  );
  refuse(
    () => googlenet({ inputShape, share: 1.5 }),
    /^share must be in \(0, 1\], got 1.5$/,
  );
  refuse(() => mlp({ inputShape: [4], outputs: 0 }), /^units .* got 0$/);
  refuse(
    () => mlp({ inputShape: [4], outputs: 1, activation: "elu" as "relu" }),
    /^activation must be "relu" or "tanh", got "elu"$/,
  );
  refuse(
    () => mlp({ inputShape: [4.5], outputs: 1 }),
    /inputShape .* got 4.5$/,
  );
  refuse(
    () => lenet({ inputShape: [8, 8, 1] }),
    /window of 5 does not fit into 2/,
  );
  refuse(
    () => lenet({ inputShape, dropoutRate: 1 }),
    /^rate must be in \[0, 1\), got 1$/,
  );
  throws(
    () =>
      network(
        "wrong",
        { kind: "wrong", inputShape },
        residual({ body: convolution({ filters: 4, size: 3 }) }),
      ),
    /gives \[32,32,4\], the way around it \[32,32,3\]/,
  );
});

Deno.test("a plain network has the convolutions of its depth, the first stages more", () => {
  for (const depth of [5, 20, 40, 50]) {
    const { parameters } = plainNetwork({
      inputShape,
      depth,
      normalised: false,
    });
    const kernels = parameters.filter(({ role }) => role === "kernel");
    strictEqual(kernels.length, depth);
    const channels = kernels.slice(1, -1).map(({ shape }) => shape[3]);
    const counts = [16, 32, 64].map((n) =>
      channels.filter((c) => c === n).length
    );
    strictEqual(counts.reduce((a, b) => a + b), depth - 2);
    ok(counts[0]! - counts[2]! <= 1 && counts[0]! >= counts[1]!);
    strictEqual(
      parameters.filter(({ role }) => role === "bias").length,
      depth,
    );
  }
});
