/**
 * Pictures that are drawn while something else computes.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
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
 * Starts the thread that draws pictures, if there is none: what draws takes a second
 * to load, for which training need not wait. The thread keeps no program from ending.
 */
export function preparePictures(): void {
  thread ??= newThread();
}

function newThread(): Thread {
  const worker = new Worker(new URL("./picture_worker.ts", import.meta.url));
  const waiting: Thread["waiting"] = new Map();
  worker.unref();
  worker.on("message", ({ id, result }: PictureReply) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (result instanceof Error) reject(result);
    else resolve(result);
  });
  const made = { worker, waiting };
  worker.on("error", () => end(made));
  return made;
}

/** Ends the thread, if there is one; what it has not drawn is drawn here. */
export function endPictures(): void {
  if (thread !== undefined) end(thread);
}

function end(ended: Thread): void {
  if (thread === ended) thread = undefined;
  ended.worker.terminate();
  for (const { reject } of ended.waiting.values()) reject(new ThreadError());
  ended.waiting.clear();
}

/** The thread has ended. */
class ThreadError extends Error {}

/**
 * Draws a figure as {@linkcode renderPng} does, in the thread.
 *
 * @throws {RangeError} If an option is out of range.
 */
export async function renderPicture(
  figure: Figure,
  options: PngOptions = {},
): Promise<Uint8Array> {
  preparePictures();
  const { worker, waiting } = thread!;
  const answer = Promise.withResolvers<Uint8Array>();
  const request: PictureRequest = { id: count++, figure, options };
  waiting.set(request.id, answer);
  worker.ref();
  worker.postMessage(request);
  try {
    return await answer.promise;
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    return await renderPng(figure, options);
  }
}
