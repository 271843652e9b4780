import { denoKernel } from "../shared/deno_kernel.ts";
import { shown } from "../shared/shown.ts";

/** Marks that the guard stands, for a second instance of this module. */
const STANDS = Symbol.for("slope.guard");

/**
 * Keeps figures and values from getting lost in Deno's own kernel, which says that a
 * cell has ended before it has sent all that the cell showed.
 *
 * With the guard, displays and the values of cells are waited for. What is printed can
 * still get lost, and Stop still ends the kernel: for that there is Slope's kernel, of
 * which one line tells. In Slope's kernel and outside notebooks nothing is done.
 */
export function guard(): void {
  const scope = globalThis as unknown as Record<PropertyKey, unknown>;
  if (!isNotebook() || "slopeKernel" in scope || STANDS in scope) return;
  scope[STANDS] = true;
  const { jupyter, results } = denoKernel();
  const sent = async () => {
    const { readBack } = await import("./read_back.ts");
    await readBack(jupyter);
  };
  const { display } = jupyter;
  jupyter.display = async (value, options) => {
    await display(shown(value), options);
    await sent();
  };
  if (results) {
    const { broadcastResult } = results;
    results.broadcastResult = async (count, value) => {
      await broadcastResult(count, shown(value));
      await sent();
    };
  }
  console.info(
    "This is Deno's own kernel: printed lines may get lost, and Stop ends it. " +
      "Slope's kernel loses nothing and stops cleanly: `deno task kernel`.",
  );
}

/** Whether this is Deno's kernel; elsewhere `Deno.jupyter` throws, or is not there. */
function isNotebook(): boolean {
  try {
    return typeof Deno.jupyter.display === "function";
  } catch {
    return false;
  }
}
