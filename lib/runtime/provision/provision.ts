import { dirname, join } from "node:path";
import { DownloadError, NoSpaceError, withLock } from "../../files/mod.ts";
import { build } from "./build.ts";
import { ProvisionError } from "./error.ts";
import { libraryAt } from "./library_file.ts";
import {
  type CacheOptions,
  isComplete,
  isPinned,
  parentOf,
  type Place,
  placeOf,
  type Variant,
} from "./place.ts";

/** libtensorflow on this machine. */
export interface Provisioned {
  /** The folder that holds all of it. */
  directory: string;
  /** The file to load: `libtensorflow_cc.so.2`, by that or another name. */
  library: string;
  /** The file that it depends on: `libtensorflow_framework.so.2`. */
  framework: string;
  /** TensorFlow's version; `unknown` for a library of the user's own. */
  version: string;
}

/** Which libtensorflow {@linkcode findProvisioned} looks for. */
export interface FindOptions extends CacheOptions {
  /** Which one. @default {"gpu" where that has been set up, else "cpu"} */
  variant?: Variant;
}

/** How {@linkcode provision} works. */
export interface ProvisionOptions extends FindOptions {
  /**
   * Called with bytes done, bytes in all (0 where that is not known), and what is
   * being done. A new note begins a new count.
   */
  onProgress?: (done: number, total: number, note: string) => void;
  /** Ends it; what has been downloaded is kept for the next time. */
  signal?: AbortSignal;
}

/**
 * Makes sure that libtensorflow is on this machine, and says where.
 *
 * `SLOPE_LIBTENSORFLOW` comes first: a file or folder of the user's own. Else it
 * is in the cache, or is fetched into it from the user's package index: a wheel
 * of Python's `tensorflow-cpu` (274 MB on Linux), of which two libraries are
 * unpacked (853 MB); for GPUs `tensorflow` and NVIDIA's libraries as well
 * (3.4 GB, 5.3 GB unpacked), laid out as Python's packages are, because there
 * the libraries look for each other. Versions and SHA-256 are pinned in
 * `manifest.json`.
 *
 * Of several processes one works and the others wait for it. A process that is
 * killed leaves files from which the next one goes on. What is in the cache is
 * complete: it is moved there in one step, and sizes are checked each time.
 *
 * @param options Which one, where, and how to report.
 * @returns Where it is.
 * @throws {ProvisionError} If it cannot be had; the message is one line with
 * the reason and what to do.
 * @throws {DOMException} An `AbortError`, if the signal ends it.
 *
 * @example A library of one's own is checked
 * ```ts
 * import { provision } from "./provision.ts";
 * import { rejects } from "node:assert";
 *
 * const variables: Record<string, string> = {
 *   SLOPE_LIBTENSORFLOW: "/not/there",
 * };
 * const environment = {
 *   get: (name: string) => variables[name],
 *   toObject: () => variables,
 * };
 * await rejects(provision({ environment }), /no libtensorflow_cc.so.2 in/);
 * ```
 */
export async function provision(
  options: ProvisionOptions = {},
): Promise<Provisioned> {
  const found = await findProvisioned(options);
  if (found) return found;
  const place = placeOf(options.variant ?? "cpu", options);
  const { environment = Deno.env, onProgress = () => {}, signal } = options;
  const withSignal = signal ? { signal } : {};
  const work = { ...withSignal, environment, onProgress };
  try {
    await withLock(join(place.parent, "lock"), async () => {
      if (!(await isComplete(place))) await build(place, work);
    }, {
      ...withSignal,
      onWait: () =>
        onProgress(0, 0, "waiting for another process that fetches it"),
    });
    return describe(place);
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error, place);
  }
}

/**
 * The libtensorflow that {@linkcode provision} would return at once.
 *
 * @param options Which one, and where to look.
 * @returns Where it is, or undefined if it would have to be fetched.
 * @throws {ProvisionError} If `SLOPE_LIBTENSORFLOW` names something unusable.
 *
 * @example
 * ```ts
 * import { findProvisioned } from "./provision.ts";
 * import { ok } from "node:assert";
 *
 * const found = await findProvisioned();
 * ok(found === undefined || found.library.startsWith(found.directory));
 * ```
 */
export async function findProvisioned(
  options: FindOptions = {},
): Promise<Provisioned | undefined> {
  const { environment = Deno.env, variant } = options;
  const own = environment.get("SLOPE_LIBTENSORFLOW");
  if (own) {
    const files = await libraryAt(own);
    return { directory: dirname(files.library), ...files, version: "unknown" };
  }
  const variants: Variant[] = variant ? [variant] : ["gpu", "cpu"];
  for (const variant of variants) {
    if (!isPinned(variant, options)) continue;
    const place = placeOf(variant, options);
    if (await isComplete(place)) return describe(place);
  }
  return undefined;
}

/**
 * Removes every libtensorflow from the cache, and what is left of downloads.
 *
 * @param options Where the cache is, and a signal that ends the wait for a
 * process that is fetching.
 * @returns The folder that was removed, or undefined if there was none.
 * @throws {ProvisionError} If it may not be removed.
 *
 * @example
 * ```ts
 * import { removeProvisioned } from "./provision.ts";
 * import { strictEqual } from "node:assert";
 *
 * const cacheDirectory = await Deno.makeTempDir();
 * strictEqual(await removeProvisioned({ cacheDirectory }), undefined);
 * await Deno.remove(cacheDirectory);
 * ```
 */
export async function removeProvisioned(
  options: CacheOptions & { signal?: AbortSignal } = {},
): Promise<string | undefined> {
  const parent = parentOf(options);
  const { signal } = options;
  try {
    await Deno.stat(parent);
    await withLock(
      join(parent, "lock"),
      () => Deno.remove(parent, { recursive: true }),
      signal ? { signal } : {},
    );
    return parent;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new ProvisionError(
      `${parent} cannot be removed: ${messageOf(error)}`,
    );
  }
}

function describe({ directory, platform, version }: Place): Provisioned {
  return {
    directory,
    library: join(directory, platform.library),
    framework: join(directory, platform.framework),
    version,
  };
}

/** One line for whatever went wrong. */
function explain(error: unknown, { parent }: Place): unknown {
  const message = messageOf(error);
  const line = error instanceof DownloadError
    ? `libtensorflow could not be fetched: ${message}; connect to a network and run \`deno task setup\`, or set SLOPE_LIBTENSORFLOW to one you have`
    : error instanceof NoSpaceError
    ? `${message}; make room, or set SLOPE_CACHE to a folder on another disk`
    : error instanceof SyntaxError
    ? message
    : error instanceof Error && "code" in error
    ? `libtensorflow cannot be kept in ${parent}: ${message}; set SLOPE_CACHE to a folder you may write in`
    : undefined;
  return line === undefined
    ? error
    : new ProvisionError(line, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
