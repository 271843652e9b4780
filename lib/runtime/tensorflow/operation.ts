/**
 * Executes operations one by one.
 *
 * @module
 */
import type { Context } from "./context.ts";
import type { Pointer, TensorFlowLibrary } from "./library.ts";

/**
 * Executes an operation, or calls a graph function, at once.
 *
 * @param name The operation's or function's name.
 * @param outputCount How many outputs it has.
 * @param fill Adds inputs and attributes to the `TFE_Op`.
 * @param subject What messages call it.
 * @returns Handles of the outputs, which the caller owns.
 */
export function execute(
  library: TensorFlowLibrary,
  { pointer, placement }: Context,
  name: string,
  outputCount: number,
  fill: (operation: Pointer) => void,
  subject: string = `Operation ${name}`,
): Pointer[] {
  const { api, status } = library;
  const operation = api.TFE_NewOp(pointer, library.name(name), status);
  library.check(`${subject} is not known`);
  try {
    if (placement) {
      api.TFE_OpSetDevice(operation, placement, status);
      library.check(`${subject} cannot be placed`);
    }
    fill(operation);
    const returned = new BigUint64Array(Math.max(1, outputCount));
    const count = Int32Array.of(outputCount);
    api.TFE_Execute(operation, returned, count, status);
    library.check(`${subject} failed`);
    return Array.from(
      returned.subarray(0, count[0]),
      (address) => Deno.UnsafePointer.create(address),
    );
  } finally {
    api.TFE_DeleteOp(operation);
  }
}
