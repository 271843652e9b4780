/**
 * A file of lines that grows at its end.
 *
 * @module
 */

/** Lines are added in memory and written when flushed. */
export class LineLog {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #pending: string[] = [];

  /** Opens the file, or makes it. */
  constructor(path: string) {
    this.#path = path;
    this.#file = Deno.openSync(path, { append: true, create: true });
  }

  /** The length of what is written. */
  get bytes(): number {
    return this.#file.statSync().size;
  }

  /**
   * Takes the operating system's lock on the file; it ends with {@linkcode close}
   * or the process. File systems without locks grant it to all.
   *
   * @returns Whether nobody else has it.
   */
  tryLock(): boolean {
    try {
      return this.#file.tryLockSync(true);
    } catch {
      return true;
    }
  }

  /** Adds a line. */
  add(line: string): void {
    this.#pending.push(line + "\n");
  }

  /** Writes what was added, down to the disk. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = new TextEncoder().encode(this.#pending.join(""));
    this.#pending = [];
    for (let at = 0; at < bytes.length;) {
      at += this.#file.writeSync(bytes.subarray(at));
    }
    this.#file.syncDataSync();
  }

  /**
   * Drops what is written past a length.
   *
   * @throws {SyntaxError} If the file is shorter.
   */
  truncate(bytes: number): void {
    const size = this.bytes;
    if (size < bytes) {
      throw new SyntaxError(
        `${this.#path} has ${size} bytes, but its run wrote ${bytes}: delete the folder to run it again`,
      );
    }
    if (size > bytes) this.#file.truncateSync(bytes);
  }

  /** Closes the file; what was not flushed is lost. */
  close(): void {
    this.#file.close();
  }
}
