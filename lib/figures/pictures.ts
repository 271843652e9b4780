/**
 * Pictures that are drawn while something else computes.
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import type { PictureReply, PictureRequest } from "./picture_worker.ts";
import { type PngOptions, renderPng } from "./render_png.ts";

/** The thread that draws. */
interface Thread {
  worker: Worker;
  waiting: Map<number, PromiseWithResolvers<Uint8Array>>;
}

let thread: Thread | undefined;
let count = 0;

/**
 * Starts a thread that draws pictures from now on: loading what draws takes a
 * second, for which training need not wait.
 *
 * The thread keeps a program from ending: it is for notebooks, whose kernels are
 * ended by others. Where it cannot be started, pictures are drawn here as before.
 */
export function preparePictures(): void {
  if (thread !== undefined) return;
  const worker = new Worker(new URL("./picture_worker.ts", import.meta.url), {
    type: "module",
  });
  const waiting: Thread["waiting"] = new Map();
  worker.onmessage = ({ data: { id, result } }: MessageEvent<PictureReply>) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (result instanceof Error) reject(result);
    else resolve(result);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    endPictures();
  };
  thread = { worker, waiting };
}

/** Ends that thread, if there is one; what it has not drawn is drawn here. */
export function endPictures(): void {
  if (thread === undefined) return;
  const { worker, waiting } = thread;
  thread = undefined;
  worker.terminate();
  for (const { reject } of waiting.values()) reject(new ThreadError());
}

/** The thread has ended. */
class ThreadError extends Error {}

/**
 * Draws a figure as {@linkcode renderPng} does, in the thread if there is one.
 *
 * @throws {RangeError} If an option is out of range.
 */
export async function renderPicture(
  figure: Figure,
  options: PngOptions = {},
): Promise<Uint8Array> {
  if (thread === undefined) return await renderPng(figure, options);
  const { worker, waiting } = thread;
  const answer = Promise.withResolvers<Uint8Array>();
  const request: PictureRequest = { id: count++, figure, options };
  waiting.set(request.id, answer);
  worker.postMessage(request);
  try {
    return await answer.promise;
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    return await renderPng(figure, options);
  }
}
