import { registerHooks } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FreshModules } from "./fresh.ts";

/** Where modules are. */
export interface ModulePlaces {
  /** The notebook's folder, as a URL with a slash at its end. */
  folder: string;
  /** Slope's folder, as a path. */
  checkout: string;
  /** The names of Slope's modules, `slope` and `slope/…`, and their URLs. */
  names: Record<string, string>;
}

/**
 * Decides what the imports of cells mean: relative ones start in the notebook's folder,
 * and files that changed are loaded again.
 *
 * It is asked about the imports of cells only; what modules import in turn, Deno
 * finds by itself.
 */
export function resolveImports(
  places: ModulePlaces,
  fresh: FreshModules,
): void {
  const library = [
    join(places.checkout, "lib"),
    join(places.checkout, "mod.ts"),
  ];
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      // Deno calls the cells of a notebook $deno$repl.mts.
      if (parentURL !== undefined && !parentURL.includes("$deno$")) {
        return next(specifier, context);
      }
      const url = places.names[specifier];
      if (url !== undefined) {
        return {
          url: fresh.address("slope", url, places.checkout, library),
          shortCircuit: true,
        };
      }
      if (/^\.{1,2}\//.test(specifier)) {
        const file = new URL(specifier, places.folder).href;
        const watched = [dirname(fileURLToPath(file))];
        return {
          url: fresh.address("local", file, "/", watched),
          shortCircuit: true,
        };
      }
      return next(specifier, context);
    },
  });
}
