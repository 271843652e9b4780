/** The processors that libtensorflow is fetched for. */
export type Processor = "x86_64" | "aarch64";

/**
 * The processor that a library was built for, read from its first bytes.
 *
 * @param header The file's first 20 bytes.
 * @returns The processor; `"other"` if it is one that Slope does not fetch for,
 * or undefined if these are not a 64-bit ELF or Mach-O library's bytes.
 *
 * @example
 * ```ts
 * import { processorOf } from "./machine.ts";
 * import { strictEqual } from "node:assert";
 *
 * const elf = new Uint8Array(20);
 * elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
 * elf[18] = 62;
 * strictEqual(processorOf(elf), "x86_64");
 * ```
 */
export function processorOf(
  header: Uint8Array,
): Processor | "other" | undefined {
  if (header.length < 20) return undefined;
  const view = new DataView(header.buffer, header.byteOffset);
  const isElf = view.getUint32(0) === 0x7f454c46;
  const isMachO = view.getUint32(0, true) === 0xfeedfacf;
  if (!isElf && !isMachO) return undefined;
  // ELF: the class, 2 for 64 bits, and e_machine. Mach-O: the CPU type.
  const type = isElf
    ? header[4] === 2 ? view.getUint16(18, true) : 0
    : view.getUint32(4, true);
  if (type === 62 || type === 0x01000007) return "x86_64";
  if (type === 183 || type === 0x0100000c) return "aarch64";
  return "other";
}

/**
 * The bytes that a whole ELF library has at least: its section headers, which linkers
 * put last, end at e_shoff + e_shnum·e_shentsize.
 *
 * @param header The file's first 64 bytes.
 * @returns The bytes; 0 of other formats, which do not say.
 *
 * @example
 * ```ts
 * import { leastBytesOf } from "./machine.ts";
 * import { strictEqual } from "node:assert";
 *
 * const elf = new Uint8Array(64);
 * elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
 * elf[0x29] = 4; // 1,024 bytes, then
 * elf[0x3a] = 64; // headers of 64 bytes,
 * elf[0x3c] = 30; // of which there are 30
 * strictEqual(leastBytesOf(elf), 2944);
 * ```
 */
export function leastBytesOf(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset);
  if (header.length < 64 || view.getUint32(0) !== 0x7f454c46) return 0;
  const at = Number(view.getBigUint64(0x28, true));
  return at + view.getUint16(0x3a, true) * view.getUint16(0x3c, true);
}
