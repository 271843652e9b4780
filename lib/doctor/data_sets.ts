import { listDatasets } from "../datasets/mod.ts";
import { formatBytes } from "../files/mod.ts";
import type { Finding } from "./finding.ts";

/** Whether each data set that can be opened by name is at hand. */
export async function examineDataSets(): Promise<Finding[]> {
  const listings = await listDatasets();
  return listings.map((listing): Finding => {
    const { name, ready, place, problem, fetchBytes } = listing;
    const common = { name: `data set ${name}`, values: { ...listing } };
    if (ready) return { ...common, status: "ok", detail: place ?? "" };
    if (problem !== null) {
      return {
        ...common,
        status: "broken",
        detail: problem,
        advice: place === null
          ? "correct or unset SLOPE_DATA"
          : `replace the files in ${place}`,
      };
    }
    const fetching = fetchBytes === null
      ? ""
      : `, or let it be fetched (${
        formatBytes(fetchBytes)
      }): \`await openDataset(${JSON.stringify(name)}, { allowFetch: true })\``;
    return {
      ...common,
      status: "missing",
      detail: "not found",
      advice: `set SLOPE_DATA to the folder that has its files${fetching}`,
    };
  });
}
