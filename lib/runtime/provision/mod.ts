/**
 * Gets libtensorflow onto this machine.
 *
 * @module
 */
export type { Environment } from "../../files/mod.ts";
export { ProvisionError } from "./error.ts";
export type { Manifest, Platform, Wheel } from "./manifest.ts";
export { type CacheOptions, pinnedSize, type Variant } from "./place.ts";
export {
  type FindOptions,
  findProvisioned,
  provision,
  type Provisioned,
  type ProvisionOptions,
  removeProvisioned,
} from "./provision.ts";
