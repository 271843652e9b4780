import type { Frame } from "../wire/frame.ts";
import { compose, Message } from "../wire/message.ts";
import {
  type ErrorContent,
  explainError,
  explainSilence,
  type Folders,
} from "./cell_errors.ts";
import type { Iopub } from "./iopub.ts";

/** The longest that the end of a cell waits for the cell's reply, in milliseconds. */
const PATIENCE = 1000;

/**
 * Sees to it that a cell that failed says why, once among its outputs and once in its
 * reply, both before it ends.
 */
export class Replies {
  #key: string;
  #folders: Folders;
  #scratch: string;
  /** Ends of cells that wait for a reply, and replies that wait for an end. */
  #seen = new Map<string, PromiseWithResolvers<void>>();
  #explained: { id: string; content: Promise<ErrorContent> } | undefined;

  constructor(key: string, folders: Folders, scratch: string) {
    this.#key = key;
    this.#folders = folders;
    this.#scratch = scratch;
  }

  /** The error among the outputs, in the user's terms. */
  async rewriteError(message: Message, iopub: Iopub): Promise<Frame[]> {
    const { parent: { msg_id: id = "" }, content } = message;
    return compose({
      route: message.route,
      type: "error",
      content: await this.#explain(id, content, iopub),
      parent: message.parentBytes,
      key: this.#key,
    });
  }

  /** The reply to a cell that failed, in the user's terms; others as they are. */
  async rewriteReply(frames: Frame[], iopub: Iopub): Promise<Frame[]> {
    const message = new Message(frames);
    if (message.header.msg_type !== "execute_reply") return frames;
    const { parent: { msg_id: id = "" }, content } = message;
    try {
      if (content.status !== "error") return frames;
      const isSilent = content.evalue === "Execution failed" &&
        !(content.traceback as unknown[])?.length;
      const error = isSilent
        ? await explainSilence(this.#cellOf(id, iopub), this.#scratch)
        : await this.#explain(id, content, iopub);
      if (isSilent) iopub.publish("error", error, message.parentBytes);
      return compose({
        route: message.route,
        type: "execute_reply",
        content: { ...content, ...error },
        parent: message.parentBytes,
        key: this.#key,
      });
    } finally {
      this.#of(id).resolve();
    }
  }

  /** Ends when the reply to a cell has been seen. */
  async seen(id: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      this.#of(id).promise,
      new Promise((resolve) => timer = setTimeout(resolve, PATIENCE)),
    ]);
    clearTimeout(timer);
    this.#seen.delete(id);
  }

  #of(id: string): PromiseWithResolvers<void> {
    let entry = this.#seen.get(id);
    if (!entry) this.#seen.set(id, entry = Promise.withResolvers<void>());
    return entry;
  }

  /** The explanation, which is the same for the output and the reply. */
  #explain(
    id: string,
    content: Record<string, unknown>,
    iopub: Iopub,
  ): Promise<ErrorContent> {
    if (this.#explained?.id !== id) {
      const cell = this.#cellOf(id, iopub);
      this.#explained = {
        id,
        content: explainError(content, cell, this.#folders, this.#scratch),
      };
    }
    return this.#explained.content;
  }

  #cellOf(id: string, iopub: Iopub) {
    return iopub.cell?.id === id ? iopub.cell : undefined;
  }
}
