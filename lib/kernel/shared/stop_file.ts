import { join } from "node:path";

/**
 * The file that is there from a press of Stop until the cell has ended. Code that
 * never waits cannot hear a signal, but can look whether a file is there.
 *
 * @param folder The kernel's private folder.
 */
export function stopFile(folder: string): string {
  return join(folder, "stop");
}
