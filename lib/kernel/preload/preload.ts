/**
 * Runs inside Deno's kernel before its first cell.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { denoKernel } from "../shared/deno_kernel.ts";
import { flusher } from "./flush.ts";
import { FreshModules } from "./fresh.ts";
import { holdOutputs } from "./hold_outputs.ts";
import { resolveImports } from "./resolve_imports.ts";
import { offerStopSignal } from "./stop_signal.ts";
import { showUnhandled } from "./unhandled.ts";

/** What the launcher tells the kernel's inside. */
export interface PreloadOptions {
  /** The kernel's private folder, as a path. */
  scratch: string;
  /** The notebook's folder, as a URL with a slash at its end. */
  folder: string;
  /** Slope's folder, likewise. */
  checkout: string;
  /** The folder for links to modules, likewise. */
  links: string;
  /** The names of Slope's modules, `slope` and `slope/…`, and their URLs. */
  names: Record<string, string>;
}

/** Makes Deno's kernel Slope's. */
export function preload(options: PreloadOptions): void {
  const { scratch, folder, checkout, links, names } = options;
  const kernel = denoKernel();
  holdOutputs(kernel, flusher(kernel, scratch));
  offerStopSignal(kernel, scratch);
  showUnhandled({ folder, checkout, links });
  resolveImports(
    { folder, checkout: fileURLToPath(checkout), names },
    new FreshModules(fileURLToPath(links)),
  );
  Deno.chdir(fileURLToPath(new URL(folder)));
}
