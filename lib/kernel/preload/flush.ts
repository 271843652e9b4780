import { acknowledgementPath, DIGITS } from "../shared/acknowledgement.ts";
import { MARKER, type Marker } from "../shared/marker.ts";
import type { DenoKernel } from "../shared/deno_kernel.ts";

/** Milliseconds between two looks at the file. */
const NAP = 0.2;

/** After so many milliseconds nobody will answer any more. */
const PATIENCE = 60_000;

/**
 * A function that holds this thread until all outputs so far have reached the
 * launcher: it sends a marker after them, and looks into a file until the launcher has
 * written the marker's number there.
 *
 * @param folder The kernel's private folder.
 */
export function flusher(kernel: DenoKernel, folder: string): () => void {
  const file = Deno.openSync(acknowledgementPath(folder));
  const text = new Uint8Array(DIGITS);
  const never = new Int32Array(new SharedArrayBuffer(4));
  let sent = 0;
  let gaveUp = false;
  return () => {
    if (gaveUp) return;
    const marker: Marker = { kind: "flush", number: ++sent };
    kernel.jupyter.broadcast(MARKER, marker);
    for (const end = Date.now() + PATIENCE; Date.now() < end;) {
      file.seekSync(0, Deno.SeekMode.Start);
      file.readSync(text);
      if (Number(new TextDecoder().decode(text)) >= sent) return;
      Atomics.wait(never, 0, 0, NAP);
    }
    gaveUp = true;
    console.error(
      "Slope's kernel: outputs may be lost from here on; restart it.",
    );
  };
}
