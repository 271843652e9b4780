/**
 * A display that changes while something computes.
 *
 * @module
 */
import { formatDuration } from "../text/format_duration.ts";
import { createProgress, type Progress } from "../terminal/progress.ts";
import { figureBundle } from "../figures/figure_bundle.ts";
import { type Figure, figureCaption, figureTitle } from "../figures/figure.ts";
import { preparePictures } from "../figures/pictures.ts";
import { themed } from "../figures/theme.ts";
import type { Jupyter } from "./jupyter.ts";

/** A display of work in the making. */
export interface LiveDisplay {
  /**
   * Shows how far the work is, unless that was shown just before.
   *
   * @param done What is done, of `total`.
   * @param draw Its figure, drawn only when it is shown.
   */
  update(
    done: number,
    total: number,
    draw: (progress: string) => Figure,
  ): Promise<void>;
  /** Shows the end for good. */
  finish(figure: Figure): Promise<void>;
  /** Ends a display that was not finished. */
  close(): void;
}

/**
 * The least milliseconds between two states. A browser takes longer to draw a figure
 * of four panels than we to send it, and states that it cannot keep up with pile up.
 */
const INTERVAL = 1000;

/**
 * The most of the time that states may take: with many runs they come more rarely.
 * The first draw is slow, and free: so many milliseconds.
 */
const SHARE = 0.01, FREE = 100;

/**
 * A display in a notebook: one output, replaced by each state. On the way there is
 * no picture beside the figure, as drawing one takes longer than steps do; the end
 * has all of a figure's bundle, and is what the saved notebook keeps.
 *
 * @param notebook The notebook.
 * @param now The time in milliseconds.
 */
export function notebookDisplay(
  notebook: Jupyter,
  now: () => number = () => performance.now(),
): LiveDisplay {
  const id = crypto.randomUUID();
  const started = now();
  let shown = -Infinity, spent = 0;
  const put = async (bundle: unknown) => {
    const update = shown > -Infinity;
    const options = { raw: true, display_id: id, update };
    // JupyterLab's plotly draws a figure once, and leaves it as it is when another one
    // comes in its place, unless something else was there in between.
    if (update) await notebook.display({ "text/plain": "…" }, options);
    await notebook.display(bundle, options);
    shown = now();
  };
  let first: number | undefined;
  return {
    async update(done, total, draw) {
      const time = now();
      if (time - shown < INTERVAL) return;
      preparePictures();
      if (spent > FREE + SHARE * (time - started)) return;
      first ??= done;
      const left = (time - started) / (done - first) * (total - done);
      const { data, layout } = draw(progressText(done / total, left));
      // Zoom and hidden lines stay as the reader has set them.
      const figure = { data, layout: { ...layout, uirevision: id } };
      await put({
        "application/vnd.plotly.v1+json": themed(figure, "light"),
        "text/plain": `${figureTitle(figure)}\n${figureCaption(figure)}`,
      });
      spent += now() - time;
    },
    async finish(figure) {
      await put(await figureBundle(figure));
    },
    close() {},
  };
}

/**
 * A display on a terminal: a bar with the time left, and the end in words.
 *
 * @param progress Where it is shown. @default {standard error}
 */
export function terminalDisplay(
  progress: Progress = createProgress(),
): LiveDisplay {
  let isOpen = true;
  return {
    update(done, total) {
      progress.update(done, total, "training");
      return Promise.resolve();
    },
    finish(figure) {
      isOpen = false;
      progress.finish(figureTitle(figure));
      return Promise.resolve();
    },
    close() {
      if (isOpen) progress.finish();
    },
  };
}

/** Such as `25 %, 0:32 left`. */
function progressText(share: number, left: number): string {
  const percent = `${Math.floor(100 * Math.min(share, 1))} %`;
  return Number.isFinite(left)
    ? `${percent}, ${formatDuration(left)} left`
    : percent;
}
