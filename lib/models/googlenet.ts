/**
 * GoogLeNet: inception modules, with and without batch normalisation.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import { constant, heNormal } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { branches } from "./layers/branches.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { dropout } from "./layers/dropout.ts";
import { normalised } from "./layers/normalised.ts";
import { globalAveragePool, pool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode googlenet}. */
export interface GooglenetOptions {
  /** Shape of one image, such as `[224, 224, 3]`. */
  inputShape: readonly number[];
  /** Whether each convolution is followed by batch normalisation. @default {false} */
  normalised?: boolean;
  /**
   * What begins: `"large"` as in the paper, which divides height and width by 8;
   * `"small"`: a 3×3 convolution and max-pooling, which divide them by 2.
   *
   * @default {"large"}
   */
  stem?: "large" | "small";
  /** Modules of each of the three stages, the first ones of each. @default {[2, 5, 2]} */
  modules?: readonly number[];
  /** What all numbers of channels are multiplied by, in (0, 1]. @default {1} */
  share?: number;
  /** Share dropped before the classes. @default {0.4} */
  dropoutRate?: number;
  /** Number of classes. @default {1000} */
  classes?: number;
}

/** Channels: 1×1; before 3×3, 3×3; before 5×5, 5×5; after the pooling. */
type Inception = readonly [number, number, number, number, number, number];

/** The modules of the three stages. */
const STAGES: readonly (readonly Inception[])[] = [
  [[64, 96, 128, 16, 32, 32], [128, 128, 192, 32, 96, 64]],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [[256, 160, 320, 32, 128, 128], [384, 192, 384, 48, 128, 128]],
];

/** Channels of the first and of the last convolution before the modules. */
const STEM = [64, 192] as const;

/**
 * Convolution 7×7 of stride 2, 1×1 and 3×3 with max-pooling between; three stages of
 * inception modules (1×1, 3×3, 5×5 convolutions and max-pooling side by side, with 1×1
 * convolutions before the larger and after the pooling), max-pooling between stages;
 * mean over the image, dropout, classes. ReLU after each convolution. Kernels are
 * initialised as He's.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example GoogLeNet has 7.0 million parameters
 * ```ts
 * import { googlenet } from "./googlenet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = googlenet({ inputShape: [224, 224, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 6_998_552);
 * ```
 *
 * Reference: C. Szegedy et al., 2014, arXiv 1409.4842, table 1; S. Ioffe, C. Szegedy,
 * 2015, arXiv 1502.03167, on the normalisation. Differs from the papers: no auxiliary
 * classifiers, no local response normalisation; with batch normalisation the modules
 * stay the same.
 */
export function googlenet(options: GooglenetOptions): Network {
  const {
    inputShape,
    normalised: isNormalised = false,
    stem = "large",
    modules = STAGES.map((stage) => stage.length),
    share = 1,
    dropoutRate = 0.4,
    classes = 1000,
  } = options;
  checkModules(modules);
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`share must be in (0, 1], got ${share}`);
  }
  const conv = (filters: number, size: number, stride = 1): LayerFactory =>
    sequence([
      [
        "convolution",
        convolution({
          filters: Math.max(1, Math.round(share * filters)),
          size,
          stride,
          bias: isNormalised ? null : constant(0),
        }),
      ],
      ["after", isNormalised ? normalised : relu()],
    ]);
  const halve: [string, LayerFactory] = [
    "",
    pool({ kind: "max", size: 3, stride: 2, padding: "same" }),
  ];
  const module = ([one, before3, three, before5, five, after]: Inception) =>
    branches([
      ["1x1", conv(one, 1)],
      [
        "3x3",
        sequence([["reduction", conv(before3, 1)], ["filter", conv(three, 3)]]),
      ],
      [
        "5x5",
        sequence([["reduction", conv(before5, 1)], ["filter", conv(five, 5)]]),
      ],
      [
        "pool",
        sequence([
          ["", pool({ kind: "max", size: 3, stride: 1, padding: "same" })],
          ["projection", conv(after, 1)],
        ]),
      ],
    ]);
  const stages = STAGES.flatMap((stage, s): [string, LayerFactory][] => [
    ...s === 0 ? [] : [halve],
    ...stage.slice(0, modules[s]).map((channels, i): [string, LayerFactory] => [
      `inception${s + 3}${"abcde"[i]}`,
      module(channels),
    ]),
  ]);
  const stems: Record<typeof stem, [string, LayerFactory][]> = {
    large: [
      ["stem1", conv(STEM[0], 7, 2)],
      halve,
      ["stem2", conv(STEM[0], 1)],
      ["stem3", conv(STEM[1], 3)],
      halve,
    ],
    small: [["stem", conv(STEM[1], 3)], halve],
  };
  return network(
    `googlenet-${modules.join("-")}-${share}${
      isNormalised ? "-normalised" : ""
    }`,
    {
      kind: "googlenet",
      inputShape,
      normalised: isNormalised,
      stem,
      modules,
      share,
      dropoutRate,
      classes,
    },
    sequence([
      ...stems[stem],
      ...stages,
      ["", globalAveragePool()],
      ["", dropout(dropoutRate)],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: heNormal(shape[0]!) })(shape),
      ],
    ]),
  );
}

/** Refuses numbers of modules that the stages do not have. */
function checkModules(modules: readonly number[]): void {
  if (modules.length !== STAGES.length) {
    throw new RangeError(
      `modules must be ${STAGES.length} numbers, got ${modules.length}`,
    );
  }
  modules.forEach((count, s) => {
    checkSize("each number of modules", count);
    const most = STAGES[s]!.length;
    if (count > most) {
      throw new RangeError(
        `modules of stage ${s + 1} must be at most ${most}, got ${count}`,
      );
    }
  });
}
