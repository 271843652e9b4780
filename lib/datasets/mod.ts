/**
 * Data sets: generated ones that need no file, and readers of the canonical
 * files of MNIST, Fashion-MNIST, CIFAR-10, CIFAR-100 and Boston housing, of folders of
 * pictures: Pascal VOC's segmentations, pix2pix's aligned pairs and CelebA's faces, and
 * of IMDb's reviews.
 *
 * **Units.** Images are float32 in [0, 1] (byte / 255), channels last. Features
 * and regression targets are in the units of their source. Texts are ids of words, with
 * 0 in front of shorter ones, and their data set has the words. Nothing is
 * standardised until {@linkcode standardised} is called; zeros as padding in
 * {@linkcode augment} are meant for standardised images.
 *
 * **Who owns what.** {@linkcode openDataset} and the generators return new
 * arrays that belong to the caller. `subset`, `holdOut` and `takeExamples` copy
 * the examples. `standardised` and `standardise` copy the inputs, unless the
 * latter is told to overwrite them, and pass on the labels array as it is. No
 * function here changes or keeps an array that it was given, but for
 * `standardise`'s `into`. There are no tensors here: nothing is to be disposed but
 * {@linkcode streamImages}'s threads, which read folders of pictures that are too large
 * for memory.
 *
 * **Randomness** is a pure function of seeds and of the global step.
 *
 * @module
 */
export {
  augment,
  type AugmentationOptions,
  type AugmentationPlan,
  augmentationPlan,
} from "./augmentation.ts";
export {
  type ChannelStatistics,
  channelStatistics,
} from "./channel_statistics.ts";
export {
  type Dataset,
  type DatasetKind,
  IGNORED_LABEL,
  type Split,
  type WordVectors,
} from "./dataset.ts";
export { DatasetError } from "./dataset_error.ts";
export { drawnDigits } from "./generated/drawn_digits.ts";
export { drawnScenes } from "./generated/drawn_scenes.ts";
export { edgePairs } from "./generated/edge_pairs.ts";
export type { GeneratedOptions } from "./generated/generate_images.ts";
export { negatedOpinions } from "./generated/negated_opinions.ts";
export {
  NOISY_PLANE_SOLUTION,
  noisyPlane,
  type NoisyPlaneSolution,
} from "./generated/noisy_plane.ts";
export { texturedShapes } from "./generated/textured_shapes.ts";
export { holdOut } from "./hold_out.ts";
export type { FetchProgress } from "./io/fetch_dataset.ts";
export {
  type DatasetListing,
  listDatasets,
  type ListDatasetsOptions,
} from "./list_datasets.ts";
export { openDataset, type OpenDatasetOptions } from "./open_dataset.ts";
export type { OwnData, OwnDataOptions } from "./own/examples.ts";
export { readOwnData } from "./own/read_own_data.ts";
export { batchIndices, dataOrder, type OrderOptions } from "./order.ts";
export { standardise } from "./standardise.ts";
export { standardised } from "./standardised.ts";
export { openStreamed } from "./streamed/open_streamed.ts";
export {
  type StreamedDataset,
  streamImages,
  type StreamImagesOptions,
} from "./streamed/stream_images.ts";
export type { StreamDraw, StreamedSplit } from "./streamed/streamed_split.ts";
export { subset } from "./subset.ts";
export { takeExamples } from "./take_examples.ts";
