/**
 * Threads that read pictures while something else computes.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import { DatasetError } from "../dataset_error.ts";
import type { PieceReply, PieceRequest } from "./picture_thread.ts";

/** Reads pieces of pictures. */
export interface PictureThreads {
  /**
   * Reads pieces.
   *
   * @returns They, one after the other.
   * @throws {DatasetError} If a picture is missing, too large or damaged.
   */
  read(
    requests: readonly Omit<PieceRequest, "id">[],
  ): Promise<Float32Array<ArrayBuffer>>;
  /** Ends the threads; what is being read fails. */
  close(): void;
}

interface Thread {
  worker: Worker;
  waiting: Map<
    number,
    { path: string; answer: PromiseWithResolvers<Float32Array<ArrayBuffer>> }
  >;
}

/**
 * Makes threads, which start when they are first asked and keep no program from ending.
 *
 * @param count How many.
 */
export function pictureThreads(count: number): PictureThreads {
  let threads: Thread[] = [];
  let asked = 0;
  let isClosed = false;

  function start(): Thread {
    const worker = new Worker(new URL("./picture_thread.ts", import.meta.url));
    const waiting: Thread["waiting"] = new Map();
    worker.unref();
    worker.on("message", ({ id, result }: PieceReply) => {
      const { answer } = waiting.get(id)!;
      waiting.delete(id);
      if (waiting.size === 0) worker.unref();
      if (typeof result === "string") answer.reject(new DatasetError(result));
      else answer.resolve(result);
    });
    const thread = { worker, waiting };
    worker.on("error", (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      end(thread, `the thread that reads pictures ended: ${reason}`);
      // The next picture starts another one.
      threads = threads.filter((other) => other !== thread);
    });
    return thread;
  }

  function end({ worker, waiting }: Thread, reason: string): void {
    worker.terminate();
    for (const { path, answer } of waiting.values()) {
      answer.reject(new DatasetError(`${path}: ${reason}`));
    }
    waiting.clear();
  }

  function ask(
    request: Omit<PieceRequest, "id">,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { path } = request;
    if (isClosed) {
      throw new DatasetError(`${path}: the data it is of were disposed`);
    }
    while (threads.length < count) threads.push(start());
    const id = asked++;
    const { worker, waiting } = threads[id % count]!;
    const answer = Promise.withResolvers<Float32Array<ArrayBuffer>>();
    waiting.set(id, { path, answer });
    worker.ref();
    worker.postMessage({ ...request, id });
    return answer.promise;
  }

  return {
    async read(requests) {
      const pieces = await Promise.all(requests.map(ask));
      const size = pieces[0]?.length ?? 0;
      const all = new Float32Array(pieces.length * size);
      pieces.forEach((piece, i) => all.set(piece, i * size));
      return all;
    },
    close() {
      isClosed = true;
      for (const thread of threads) end(thread, "reading was ended");
      threads = [];
    },
  };
}
