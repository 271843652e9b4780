/**
 * The notebook that this runs in, if it does.
 *
 * @module
 */

/** As much of `Deno.jupyter` as is used here. */
export interface Jupyter {
  /** Shows a value, or a bundle as it is; again in its place where it is an update. */
  display(
    value: unknown,
    options?: { raw?: boolean; update?: boolean; display_id?: string },
  ): Promise<void>;
}

/** The notebook; undefined outside one. */
export function jupyter(): Jupyter | undefined {
  try {
    // Deno throws where it is asked for outside a notebook.
    return (globalThis as { Deno?: { jupyter?: Jupyter } }).Deno?.jupyter;
  } catch {
    return undefined;
  }
}
