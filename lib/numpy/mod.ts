/**
 * NumPy's files: `.npy` and `.npz`.
 *
 * @module
 */
export { type ArrayValues, decodeNpy, type NumpyArray } from "./npy.ts";
export type { ZipSource } from "../zip/source.ts";
export { type NpzFile, openNpz } from "./npz.ts";
