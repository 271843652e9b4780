import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { explainWriteError } from "../../files/mod.ts";
import { DatasetError } from "../dataset_error.ts";
import { readTar, type TarMember } from "../formats/tar.ts";
import type { Content, ManifestEntry } from "../manifest.ts";

/**
 * Unpacks the expected files of a data set's archive, and nothing else.
 *
 * A file gets its name only when it is complete and has its SHA-256. Names in
 * the archive are only compared, never used as paths.
 *
 * @param archive The path of the `.tar.gz` file.
 * @param directory The folder to unpack into; the files go to a folder in it.
 * @param entry The folder's name and the expected files.
 * @param signal Ends the unpacking.
 * @throws {DatasetError} If a file is missing in the archive or is another one.
 * @throws {NoSpaceError} If the disk is full.
 *
 * @example An archive without the file
 * ```ts
 * import { unpackArchive } from "./unpack_archive.ts";
 * import { rejects } from "node:assert";
 * import { gzipSync } from "node:zlib";
 *
 * const directory = await Deno.makeTempDir();
 * const archive = `${directory}/letters.tar.gz`;
 * await Deno.writeFile(archive, gzipSync(new Uint8Array(1024)));
 * const contents = { "a.bin": { bytes: 0, sha256: "" } };
 * await rejects(
 *   unpackArchive(archive, directory, { folder: "letters", downloads: [], contents }),
 *   /letters.tar.gz: holds no letters\/a.bin/,
 * );
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function unpackArchive(
  archive: string,
  directory: string,
  { folder, contents }: ManifestEntry,
  signal?: AbortSignal,
): Promise<void> {
  await Deno.mkdir(join(directory, folder), { recursive: true });
  const wanted = new Map(Object.entries(contents));
  const file = await Deno.open(archive);
  const unzipped = file.readable.pipeThrough(new DecompressionStream("gzip"));
  for await (const member of readTar(unzipped, archive)) {
    signal?.throwIfAborted();
    const name = basename(member.name);
    const content = wanted.get(name);
    if (member.name !== `${folder}/${name}` || content === undefined) continue;
    const path = join(directory, folder, name);
    await writeMember(member, path, content, `${archive}: ${member.name}`);
    wanted.delete(name);
  }
  const [missing] = wanted.keys();
  if (missing !== undefined) {
    throw new DatasetError(`${archive}: holds no ${folder}/${missing}`);
  }
}

async function writeMember(
  member: TarMember,
  path: string,
  expected: Content,
  label: string,
): Promise<void> {
  if (member.bytes !== expected.bytes) {
    throw new DatasetError(
      `${label} has ${member.bytes} bytes, expected ${expected.bytes}`,
    );
  }
  const hash = createHash("sha256");
  const part = `${path}.part`;
  const file = await Deno.open(part, {
    create: true,
    write: true,
    truncate: true,
  });
  try {
    for await (const piece of member.contents) {
      hash.update(piece);
      for (let done = 0; done < piece.length;) {
        done += await file.write(piece.subarray(done));
      }
    }
    await file.sync();
  } catch (error) {
    throw await explainWriteError(error, dirname(path), member.bytes);
  } finally {
    file.close();
  }
  const found = hash.digest("hex");
  if (found !== expected.sha256) {
    await Deno.remove(part);
    throw new DatasetError(
      `${label} has SHA-256 ${found}, expected ${expected.sha256}`,
    );
  }
  await Deno.rename(part, path);
}
