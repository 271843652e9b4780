import { didYouMean } from "../text/nearest.ts";
import {
  CIFAR_100_CLASSES,
  CIFAR_10_CLASSES,
  DIGITS,
  FASHION_MNIST_CLASSES,
} from "./class_names.ts";
import type { DatasetEntry, FileEntry } from "./dataset_entry.ts";
import { DatasetError } from "./dataset_error.ts";
import { HOUSING_FEATURES } from "./formats/housing.ts";
import { drawnDigits } from "./generated/drawn_digits.ts";
import { NOISY_PLANE_FEATURES, noisyPlane } from "./generated/noisy_plane.ts";
import {
  TEXTURED_SHAPE_CLASSES,
  texturedShapes,
} from "./generated/textured_shapes.ts";

const IDX_TRAIN = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"];
const IDX_TEST = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

const CIFAR_100: FileEntry = {
  name: "cifar-100",
  kind: "classification",
  shape: [32, 32, 3],
  classNames: CIFAR_100_CLASSES,
  train: 50_000,
  test: 10_000,
  files: {
    format: "cifar",
    folders: ["cifar-100-binary"],
    train: ["train.bin"],
    test: ["test.bin"],
  },
};

/** Every data set that can be opened by name. */
export const REGISTRY: readonly DatasetEntry[] = [
  {
    name: "drawn-digits",
    kind: "classification",
    shape: [28, 28, 1],
    classNames: DIGITS,
    train: 2000,
    test: 1000,
    generate: drawnDigits,
  },
  {
    name: "textured-shapes",
    kind: "classification",
    shape: [32, 32, 3],
    classNames: TEXTURED_SHAPE_CLASSES,
    train: 2000,
    test: 1000,
    generate: texturedShapes,
  },
  {
    name: "noisy-plane",
    kind: "regression",
    shape: [NOISY_PLANE_FEATURES],
    classNames: [],
    train: 400,
    test: 100,
    generate: noisyPlane,
  },
  {
    name: "mnist",
    kind: "classification",
    shape: [28, 28, 1],
    classNames: DIGITS,
    train: 60_000,
    test: 10_000,
    files: {
      format: "idx",
      folders: ["mnist", "MNIST/raw"],
      train: IDX_TRAIN,
      test: IDX_TEST,
    },
  },
  {
    name: "fashion-mnist",
    kind: "classification",
    shape: [28, 28, 1],
    classNames: FASHION_MNIST_CLASSES,
    train: 60_000,
    test: 10_000,
    files: {
      format: "idx",
      folders: ["fashion-mnist", "FashionMNIST/raw"],
      train: IDX_TRAIN,
      test: IDX_TEST,
    },
  },
  {
    name: "cifar-10",
    kind: "classification",
    shape: [32, 32, 3],
    classNames: CIFAR_10_CLASSES,
    train: 50_000,
    test: 10_000,
    files: {
      format: "cifar",
      folders: ["cifar-10-batches-bin"],
      train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
      test: ["test_batch.bin"],
    },
  },
  CIFAR_100,
  {
    ...CIFAR_100,
    name: "cifar-100-subset",
    files: {
      ...CIFAR_100.files,
      // Who has all of it needs no subset of it.
      folders: ["cifar-100-binary-subset", ...CIFAR_100.files.folders],
      subset: true,
    },
  },
  {
    name: "boston-housing",
    kind: "regression",
    shape: [HOUSING_FEATURES],
    classNames: [],
    train: 404,
    test: 102,
    files: {
      format: "housing",
      folders: ["boston-housing"],
      train: ["housing.data"],
      test: [],
    },
  },
];

/**
 * The entry of a data set in the registry.
 *
 * @param name The data set's name.
 * @returns Its entry.
 * @throws {DatasetError} If there is no such data set; it names the nearest.
 *
 * @example
 * ```ts
 * import { findEntry } from "./registry.ts";
 * import { deepStrictEqual, throws } from "node:assert";
 *
 * deepStrictEqual(findEntry("cifar-10").shape, [32, 32, 3]);
 * throws(() => findEntry("cifar10"), /did you mean "cifar-10"\?/);
 * ```
 */
export function findEntry(name: string): DatasetEntry {
  const entry = REGISTRY.find((entry) => entry.name === name);
  if (entry !== undefined) return entry;
  const names = REGISTRY.map((entry) => entry.name);
  throw new DatasetError(
    `no data set is named ${JSON.stringify(name.slice(0, 60))}${
      didYouMean(name, names) || `; there are ${names.join(", ")}`
    }`,
  );
}
