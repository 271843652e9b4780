/**
 * How a data set shows itself in a notebook.
 *
 * @module
 */
import { displayedAs } from "../figures/displayed.ts";
import type { Dataset } from "./dataset.ts";

/** Makes a data set show some of its examples in a notebook. */
export function displayed(dataset: Dataset): Dataset {
  return displayedAs(dataset, async () => {
    const { datasetFigure } = await import("../notebook/dataset_figure.ts");
    return datasetFigure(dataset);
  });
}
