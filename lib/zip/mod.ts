/**
 * Zip archives: Python wheels, NumPy's npz, Keras files.
 *
 * @module
 */
export { readDirectory, type ZipEntry } from "./directory.ts";
export { encodeZip } from "./encode.ts";
export { entryBytes, entryPieces } from "./entry.ts";
export { bytesSource, fileSource, type ZipSource } from "./source.ts";
