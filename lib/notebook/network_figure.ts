/**
 * What a network looks like.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { tableFigure } from "../figures/table_figure.ts";

/** As much of a network as is shown. */
export interface ShownNetwork {
  /** Its name. */
  readonly name: string;
  /** Shape of one input example. */
  readonly inputShape: readonly number[];
  /** Shape of one output example. */
  readonly outputShape: readonly number[];
  /** Its parameters, named as paths such as `stage1/block0/kernel`. */
  readonly parameters: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly role: string;
  }[];
}

/** The most rows; deeper networks are shown by blocks, and then by stages. */
const ROWS = 32;

/**
 * A network's layers with the shapes and counts of their parameters.
 *
 * @example
 * ```ts
 * import { figureTitle } from "../figures/figure.ts";
 * import { lenet } from "../models/lenet.ts";
 * import { networkFigure } from "./network_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = networkFigure(lenet({ inputShape: [32, 32, 3] }));
 * strictEqual(figureTitle(figure), "lenet: 32×32×3 → 10, 62,006 parameters");
 * ```
 */
export function networkFigure(network: ShownNetwork): Figure {
  const { name, inputShape, outputShape, parameters } = network;
  const groups = grouped(parameters);
  const isDetailed = [...groups.values()].every((own) =>
    new Set(own.map((p) => p.role)).size === own.length
  );
  const trained = parameters.filter((p) => p.role !== "statistic");
  const statistics = parameters.length - trained.length;
  const total = sizeOf(trained).toLocaleString("en");
  return tableFigure({
    title: `${name}: ${shapeText(inputShape)} → ${
      shapeText(outputShape)
    }, ${total} parameters`,
    caption: statistics > 0
      ? "Running statistics are kept, not trained, and not counted."
      : "",
    columns: [
      { title: isDetailed ? "layer" : "block" },
      { title: isDetailed ? "parameters" : "layers' parameters", width: 60 },
      { title: "count", align: "right" },
    ],
    rows: [
      ...[...groups].map(([layer, own]) => [
        layer,
        own.filter((p) => p.role !== "statistic")
          .map((p) => `${p.role} ${shapeText(p.shape)}`)
          .reduce(counted, [])
          .map(([text, n]) => n === 1 ? text : `${n} × ${text}`)
          .join(", "),
        sizeOf(own.filter((p) => p.role !== "statistic"))
          .toLocaleString("en"),
      ]),
      ["total", "", total],
    ],
    total: true,
  });
}

type Parameter = ShownNetwork["parameters"][number];

/** Parameters by the layer, or else the block or stage, that they are in. */
function grouped(
  parameters: readonly Parameter[],
): Map<string, readonly Parameter[]> {
  const paths = parameters.map((p) => p.name.split("/").slice(0, -1));
  let groups = new Map<string, Parameter[]>();
  for (
    let depth = Math.max(...paths.map((p) => p.length));
    depth > 0;
    depth--
  ) {
    groups = Map.groupBy(
      parameters,
      (p) => p.name.split("/").slice(0, -1).slice(0, depth).join("/"),
    );
    if (groups.size <= ROWS) break;
  }
  return groups;
}

/** Adds a text to a list of texts and how often they came in a row. */
function counted(list: [string, number][], text: string): [string, number][] {
  const last = list.find(([known]) => known === text);
  if (last === undefined) list.push([text, 1]);
  else last[1]++;
  return list;
}

function sizeOf(parameters: readonly Parameter[]): number {
  return parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1),
    0,
  );
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "1" : shape.join("×");
}
