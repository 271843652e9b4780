import { ok } from "node:assert";
import type { FileEntry } from "../../lib/datasets/dataset_entry.ts";
import { findEntry } from "../../lib/datasets/registry.ts";

/** The registry's entry of a data set that is read from files. */
export function fileEntry(name: string): FileEntry {
  const entry = findEntry(name);
  ok("files" in entry);
  return entry;
}
