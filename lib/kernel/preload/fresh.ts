import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Files whose edits count. */
const MODULE = /\.([mc]?[jt]sx?|json)$/;

/** The most files that are looked at in a folder. */
const MOST_FILES = 5000;

/**
 * Loads modules again once a file beside or below them has changed.
 *
 * A module that was loaded stays what it was, and so does all that it imports. Under
 * another address, however, it is another module: the same file seen through a new
 * symbolic link. So everything it imports by relative paths is new as well.
 */
export class FreshModules {
  #links: string;
  #seen = new Map<string, { state: string; root: string | undefined }>();
  #count = 0;

  /** @param links The folder for the links. */
  constructor(links: string) {
    this.#links = links;
  }

  /**
   * The address under which a file's newest contents are loaded.
   *
   * @param kind What the link's folder is called.
   * @param url The file.
   * @param root The folder that is linked: all that the file imports lies in it.
   * @param watched The folders whose files may have changed.
   */
  address(kind: string, url: string, root: string, watched: string[]): string {
    const key = watched.join("\0");
    const state = watched.map(stateOf).join("\n");
    let entry = this.#seen.get(key);
    if (!entry) this.#seen.set(key, entry = { state, root: undefined });
    if (entry.state !== state) {
      const folder = join(this.#links, kind);
      const link = join(folder, String(++this.#count));
      Deno.mkdirSync(folder, { recursive: true });
      Deno.symlinkSync(root, link);
      entry.state = state;
      entry.root = link;
    }
    if (entry.root === undefined) return url;
    const below = fileURLToPath(url).slice(root.replace(/\/$/, "").length);
    const { search, hash } = new URL(url);
    return pathToFileURL(entry.root + below).href + search + hash;
  }
}

/** Names, sizes and times of the modules in a folder, and below. */
function stateOf(folder: string): string {
  const lines: string[] = [];
  const look = (path: string) => {
    const { isFile, size, mtime } = Deno.statSync(path);
    if (isFile) lines.push(`${path} ${size} ${mtime?.getTime()}`);
  };
  const walk = (path: string) => {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(path)) {
      if (name.startsWith(".") || name === "node_modules") continue;
      if (lines.length >= MOST_FILES) return;
      if (isDirectory) walk(join(path, name));
      else if (isFile && MODULE.test(name)) look(join(path, name));
    }
  };
  try {
    if (Deno.statSync(folder).isFile) look(folder);
    else walk(folder);
  } catch {
    // Removed meanwhile, or not ours to read.
  }
  return lines.sort().join("\n");
}
