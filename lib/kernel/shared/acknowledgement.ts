import { join } from "node:path";

/**
 * Tells the kernel's inside how far its outputs have come, through a file: a thread
 * that must not go on can look into a file again and again, but cannot be told
 * anything else.
 */
export class Acknowledgement {
  #file: Deno.FsFile;

  /** @param folder The kernel's private folder. */
  constructor(folder: string) {
    this.#file = Deno.openSync(acknowledgementPath(folder), {
      create: true,
      write: true,
      mode: 0o600,
    });
  }

  /** Marks that the flush of this number has arrived. */
  set(number: number): void {
    this.#file.seekSync(0, Deno.SeekMode.Start);
    this.#file.writeSync(
      new TextEncoder().encode(String(number).padStart(DIGITS)),
    );
  }
}

/** The width of the number in the file. */
export const DIGITS = 15;

/** Where the file is. */
export function acknowledgementPath(folder: string): string {
  return join(folder, "acknowledged");
}
