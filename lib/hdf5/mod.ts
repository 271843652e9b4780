/**
 * Reads HDF5 files as Keras writes them.
 *
 * @module
 */
export { type Hdf5File, openHdf5 } from "./open_hdf5.ts";
