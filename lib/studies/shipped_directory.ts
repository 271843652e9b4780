/**
 * Where the shipped results are.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** `data/results` of the checkout. */
export const shippedDirectory: string = fileURLToPath(
  new URL("../../data/results/", import.meta.url),
);
