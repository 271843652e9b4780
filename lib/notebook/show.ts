/**
 * Showing things in the middle of a cell.
 *
 * @module
 */
import { display, isDisplayed } from "../figures/displayed.ts";
import { jupyter } from "./jupyter.ts";

/**
 * Shows values, one below the other: in a notebook as a cell's last expression
 * would, elsewhere as text on standard output.
 *
 * @param values Schedules, figures, runs, networks, data sets, reports; others are
 * shown as Deno shows them.
 *
 * @example
 * ```ts
 * import { cosine } from "../schedules/cosine.ts";
 * import { show } from "./show.ts";
 *
 * await show(cosine({ from: 0.1, steps: 100 }));
 * // prints: cosine: 0.1 → 0 over 100 steps …
 * ```
 */
export async function show(...values: readonly unknown[]): Promise<void> {
  const notebook = jupyter();
  for (const value of values) {
    const bundle = isDisplayed(value) ? await value[display]() : undefined;
    if (notebook) {
      await notebook.display(bundle ?? value, { raw: bundle !== undefined });
    } else {
      console.log(bundle ? (bundle as TextBundle)["text/plain"] : value);
    }
  }
}

/** The part of a bundle that a terminal can show. */
interface TextBundle {
  "text/plain": string;
}
