/**
 * Messages of Jupyter's wire protocol.
 *
 * Reference: Jupyter client documentation, "The Jupyter message specification".
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Frame, framesOf, ProtocolError } from "./frame.ts";

/** What heads a message. */
export interface Header {
  /** Its own name. */
  msg_id: string;
  /** The client or kernel it comes from. */
  session: string;
  /** Its kind, such as `execute_request`. */
  msg_type: string;
}

/** A message as it came, its parts parsed when they are asked for. */
export class Message {
  /** What stands before the delimiter: identities, or a topic. */
  readonly route: Uint8Array[];
  /** What it is. */
  readonly header: Header;
  #parts: Uint8Array[];
  #signature: Uint8Array;

  /** @throws {ProtocolError} If the frames are no message. */
  constructor(frames: readonly Frame[]) {
    const bodies = frames.map(({ body }) => body);
    const at = bodies.findIndex((body) =>
      body.length === DELIMITER.length && decode(body) === "<IDS|MSG>"
    );
    this.route = bodies.slice(0, at);
    const [signature, ...parts] = bodies.slice(at + 1);
    if (at < 0 || signature === undefined || parts.length < 4) {
      throw new ProtocolError("this is not a Jupyter message");
    }
    this.#signature = signature;
    this.#parts = parts;
    this.header = parse(parts[0]!) as Header;
    if (typeof this.header?.msg_type !== "string") {
      throw new ProtocolError("a message without a type");
    }
  }

  /** The header of the message that this one answers, as it came. */
  get parentBytes(): Uint8Array {
    return this.#parts[1]!;
  }

  /** The header of the message that this one answers; empty if it answers none. */
  get parent(): Partial<Header> {
    return parse(this.#parts[1]!) as Partial<Header>;
  }

  /** What it says. */
  get content(): Record<string, unknown> {
    return parse(this.#parts[3]!) as Record<string, unknown>;
  }

  /** What it says about what it says. */
  get metadata(): Record<string, unknown> {
    return parse(this.#parts[2]!) as Record<string, unknown>;
  }

  /** Bytes of all that is signed. */
  get size(): number {
    return this.#parts.slice(0, 4).reduce((sum, { length }) => sum + length, 0);
  }

  /** Whether nothing has changed since it was signed. */
  isSignedWith(key: string): boolean {
    const expected = new TextEncoder().encode(
      signatureOf(key, this.#parts.slice(0, 4)),
    );
    return expected.length === this.#signature.length &&
      timingSafeEqual(expected, this.#signature);
  }
}

/** A message to be made. */
export interface Outgoing {
  /** What stands before the delimiter. @default {[]} */
  route?: readonly Uint8Array[];
  /** Its kind. */
  type: string;
  /** What it says. */
  content: unknown;
  /** The header of the message that it answers, as that came. */
  parent?: Uint8Array;
  /** The key that signs it. */
  key: string;
}

/** The session of the messages that are made here. */
export const session: string = crypto.randomUUID();

/** The frames of a message, signed. */
export function compose(
  { route = [], type, content, parent = encode("{}"), key }: Outgoing,
): Frame[] {
  const header = {
    msg_id: crypto.randomUUID(),
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type: type,
    version: "5.3",
  };
  const parts = [
    encode(JSON.stringify(header)),
    parent,
    encode("{}"),
    encode(JSON.stringify(content)),
  ];
  return framesOf([
    ...route,
    DELIMITER,
    encode(signatureOf(key, parts)),
    ...parts,
  ]);
}

/** The hexadecimal HMAC-SHA256 of the parts; empty if there is no key. */
function signatureOf(key: string, parts: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch {
    throw new ProtocolError("a message whose parts are not JSON");
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

const DELIMITER = encode("<IDS|MSG>");
