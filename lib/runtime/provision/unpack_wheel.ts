import { dirname, join } from "node:path";
import { explainWriteError, sizeOf } from "../../files/mod.ts";
import {
  entryPieces,
  fileSource,
  readDirectory,
  type ZipEntry,
  type ZipSource,
} from "../../zip/mod.ts";
import type { Wheel } from "./manifest.ts";

/** How {@linkcode unpackWheel} works. */
export interface UnpackWheelOptions {
  /** Called with the bytes unpacked so far. */
  onProgress: (done: number) => void;
  /** Ends the unpacking. */
  signal?: AbortSignal;
}

/**
 * Unpacks the files of a wheel that are needed.
 *
 * A file gets its name when it is complete, checked and on the disk; one that
 * is there already with the right size is kept.
 *
 * @param wheel The wheel, and which of its files are needed.
 * @param path The wheel's path.
 * @param folder The folder to unpack into.
 * @param options How to report.
 * @throws {SyntaxError} If the wheel is damaged or lacks a file.
 * @throws {NoSpaceError} If the disk is full.
 */
export async function unpackWheel(
  wheel: Wheel,
  path: string,
  folder: string,
  options: UnpackWheelOptions,
): Promise<void> {
  using source = await fileSource(path);
  const entries = new Map(
    (await readDirectory(source)).map((entry) => [entry.name, entry]),
  );
  let done = 0;
  for (const { path: name, bytes } of wheel.files) {
    const target = join(folder, name);
    if (await sizeOf(target) !== bytes) {
      const entry = entries.get(name);
      if (entry?.size !== bytes) {
        throw new SyntaxError(
          `${wheel.filename} has no ${name} of ${bytes} bytes`,
        );
      }
      await unpack(source, entry, target, options, done);
    }
    done += bytes;
    options.onProgress(done);
  }
}

async function unpack(
  source: ZipSource,
  entry: ZipEntry,
  target: string,
  { onProgress, signal }: UnpackWheelOptions,
  before: number,
): Promise<void> {
  const part = `${target}.part`;
  const folder = dirname(target);
  await Deno.mkdir(folder, { recursive: true });
  let done = 0;
  try {
    // Programs, such as NVIDIA's assembler, stay programs.
    const mode = entry.name.includes("/bin/") ? 0o755 : 0o644;
    using file = await Deno.open(part, {
      write: true,
      create: true,
      truncate: true,
      mode,
    });
    for await (const piece of entryPieces(source, entry)) {
      signal?.throwIfAborted();
      for (let at = 0; at < piece.length;) {
        at += await file.write(piece.subarray(at));
      }
      done += piece.length;
      onProgress(before + done);
    }
    await file.syncData();
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw await explainWriteError(error, folder, entry.size - done);
  }
  await Deno.rename(part, target);
}
