/**
 * Protocol buffers from files that are not trusted: the fields of a message, one
 * after another, without a schema.
 *
 * The libraries there are (`protobufjs`, `@bufbuild/protobuf`) make an object of every
 * message and number before anybody can say that it is too many; here nothing is made
 * but what is asked for, messages are views of the file, and fields are counted.
 *
 * @module
 */

/** The most fields of one file. */
const MOST_FIELDS = 4_000_000;

/** How many fields of a file may still be read. */
export interface FieldLimit {
  /** How many. */
  left: number;
}

/** A limit for a file that is about to be read. */
export function fieldLimit(): FieldLimit {
  return { left: MOST_FIELDS };
}

const damaged = (reason: string) =>
  new SyntaxError(`is a damaged protocol buffer: ${reason}`);

/** Reads varints of some bytes: integers of 7 bits a byte. */
class Varints {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  /** The next one: a signed integer of 64 bits, exact below 2⁵³. */
  next(): number {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw damaged("a number has no end");
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return i < 9 ? value : this.#signed(i);
    }
    throw damaged("a number has more than 10 bytes");
  }

  /** The same of ten bytes, which negative numbers have. */
  #signed(last: number): number {
    let value = 0n;
    for (let i = 0; i <= last; i++) {
      const byte = this.bytes[this.at - 1 - last + i]!;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    }
    return Number(BigInt.asIntN(64, value));
  }
}

/** One field of a message. */
export class Field {
  readonly #bytes: Uint8Array;
  readonly #limit: FieldLimit;

  /**
   * Made by {@linkcode fieldsOf}.
   *
   * @param number Which field it is.
   * @param type How it is stored: 0 an integer, 1 eight bytes, 2 bytes, 5 four bytes.
   * @param bytes Its bytes, a view.
   * @param limit How many fields may still be read.
   */
  constructor(
    readonly number: number,
    readonly type: number,
    bytes: Uint8Array,
    limit: FieldLimit,
  ) {
    this.#bytes = bytes;
    this.#limit = limit;
  }

  #expect(type: number, what: string): Uint8Array {
    if (this.type === type) return this.#bytes;
    throw damaged(`field ${this.number} is not ${what}`);
  }

  /** An integer; exact below 2⁵³, else only large. */
  integer(): number {
    return new Varints(this.#expect(0, "an integer")).next();
  }

  /** A number of single precision. */
  float(): number {
    return this.floats()[0]!;
  }

  /** Bytes: a view of the file. */
  bytes(): Uint8Array {
    return this.#expect(2, "bytes");
  }

  /** Text. */
  text(): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes());
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      throw damaged(`field ${this.number} is no text`);
    }
  }

  /** The fields of a message within. */
  message(): Generator<Field> {
    return fieldsOf(this.#expect(2, "a message"), this.#limit);
  }

  /** One integer, or several packed. */
  integers(): number[] {
    if (this.type === 0) return [this.integer()];
    const varints = new Varints(this.#expect(2, "integers"));
    const values: number[] = [];
    while (varints.at < varints.bytes.length) values.push(varints.next());
    return values;
  }

  /** One number of single precision, or several packed. */
  floats(): Float32Array {
    return new Float32Array(this.#numbers(5, 4));
  }

  /** One number of double precision, or several packed. */
  doubles(): Float64Array {
    return new Float64Array(this.#numbers(1, 8));
  }

  /** The bytes of numbers of a width, copied so that they are aligned. */
  #numbers(type: number, width: number): ArrayBuffer {
    const bytes = this.type === 2
      ? this.#bytes
      : this.#expect(type, "a number of that precision");
    if (bytes.length % width !== 0) {
      throw damaged(`field ${this.number} ends within a number`);
    }
    return Uint8Array.from(bytes).buffer;
  }
}

/**
 * The fields of a message, in the file's order.
 *
 * @param bytes The message.
 * @param limit How many fields of the file may still be read.
 * @throws {SyntaxError} If it is damaged, or has too many.
 *
 * @example Field 1 is the integer 150; field 2 the text "hi"
 * ```ts
 * import { fieldLimit, fieldsOf } from "./fields.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const bytes = Uint8Array.of(0x08, 0x96, 0x01, 0x12, 0x02, 0x68, 0x69);
 * const [number, text] = [...fieldsOf(bytes, fieldLimit())];
 * deepStrictEqual([number!.integer(), text!.text()], [150, "hi"]);
 * ```
 *
 * Source: "Encoding", in the documentation of Protocol Buffers.
 */
export function* fieldsOf(
  bytes: Uint8Array,
  limit: FieldLimit,
): Generator<Field> {
  const varints = new Varints(bytes);
  while (varints.at < bytes.length) {
    if (--limit.left < 0) {
      throw new SyntaxError(`holds more than ${MOST_FIELDS} fields`);
    }
    const tag = varints.next();
    const number = Math.floor(tag / 8), type = tag % 8;
    if (!(number > 0 && number < 2 ** 29)) {
      throw damaged("a field has no number");
    }
    const start = varints.at;
    let from = start;
    if (type === 0) varints.next();
    else if (type === 1 || type === 5) varints.at += type === 1 ? 8 : 4;
    else if (type === 2) {
      const length = varints.next();
      from = varints.at;
      if (!(length >= 0 && length <= bytes.length - from)) {
        throw damaged(`field ${number} is said to have ${length} bytes`);
      }
      varints.at += length;
    } else throw damaged(`field ${number} is of type ${type}`);
    if (varints.at > bytes.length) throw damaged("a number has no end");
    yield new Field(number, type, bytes.subarray(from, varints.at), limit);
  }
}
