/**
 * What a data set looks like.
 *
 * @module
 */
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Figure } from "../figures/figure.ts";
import { imageSheetFigure } from "../figures/image_sheet_figure.ts";
import { labelColours } from "../figures/label_colours.ts";
import { tableFigure } from "../figures/table_figure.ts";

/** The most classes, and the most examples of each, on a sheet of images. */
const CLASSES = 10, EXAMPLES = 8;
/** The most examples and features in a table. */
const ROWS = 10, FEATURES = 8;

/**
 * The first training examples of a data set: of images a sheet with a row a
 * class, of images whose labels are images a sheet of both, of texts a table of their
 * words, of anything else a table of numbers.
 *
 * @example
 * ```ts
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { datasetFigure } from "./dataset_figure.ts";
 * import { figureTitle } from "../figures/figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = datasetFigure(drawnDigits({ train: 200, test: 100 }));
 * strictEqual(
 *   figureTitle(figure),
 *   "drawn-digits: 200 training and 100 test examples of 28×28×1, 10 classes",
 * );
 * ```
 */
export function datasetFigure(dataset: Dataset): Figure {
  const { name, shape, classes, train, test, words } = dataset;
  const count = (n: number) => n.toLocaleString("en");
  const title =
    `${name}: ${count(train.count)} training and ${
      count(test.count)
    } test examples of ${shape.join("×")}${
      words ? " words" : shape.length === 1 ? " features" : ""
    }` +
    (classes > 0 ? `, ${classes} classes` : "");
  const [height, width, channels] = shape;
  if (dataset.labelShape) return pairs(title, dataset);
  if (words) return texts(title, dataset, words);
  const isImages = shape.length === 3 && classes > 0 &&
    (channels === 1 || channels === 3);
  return isImages
    ? sheet(title, dataset, [height!, width!, channels])
    : table(title, dataset);
}

/** The values of one example. */
function example({ inputs, count }: Split, index: number): Float32Array {
  const size = inputs.length / count;
  return inputs.subarray(index * size, (index + 1) * size);
}

/** Images above their labels, which are images too. */
function pairs(title: string, { train, shape, kind, source }: Dataset): Figure {
  const size = train.labels.length / train.count;
  const indices = Array.from(
    { length: Math.min(train.count, CLASSES) },
    (_, i) => i,
  );
  const label = (i: number) => {
    const own = train.labels.subarray(i * size, (i + 1) * size);
    return kind === "segmentation" ? labelColours(own) : own;
  };
  return imageSheetFigure({
    title,
    caption: `The first training examples. Source: ${source}.`,
    shape: [shape[0]!, shape[1]!, 3],
    rows: [
      { name: "input", images: indices.map((i) => example(train, i)) },
      { name: "label", images: indices.map(label) },
    ],
  });
}

function sheet(
  title: string,
  { train, classes, classNames, source }: Dataset,
  shape: [number, number, number],
): Figure {
  const indices: number[][] = Array.from(
    { length: Math.min(classes, CLASSES) },
    () => [],
  );
  for (const [index, label] of train.labels.entries()) {
    const own = indices[label];
    if (own !== undefined && own.length < EXAMPLES) own.push(index);
    if (indices.every((list) => list.length === EXAMPLES)) break;
  }
  const images = indices.map((own) => own.map((i) => example(train, i)));
  let low = 0, high = 1;
  for (const value of images.flat().flatMap((image) => [...image])) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const isScaled = low < 0 || high > 1;
  const scaled = (image: Float32Array) =>
    isScaled ? image.map((value) => (value - low) / (high - low)) : image;
  const shown = indices.length < classes
    ? `the first ${indices.length} classes`
    : "each class";
  return imageSheetFigure({
    title,
    caption: `The first training examples of ${shown}${
      isScaled
        ? `; black is ${low.toPrecision(3)}, white ${high.toPrecision(3)}`
        : ""
    }. Source: ${source}.`,
    shape,
    rows: images.map((own, label) => ({
      name: classNames[label] ?? String(label),
      images: own.map(scaled),
    })).filter((row) => row.images.length > 0),
  });
}

/** The words of texts, without padding. */
function texts(
  title: string,
  { train, classNames, source }: Dataset,
  words: readonly string[],
): Figure {
  const count = Math.min(train.count, ROWS);
  return tableFigure({
    title,
    caption: `The first ${count} training examples. Source: ${source}.`,
    columns: [{ title: "class" }, { title: "words" }],
    rows: Array.from({ length: count }, (_, row) => {
      const label = train.labels[row]!;
      return [
        classNames[label] ?? String(label),
        [...example(train, row)].filter((id) => id > 0)
          .map((id) => words[id] ?? "?").join(" "),
      ];
    }),
  });
}

function table(
  title: string,
  { train, kind, classNames, source }: Dataset,
): Figure {
  const size = train.inputs.length / train.count;
  const features = Math.min(size, FEATURES);
  const count = Math.min(train.count, ROWS);
  const number = (value: number) => String(Number(value.toPrecision(4)));
  const isClasses = kind === "classification";
  return tableFigure({
    title,
    caption: `The first ${count} training examples${
      features < size ? `, the first ${features} of ${size} features` : ""
    }. Source: ${source}.`,
    columns: [
      ...Array.from({ length: features }, (_, i) => ({
        title: `x${i + 1}`,
        align: "right" as const,
      })),
      { title: isClasses ? "class" : "target", align: "right" },
    ],
    rows: Array.from({ length: count }, (_, row) => {
      const label = train.labels[row]!;
      return [
        ...Array.from(example(train, row).subarray(0, features), number),
        isClasses ? classNames[label] ?? String(label) : number(label),
      ];
    }),
  });
}
