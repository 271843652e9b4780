import type { SlopeKernel } from "../interrupt.ts";
import { MARKER, type Marker } from "../shared/marker.ts";
import { stopFile } from "../shared/stop_file.ts";
import type { DenoKernel } from "../shared/deno_kernel.ts";

/**
 * Offers `globalThis.slopeKernel` to cells.
 *
 * @param folder The kernel's private folder.
 */
export function offerStopSignal(kernel: DenoKernel, folder: string): void {
  const file = stopFile(folder);
  let controller = new AbortController();
  const stopRequested = () => {
    try {
      Deno.statSync(file);
      return true;
    } catch {
      return false;
    }
  };
  // Without a listener the signal would end the kernel. It also comes between cells,
  // and before the launcher has made the file; the launcher sends one after that.
  Deno.addSignalListener("SIGINT", () => {
    if (!stopRequested()) return;
    const marker: Marker = { kind: "heard" };
    kernel.jupyter.broadcast(MARKER, marker);
    controller.abort(new DOMException("Stop was pressed", "AbortError"));
  });
  const slopeKernel: SlopeKernel = {
    get signal() {
      // The file goes when the cell has ended, and its signal with it.
      if (controller.signal.aborted && !stopRequested()) {
        controller = new AbortController();
      }
      return controller.signal;
    },
    stopRequested,
  };
  Object.defineProperty(globalThis, "slopeKernel", {
    value: slopeKernel,
    enumerable: false,
    configurable: true,
  });
}
