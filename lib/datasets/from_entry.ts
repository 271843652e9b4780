import type { Dataset } from "./dataset.ts";
import type { DatasetFacts } from "./dataset_entry.ts";
import { displayed } from "./displayed.ts";

/** What reading a data set adds to what was known of it. */
type Read =
  & Pick<Dataset, "train" | "test" | "source">
  & Partial<Pick<Dataset, "labelShape" | "words" | "wordVectors">>;

/** The data set of an entry, from what was read. */
export function fromEntry(entry: DatasetFacts, read: Read): Dataset {
  const { name, kind, shape, classNames } = entry;
  return displayed({
    name,
    kind,
    shape: [...shape],
    classes: classNames.length,
    classNames: [...classNames],
    ...read,
  });
}
