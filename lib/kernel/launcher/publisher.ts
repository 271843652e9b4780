import { bytesOf, type Frame } from "../wire/frame.ts";
import { handshake, writeAll } from "../wire/handshake.ts";

/** Bytes that may wait for one slow client before it is let go. */
const MOST_WAITING = 512 * 1024 * 1024;

/** Bytes of the longest message of a client here: a subscription. */
const SUBSCRIPTION = 64 * 1024;

/** Messages smaller than this are sent in one piece. */
const SMALL = 64 * 1024;

/** A client that reads along. */
interface Subscriber {
  connection: Deno.TcpConn;
  /** Ends when all that was sent so far is written. */
  written: Promise<void>;
  /** Bytes not written yet. */
  waiting: number;
}

/**
 * Sends each message to every client, whole, in order; none waits for another.
 */
export class Publisher {
  #subscribers = new Set<Subscriber>();

  /** Takes in the clients that connect. */
  async serve(listener: Deno.TcpListener): Promise<void> {
    for await (const connection of listener) {
      this.#take(connection).catch(() => {}).finally(() => close(connection));
    }
  }

  /** Sends a message to everyone. */
  send(frames: readonly Frame[]): void {
    const length = frames.reduce(
      (sum, { head, body }) => sum + head.length + body.length,
      0,
    );
    const pieces = length < SMALL
      ? [bytesOf(frames)]
      : frames.flatMap(({ head, body }) => [head, body]);
    for (const subscriber of this.#subscribers) {
      if (subscriber.waiting > MOST_WAITING) {
        this.#subscribers.delete(subscriber);
        close(subscriber.connection);
        continue;
      }
      subscriber.waiting += length;
      subscriber.written = subscriber.written.then(async () => {
        for (const piece of pieces) {
          await writeAll(subscriber.connection, piece);
        }
        subscriber.waiting -= length;
      }).catch(() => {
        this.#subscribers.delete(subscriber);
      });
    }
  }

  /** Ends when all that was sent is written, or the client is gone. */
  async drained(): Promise<void> {
    await Promise.all([...this.#subscribers].map(({ written }) => written));
  }

  async #take(connection: Deno.TcpConn): Promise<void> {
    const reader = await handshake(connection, "PUB", SUBSCRIPTION);
    await reader.message();
    const subscriber = { connection, written: Promise.resolve(), waiting: 0 };
    this.#subscribers.add(subscriber);
    try {
      for (;;) await reader.message();
    } finally {
      this.#subscribers.delete(subscriber);
    }
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // Already closed.
  }
}
