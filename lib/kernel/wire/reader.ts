import { COMMAND, type Frame, LONG, MORE, ProtocolError } from "./frame.ts";

/** Where bytes come from: a connection. */
export interface Source {
  /** Reads up to as many bytes as fit; null at the end. */
  read(bytes: Uint8Array): Promise<number | null>;
}

/** Bytes asked for at a time while they come in small pieces. */
const CHUNK = 65536;

/** Reads frames and messages from a connection, each no larger than a limit. */
export class FrameReader {
  #source: Source;
  #limit: number;
  #rest = new Uint8Array(0);

  /**
   * @param source The connection.
   * @param limit The most bytes of a message; larger ones are refused before memory
   * is taken for them.
   */
  constructor(source: Source, limit: number) {
    this.#source = source;
    this.#limit = limit;
  }

  /**
   * Exactly so many bytes.
   *
   * @throws {Deno.errors.UnexpectedEof} If the connection ends before.
   */
  async read(count: number): Promise<Uint8Array> {
    if (this.#rest.length >= count) {
      const bytes = this.#rest.subarray(0, count);
      this.#rest = this.#rest.subarray(count);
      return bytes;
    }
    const bytes = new Uint8Array(count);
    bytes.set(this.#rest);
    let have = this.#rest.length;
    this.#rest = new Uint8Array(0);
    while (have < count) {
      const missing = count - have;
      const direct = missing >= CHUNK;
      const target = direct ? bytes.subarray(have) : new Uint8Array(CHUNK);
      const got = await this.#source.read(target);
      if (got === null) {
        throw new Deno.errors.UnexpectedEof("the connection has ended");
      }
      if (!direct) {
        bytes.set(target.subarray(0, Math.min(got, missing)), have);
        this.#rest = target.subarray(Math.min(got, missing), got);
      }
      have += Math.min(got, missing);
    }
    return bytes;
  }

  /**
   * The next frame.
   *
   * @throws {ProtocolError} If it is none, or too large.
   */
  async frame(limit: number = this.#limit): Promise<Frame> {
    const start = await this.read(2);
    const flags = start[0]!;
    if (flags > (MORE | LONG | COMMAND)) {
      throw new ProtocolError(`a frame cannot have the flags ${flags}`);
    }
    let head = start;
    let length = start[1]!;
    if (flags & LONG) {
      const rest = await this.read(7);
      head = new Uint8Array(9);
      head.set(start);
      head.set(rest, 2);
      length = Number(new DataView(head.buffer).getBigUint64(1));
    }
    if (length > limit) {
      throw new ProtocolError(`a frame of ${length} bytes is too large`);
    }
    return { head, body: await this.read(length) };
  }

  /** The frames of the next message; commands are passed over. */
  async message(): Promise<Frame[]> {
    const frames: Frame[] = [];
    let left = this.#limit;
    for (;;) {
      const frame = await this.frame(left);
      left -= frame.body.length;
      const flags = frame.head[0]!;
      if (flags & COMMAND) continue;
      frames.push(frame);
      if (!(flags & MORE)) return frames;
      if (frames.length > 10_000) {
        throw new ProtocolError("a message of more than 10,000 frames");
      }
    }
  }
}
