import type { Cell } from "./cell.ts";
import { KernelSession } from "./kernel_session.ts";
import type { ExecutedCell } from "./notebook_file.ts";
import { faultOf } from "./promises.ts";
import type { KernelOptions } from "./start_kernel.ts";

/** How a notebook is executed. */
export interface ExecuteOptions extends KernelOptions {
  /** Ends the kernel and the execution. */
  signal?: AbortSignal;
  /** Told before each cell of code: how many are done, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/** A cell that failed, or broke its promise. */
export class CellError extends Error {
  /** The name of this class of errors. */
  override name = "CellError";
}

/**
 * Runs the cells of a notebook in a kernel of its own, in order, as "Run All" does.
 *
 * @param cells The notebook.
 * @returns The cells with what they showed.
 * @throws {CellError} At the first cell that fails, or that promised an output and
 * has none.
 * @throws The signal's reason, if it was aborted.
 */
export async function executeNotebook(
  cells: readonly Cell[],
  { signal, onProgress, ...options }: ExecuteOptions,
): Promise<ExecutedCell[]> {
  signal?.throwIfAborted();
  const total = cells.filter(({ kind }) => kind === "code").length;
  const executed: ExecutedCell[] = [];
  onProgress?.(0, total);
  await using session = await KernelSession.open(options);
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  aborted.promise.catch(() => {});
  try {
    let done = 0;
    for (const cell of cells) {
      if (cell.kind === "markdown") {
        executed.push({ ...cell, outputs: [] });
        continue;
      }
      signal?.throwIfAborted();
      const outputs = await Promise.race([
        session.execute(cell.source),
        aborted.promise,
      ]);
      const ran = { ...cell, outputs };
      const fault = faultOf(ran);
      onProgress?.(++done, total);
      if (fault !== undefined) {
        throw new CellError(
          `cell ${done} of ${total}: ${fault}\n${cell.source}`,
        );
      }
      executed.push(ran);
    }
    return executed;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
