/**
 * HDF5 files, as Keras writes and reads them.
 *
 * @module
 */
export type { StoredTensor } from "../files/safetensors.ts";
export { encodeHdf5, type Hdf5Dataset, type Hdf5Group } from "./encode_hdf5.ts";
export { type Hdf5File, openHdf5 } from "./open_hdf5.ts";
