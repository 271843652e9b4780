/**
 * Keeps native code from writing to standard error.
 *
 * @module
 */

const WRITE_ONLY = 1;
const STANDARD_ERROR = 2;

function openC() {
  try {
    return Deno.dlopen("libc.so.6", {
      open: { parameters: ["buffer", "i32"], result: "i32" },
      close: { parameters: ["i32"], result: "i32" },
      dup: { parameters: ["i32"], result: "i32" },
      dup2: { parameters: ["i32", "i32"], result: "i32" },
    });
  } catch {
    return undefined; // another C library: then it may write
  }
}

/**
 * Runs a synchronous function while standard error leads nowhere (on Linux with
 * glibc; elsewhere it just runs it).
 *
 * For loading libtensorflow, which greets the user before any of its settings can
 * be changed.
 */
export function quietly<T>(f: () => T): T {
  const c = openC();
  if (c === undefined) return f();
  const { open, close, dup, dup2 } = c.symbols;
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), WRITE_ONLY);
  const saved = dup(STANDARD_ERROR);
  if (nowhere >= 0 && saved >= 0) dup2(nowhere, STANDARD_ERROR);
  try {
    return f();
  } finally {
    if (saved >= 0) dup2(saved, STANDARD_ERROR);
    for (const file of [saved, nowhere]) if (file >= 0) close(file);
    c.close();
  }
}
