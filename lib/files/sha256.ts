import { createHash, type Hash } from "node:crypto";

/**
 * Feeds a file to a hash.
 *
 * @param path The file's path.
 * @param hash The hash to update.
 *
 * @example
 * ```ts
 * import { hashFile } from "./sha256.ts";
 * import { strictEqual } from "node:assert";
 * import { createHash } from "node:crypto";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "abc");
 * const hash = createHash("sha256");
 * await hashFile(path, hash);
 * strictEqual(hash.digest("hex").slice(0, 8), "ba7816bf");
 * await Deno.remove(path);
 * ```
 */
export async function hashFile(path: string, hash: Hash): Promise<void> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  for (let n; (n = await file.read(buffer)) !== null;) {
    hash.update(buffer.subarray(0, n));
  }
}

/**
 * Whether a file is there and is the expected one.
 *
 * @param path The file's path.
 * @param bytes Its expected size.
 * @param sha256 Its expected SHA-256, in lower-case hexadecimal digits.
 * @returns Whether size and SHA-256 are as expected.
 *
 * @example
 * ```ts
 * import { isExpectedFile } from "./sha256.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(await isExpectedFile("/not/there", 0, ""), false);
 * ```
 */
export async function isExpectedFile(
  path: string,
  bytes: number,
  sha256: string,
): Promise<boolean> {
  if (await sizeOf(path) !== bytes) return false;
  const hash = createHash("sha256");
  await hashFile(path, hash);
  return hash.digest("hex") === sha256;
}

/**
 * The size of a file.
 *
 * @param path The file's path.
 * @returns Its bytes, or −1 if there is no such file.
 *
 * @example
 * ```ts
 * import { sizeOf } from "./sha256.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(await sizeOf("/not/there"), -1);
 * ```
 */
export async function sizeOf(path: string): Promise<number> {
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile ? size : -1;
  } catch {
    return -1;
  }
}
