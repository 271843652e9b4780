import { didYouMean } from "../text/nearest.ts";
import {
  CIFAR_100_CLASSES,
  CIFAR_10_CLASSES,
  DIGITS,
  FASHION_MNIST_CLASSES,
  PASCAL_VOC_CLASSES,
} from "./class_names.ts";
import type {
  DatasetEntry,
  FileEntry,
  FolderEntry,
  StreamedEntry,
} from "./dataset_entry.ts";
import { DatasetError } from "./dataset_error.ts";
import { HOUSING_FEATURES } from "./formats/housing.ts";
import { drawnDigits } from "./generated/drawn_digits.ts";
import { DRAWN_SCENE_CLASSES, drawnScenes } from "./generated/drawn_scenes.ts";
import { edgePairs } from "./generated/edge_pairs.ts";
import {
  negatedOpinions,
  OPINION_LENGTH,
} from "./generated/negated_opinions.ts";
import { NOISY_PLANE_FEATURES, noisyPlane } from "./generated/noisy_plane.ts";
import {
  TEXTURED_SHAPE_CLASSES,
  texturedShapes,
} from "./generated/textured_shapes.ts";
import { readAlignedPairs } from "./io/read_aligned_pairs.ts";
import { FACE_NEEDS, readFaces } from "./io/read_faces.ts";
import { readReviews, REVIEW_NEEDS } from "./io/read_reviews.ts";
import { readVoc } from "./io/read_voc.ts";

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

const PASCAL_VOC: FolderEntry = {
  name: "pascal-voc",
  kind: "segmentation",
  shape: [224, 224, 3],
  classNames: PASCAL_VOC_CLASSES,
  train: 1464,
  test: 1449,
  folders: ["VOC2012", "VOCdevkit/VOC2012"],
  needs: ["ImageSets/Segmentation", "JPEGImages", "SegmentationClass"],
  read: readVoc,
};

const MAPS: FolderEntry = {
  name: "maps",
  kind: "translation",
  shape: [256, 256, 3],
  classNames: [],
  train: 1096,
  test: 1098,
  folders: ["maps"],
  needs: ["train", "val"],
  read: readAlignedPairs("A"),
};

const CITYSCAPES: FolderEntry = {
  ...MAPS,
  name: "cityscapes",
  train: 2975,
  test: 500,
  folders: ["cityscapes"],
  read: readAlignedPairs("B"),
};

const CELEBA: FolderEntry = {
  name: "celeba",
  kind: "classification",
  shape: [64, 64, 3],
  // Attributes are not read; all that is known is that they are faces.
  classNames: ["face"],
  train: 60_000,
  test: 10_000,
  folders: ["celeba", "CelebA"],
  needs: FACE_NEEDS,
  read: readFaces,
};

/** The vectors of words that are used where they are in the folder of reviews. */
const GLOVE = "glove.6B.100d.txt";

/** Film reviews, of which so many words are kept. */
const imdb = (length: number): FolderEntry => ({
  name: "imdb",
  kind: "classification",
  shape: [length],
  classNames: ["negative", "positive"],
  train: 25_000,
  test: 25_000,
  folders: ["imdb", "aclImdb"],
  needs: REVIEW_NEEDS,
  read: readReviews(),
});

/** The same, with vectors of words. */
const imdbWithVectors = (length: number): FolderEntry => ({
  ...imdb(length),
  name: "imdb-glove",
  needs: [...REVIEW_NEEDS, [GLOVE, `${GLOVE}.gz`]],
  read: readReviews(GLOVE),
});

/** Of 2012, as torchvision lays it out. */
const IMAGENET: StreamedEntry = {
  name: "imagenet",
  kind: "classification",
  shape: [224, 224, 3],
  classNames: [],
  classes: 1000,
  train: 1_281_167,
  test: 50_000,
  folders: ["imagenet", "ILSVRC2012"],
  needs: ["train", "val"],
  shorterSide: 256,
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
    name: "drawn-scenes",
    kind: "segmentation",
    shape: [48, 48, 3],
    classNames: DRAWN_SCENE_CLASSES,
    train: 2000,
    test: 1000,
    generate: drawnScenes,
  },
  {
    name: "edge-pairs",
    kind: "translation",
    shape: [64, 64, 3],
    classNames: [],
    train: 800,
    test: 200,
    generate: edgePairs,
  },
  {
    name: "negated-opinions",
    kind: "classification",
    shape: [OPINION_LENGTH],
    classNames: ["negative", "positive"],
    train: 2000,
    test: 1000,
    generate: negatedOpinions,
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
  PASCAL_VOC,
  { ...PASCAL_VOC, name: "pascal-voc-48", shape: [48, 48, 3] },
  MAPS,
  { ...MAPS, name: "maps-64", shape: [64, 64, 3] },
  CITYSCAPES,
  { ...CITYSCAPES, name: "cityscapes-64", shape: [64, 64, 3] },
  CELEBA,
  { ...CELEBA, name: "celeba-32", shape: [32, 32, 3], train: 8000, test: 2000 },
  imdb(400),
  { ...imdb(64), name: "imdb-64" },
  imdbWithVectors(400),
  { ...imdbWithVectors(64), name: "imdb-glove-64" },
  IMAGENET,
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
