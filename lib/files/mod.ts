/**
 * Files that Slope fetches and keeps: where they are, how they get there whole.
 *
 * @module
 */
export { cacheDirectory } from "./cache_directory.ts";
export { download, type DownloadOptions } from "./download.ts";
export type { Environment } from "./environment.ts";
export {
  DownloadError,
  fetchFrom,
  type FetchFromOptions,
  InterruptedDownloadError,
  reasonOf,
  showUrl,
} from "./fetch_from.ts";
export { formatBytes } from "./format_bytes.ts";
export {
  explainWriteError,
  freeBytes,
  NoSpaceError,
  requireSpace,
} from "./free_space.ts";
export { type LockOptions, withLock } from "./lock.ts";
export { hashFile, isExpectedFile, sizeOf } from "./sha256.ts";
