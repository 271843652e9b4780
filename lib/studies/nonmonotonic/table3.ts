/**
 * Nonmonotonic schedules, table 3: five networks on CIFAR-10 and CIFAR-100.
 *
 * @module
 */
import type { StudyItem } from "../study.ts";
import { tableItem } from "./table.ts";
import { tableNetworks } from "./table3_networks.ts";

/** CIFAR-10 and CIFAR-100. */
export const table3: StudyItem = tableItem({
  item: "table3",
  headline: true,
  smallestEffect: 0.2,
  networks: (scale) => tableNetworks[scale],
});
