/**
 * The bytes of a file that is not trusted: every read is checked.
 *
 * @module
 */

/** An address that stands for nothing. */
export const UNDEFINED_ADDRESS = 2 ** 64;

/** Numbers and text at addresses of a file; all are little-endian. */
export class FileBytes {
  /** The number of bytes. */
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  /** @param bytes The whole file. */
  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Some bytes: a view. */
  slice(at: number, length: number): Uint8Array {
    if (!(at >= 0 && length >= 0 && at + length <= this.length)) {
      throw new SyntaxError(
        `is a damaged HDF5 file: ${length} bytes at ${at} are not there`,
      );
    }
    return this.#bytes.subarray(at, at + length);
  }

  /** An unsigned integer of 8 bits. */
  u8(at: number): number {
    return this.slice(at, 1)[0]!;
  }

  /** An unsigned integer of 16 bits. */
  u16(at: number): number {
    this.slice(at, 2);
    return this.#view.getUint16(at, true);
  }

  /** An unsigned integer of 32 bits. */
  u32(at: number): number {
    this.slice(at, 4);
    return this.#view.getUint32(at, true);
  }

  /** An unsigned integer of 64 bits: exact below 2⁵³, else only large. */
  u64(at: number): number {
    this.slice(at, 8);
    return Number(this.#view.getBigUint64(at, true));
  }

  /** Text that ends with a zero, at most so long. */
  text(at: number, most: number): string {
    const bytes = this.slice(at, Math.min(most, this.length - at));
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  /** Refuses what does not begin with its four letters. */
  expect(at: number, signature: string): void {
    const found = new TextDecoder("latin1").decode(this.slice(at, 4));
    if (found !== signature) {
      throw new SyntaxError(
        `is a damaged HDF5 file: there is no ${signature} at ${at}`,
      );
    }
  }
}
