import { join } from "node:path";
import {
  download,
  DownloadError,
  type Environment,
  isExpectedFile,
} from "../../files/mod.ts";
import type { Wheel } from "./manifest.ts";
import { findWheel } from "./package_index.ts";
import { findPip } from "./pip.ts";
import { pipSettings } from "./pip_settings.ts";

/** How {@linkcode fetchWheel} works. */
export interface FetchWheelOptions {
  /** The variables that say where packages come from. */
  environment: Environment;
  /** Called with the bytes that are there, and how they come if not directly. */
  onProgress: (done: number, how?: string) => void;
  /** Ends the download. */
  signal?: AbortSignal;
}

/**
 * Fetches a wheel from the user's package index, and checks its SHA-256.
 *
 * First over HTTPS, which resumes and tells its progress (and is faster: 4 s for
 * the CPU wheel's 274 MB on a line where pip took 6 s); if that fails, with pip,
 * which knows what this does not: keyrings, netrc, client certificates, further
 * indexes and folders of wheels.
 *
 * @param wheel The wheel.
 * @param folder The folder to put it in.
 * @param options Where packages come from, and how to report.
 * @returns The wheel's path.
 * @throws {DownloadError} If neither way succeeds; the message has both reasons.
 * @throws {NoSpaceError} If the disk is full.
 */
export async function fetchWheel(
  wheel: Wheel,
  folder: string,
  options: FetchWheelOptions,
): Promise<string> {
  const path = join(folder, wheel.filename);
  try {
    await fetchDirectly(wheel, path, options);
    return path;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    await withPip(wheel, folder, options, error);
    return path;
  }
}

async function fetchDirectly(
  wheel: Wheel,
  path: string,
  options: FetchWheelOptions,
): Promise<void> {
  const { environment, signal, onProgress } = options;
  const { bytes, sha256 } = wheel;
  if (await isExpectedFile(path, bytes, sha256)) return;
  const { index, certificates } = await pipSettings(environment);
  using client = await clientWith(certificates);
  const common = {
    ...(client ? { client } : {}),
    ...(signal ? { signal } : {}),
  };
  const address = await findWheel(index, wheel, common);
  await download({
    ...common,
    ...address,
    path,
    bytes,
    sha256,
    onProgress: (done) => onProgress(done),
  });
}

async function withPip(
  wheel: Wheel,
  folder: string,
  options: FetchWheelOptions,
  first: DownloadError,
): Promise<void> {
  const { environment, signal, onProgress } = options;
  try {
    const pip = await findPip(environment, signal);
    if (pip === undefined) throw new DownloadError("there is no pip");
    onProgress(0, " with pip");
    const path = await pip(wheel, folder);
    if (await isExpectedFile(path, wheel.bytes, wheel.sha256)) return;
    await Deno.remove(path);
    throw new DownloadError(`pip: ${wheel.filename} has another SHA-256`);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw new DownloadError(`${first.message}; ${error.message}`, {
      cause: first,
    });
  }
}

/** A client that trusts the certificates of a file too, if one is named. */
async function clientWith(
  certificates: string | undefined,
): Promise<Deno.HttpClient | undefined> {
  if (!certificates) return undefined;
  try {
    const pem = await Deno.readTextFile(certificates);
    return Deno.createHttpClient({ caCerts: [pem] });
  } catch {
    return undefined;
  }
}
