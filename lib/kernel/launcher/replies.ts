import type { Frame } from "../wire/frame.ts";
import { compose, Message } from "../wire/message.ts";
import {
  type ErrorContent,
  explainError,
  explainSilence,
  type Folders,
} from "./cell_errors.ts";
import type { Cell } from "./cell.ts";
import type { Iopub } from "./iopub.ts";

/** The longest that one of a cell's two messages waits for the other, in ms. */
const PATIENCE = 1000;

/** The reply to a cell has come. */
interface Arrival {
  /** Ends when all that it says is told. */
  done: Promise<void>;
}

/**
 * Sees to it that a cell that failed says why, once among its outputs and once in its
 * reply, both before it ends.
 */
export class Replies {
  #key: string;
  #folders: Folders;
  #scratch: string;
  #arrivals = new Map<string, PromiseWithResolvers<Arrival>>();
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
    const { msg_id: id = "" } = message.parent;
    const rewritten = message.content.status === "error"
      ? this.#rewriteFailure(message, id, iopub)
      : Promise.resolve(frames);
    const done = rewritten.then(() => {}, () => {});
    this.#arrivalOf(id).resolve({ done });
    return await rewritten;
  }

  async #rewriteFailure(
    message: Message,
    id: string,
    iopub: Iopub,
  ): Promise<Frame[]> {
    const { content, parentBytes, route } = message;
    const isSilent = content.evalue === "Execution failed" &&
      !(content.traceback as unknown[])?.length;
    const error = isSilent
      ? await explainSilence(await cellOf(id, iopub), this.#scratch)
      : await this.#explain(id, content, iopub);
    if (isSilent) iopub.publish("error", error, parentBytes);
    return compose({
      route,
      type: "execute_reply",
      content: { ...content, ...error },
      parent: parentBytes,
      key: this.#key,
    });
  }

  /** Ends when the reply to a cell has come, and has said all that it has to say. */
  async seen(id: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arrival = await Promise.race([
      this.#arrivalOf(id).promise,
      new Promise<undefined>((resolve) =>
        timer = setTimeout(resolve, PATIENCE, undefined)
      ),
    ]);
    clearTimeout(timer);
    this.#arrivals.delete(id);
    await arrival?.done;
  }

  #arrivalOf(id: string): PromiseWithResolvers<Arrival> {
    let entry = this.#arrivals.get(id);
    if (!entry) {
      this.#arrivals.set(id, entry = Promise.withResolvers<Arrival>());
    }
    return entry;
  }

  /** The explanation, which is the same for the output and the reply. */
  #explain(
    id: string,
    content: Record<string, unknown>,
    iopub: Iopub,
  ): Promise<ErrorContent> {
    if (this.#explained?.id !== id) {
      this.#explained = {
        id,
        content: cellOf(id, iopub).then((cell) =>
          explainError(content, cell, this.#folders, this.#scratch)
        ),
      };
    }
    return this.#explained.content;
  }
}

/**
 * The cell of a request. Its reply may be here before its outputs, which come by
 * another connection.
 */
async function cellOf(id: string, iopub: Iopub): Promise<Cell | undefined> {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    if (iopub.cell?.id === id) return iopub.cell;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return undefined;
}
