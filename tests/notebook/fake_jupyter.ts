/** A notebook that keeps what is shown. */
import {
  type LiveDisplay,
  notebookDisplay,
} from "../../lib/notebook/live_display.ts";
import type { Jupyter } from "../../lib/notebook/jupyter.ts";

/** What was shown once. */
export interface Shown {
  /** The MIME bundle. */
  bundle: Record<string, unknown>;
  /** Which output it is. */
  id: string | undefined;
  /** Whether it replaced that output. */
  isUpdate: boolean;
}

/** A notebook, and what it was shown. */
export function fakeJupyter(): { notebook: Jupyter; shown: Shown[] } {
  const shown: Shown[] = [];
  return {
    shown,
    notebook: {
      display(value, { display_id, update = false } = {}) {
        const bundle = JSON.parse(JSON.stringify(value));
        // What stands between two states for no time.
        if (bundle["text/plain"] === "…") return Promise.resolve();
        shown.push({ bundle, id: display_id, isUpdate: update });
        return Promise.resolve();
      },
    },
  };
}

/** A display for which 1.2 s lie between any two records. */
export function slowDisplay(notebook: Jupyter): LiveDisplay {
  let time = 0;
  const display = notebookDisplay(notebook, () => time);
  return {
    ...display,
    update(...state) {
      time += 1200;
      return display.update(...state);
    },
  };
}
