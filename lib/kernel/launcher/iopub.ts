import { type Frame, ProtocolError } from "../wire/frame.ts";
import { handshake } from "../wire/handshake.ts";
import { compose, Message, session } from "../wire/message.ts";
import { MARKER, type Marker } from "../shared/marker.ts";
import type { Cell } from "./cell.ts";
import type { InnerKernel } from "./inner_kernel.ts";
import type { Publisher } from "./publisher.ts";

/** Bytes of the longest output. */
const LONGEST = 2 ** 31;

/** Outputs of more bytes than this may have been damaged, and are checked. */
const SUSPECT = 64 * 1024;

/** What happens along the stream of outputs. */
export interface IopubEvents {
  /** The kernel's inside says something. */
  onMarker(marker: Marker): void;
  /** A cell starts. */
  onStart(cell: Cell): void;
  /** A cell has failed; the frames to tell the front ends instead. */
  onError(message: Message): Promise<Frame[]>;
  /** A cell has ended, which nobody knows yet. */
  onEnd(message: Message): Promise<void>;
  /** An output arrived damaged. */
  onDamage(): void;
}

/**
 * Reads Deno's stream of outputs without pause, and passes it on.
 *
 * Deno's kernel writes to this stream from two tasks that do not wait for each other.
 * While it is always read at once, and while the kernel's inside waits for its outputs
 * to arrive, they do not meet. Where they do, the stream is opened anew.
 */
export class Iopub {
  /** The cell that runs, or ran last. */
  cell: Cell | undefined;
  /** The types of the messages that came so far for each request of our own. */
  readonly own: Map<string, string[]> = new Map();
  #kernel: InnerKernel;
  #key: string;
  #publisher: Publisher;
  #events: IopubEvents;

  constructor(
    kernel: InnerKernel,
    key: string,
    publisher: Publisher,
    events: IopubEvents,
  ) {
    this.#kernel = kernel;
    this.#key = key;
    this.#publisher = publisher;
    this.#events = events;
  }

  /** Follows the stream until the kernel ends, which is an error. */
  async follow(): Promise<never> {
    for (;;) {
      const connection = await this.#kernel.dial("iopub");
      try {
        await this.#read(connection);
      } catch (error) {
        // Or the kernel is ending; then it can no longer be dialled.
        if (error instanceof ProtocolError) this.#events.onDamage();
      } finally {
        connection.close();
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async #read(connection: Deno.TcpConn): Promise<never> {
    const reader = await handshake(connection, "SUB", LONGEST);
    await connection.write(SUBSCRIBE);
    for (;;) {
      const frames = await reader.message();
      // The kernel ignores this; but it carries the acknowledgement of what was
      // received, for which the kernel would wait 40 ms before it sends on.
      connection.write(NOTHING).catch(() => {});
      const message = new Message(frames);
      if (message.size > SUSPECT && !message.isSignedWith(this.#key)) {
        throw new ProtocolError("a damaged message");
      }
      await this.#pass(message, frames);
    }
  }

  async #pass(message: Message, frames: Frame[]): Promise<void> {
    const { msg_type: type } = message.header;
    if (type === MARKER) {
      this.#noteOwn(message);
      return this.#events.onMarker(message.content as Marker);
    }
    if (type === "stream" || type === "display_data") {
      return this.#publisher.send(frames);
    }
    if (this.#noteOwn(message)) return;
    if (type === "execute_input") {
      this.cell = {
        id: message.parent.msg_id ?? "",
        parent: message.parentBytes,
        code: String(message.content.code),
        running: true,
        presses: 0,
        terminated: false,
      };
      this.#events.onStart(this.cell);
    } else if (type === "error") {
      return this.#publisher.send(await this.#events.onError(message));
    } else if (type === "status" && isEndOfCell(message)) {
      await this.#events.onEnd(message);
      if (this.cell) this.cell.running = false;
    }
    this.#publisher.send(frames);
  }

  /** Takes note of a message if it answers a request of our own. */
  #noteOwn({ header, parent }: Message): boolean {
    if (parent.session !== session || parent.msg_id === undefined) return false;
    const types = this.own.get(parent.msg_id) ?? [];
    this.own.set(parent.msg_id, [...types, header.msg_type]);
    return true;
  }

  /** Publishes a message of the launcher's own, as an answer to a cell. */
  publish(type: string, content: unknown, parent?: Uint8Array): void {
    this.#publisher.send(
      compose({
        type,
        content,
        key: this.#key,
        ...(parent && { parent }),
      }),
    );
  }
}

const SUBSCRIBE = Uint8Array.of(0, 1, 1);
const NOTHING = Uint8Array.of(0, 1, 2);

function isEndOfCell(message: Message): boolean {
  return message.content.execution_state === "idle" &&
    message.parent.msg_type === "execute_request";
}
