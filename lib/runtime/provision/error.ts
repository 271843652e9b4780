/** libtensorflow cannot be had; the message says why and what to do. */
export class ProvisionError extends Error {
  /** The name of this class of errors. */
  override name = "ProvisionError";
}
