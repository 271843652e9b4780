import { stopFile } from "../shared/stop_file.ts";
import type { Iopub } from "./iopub.ts";
import type { InnerKernel } from "./inner_kernel.ts";
import { request } from "./request.ts";

/** How long the cell has to notice a press before it counts as computing, in ms. */
const NOTICE = 300;

/**
 * Jupyter's Stop button.
 *
 * The first press asks: a file appears, and the kernel's inside aborts the cell's
 * signal. The second press ends code that never looks up. A cell that waits for
 * something and does not care for the signal cannot be ended; its user is told so.
 */
export class StopButton {
  #kernel: InnerKernel;
  #key: string;
  #iopub: Iopub;
  #file: string;
  #heard = 0;

  constructor(kernel: InnerKernel, key: string, iopub: Iopub, folder: string) {
    this.#kernel = kernel;
    this.#key = key;
    this.#iopub = iopub;
    this.#file = stopFile(folder);
  }

  /** Somebody pressed it. */
  async press(): Promise<void> {
    const { cell } = this.#iopub;
    if (!cell?.running) return;
    cell.presses++;
    Deno.writeTextFileSync(this.#file, "");
    const heard = this.#heard;
    // A front end may signal the launcher only, not the whole process group.
    this.#kernel.process.kill("SIGINT");
    if (cell.presses === 1) return;
    await new Promise((resolve) => setTimeout(resolve, NOTICE));
    if (!cell.running || cell.terminated) return;
    if (this.#heard === heard) {
      cell.terminated = true;
      await request(
        this.#kernel,
        "control",
        this.#key,
        "interrupt_request",
        {},
      );
    } else if (cell.presses === 2) {
      this.#iopub.publish("stream", {
        name: "stderr",
        text: "This cell was asked to stop and still waits for something; " +
          "if it does not end, restart the kernel.\n",
      }, cell.parent);
    }
  }

  /** The cell has noticed a press. */
  hear(): void {
    this.#heard++;
  }

  /** A cell has ended, and its presses with it. */
  release(): void {
    try {
      Deno.removeSync(this.#file);
    } catch {
      // Nobody pressed.
    }
  }
}
