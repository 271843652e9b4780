import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { bytesOf, framesOf } from "../../../lib/kernel/wire/frame.ts";
import { compose, Message } from "../../../lib/kernel/wire/message.ts";
import { FrameReader } from "../../../lib/kernel/wire/reader.ts";

/** Bytes that come in pieces of these lengths, over and over. */
function sourceOf(bytes: Uint8Array, pieces: number[]) {
  let offset = 0;
  let count = 0;
  return {
    read(target: Uint8Array): Promise<number | null> {
      if (offset === bytes.length) return Promise.resolve(null);
      const length = Math.min(
        pieces[count++ % pieces.length]!,
        target.length,
        bytes.length - offset,
      );
      target.set(bytes.subarray(offset, offset + length));
      offset += length;
      return Promise.resolve(length);
    },
  };
}

Deno.test("FrameReader reads the messages that were sent, however they come", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1 }),
        { maxLength: 4 },
      ),
      fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1 }),
      async (messages, pieces) => {
        const reader = new FrameReader(
          sourceOf(bytesOf(messages.flatMap(framesOf)), pieces),
          1e6,
        );
        for (const parts of messages) {
          const frames = await reader.message();
          deepStrictEqual(
            frames.map(({ body }) => Array.from(body)),
            parts.map((part) => Array.from(part)),
          );
        }
        await rejects(reader.message(), Deno.errors.UnexpectedEof);
      },
    ),
    { numRuns: 50 },
  ));

Deno.test("FrameReader reads a long frame across small pieces", async () => {
  const body = new Uint8Array(300_000).map((_, index) => index % 251);
  const source = sourceOf(bytesOf(framesOf([body])), [1, 65_536, 7, 100_000]);
  const [frame] = await new FrameReader(source, 1e6).message();
  deepStrictEqual(frame!.body, body);
});

Deno.test("FrameReader refuses what is no frame, or too large", async () => {
  const read = (...bytes: number[]) =>
    new FrameReader(sourceOf(Uint8Array.from(bytes), [64]), 1000).message();
  await rejects(read(0x78, 0x78), /a frame cannot have the flags 120/);
  await rejects(
    read(2, 0x7f, 0, 0, 0, 0, 0, 0, 0),
    /a frame of 9151314442816848000 bytes is too large/,
  );
  await rejects(read(0, 5, 1, 2), /the connection has ended/);
  const many = framesOf(Array.from({ length: 3 }, () => new Uint8Array(400)));
  await rejects(
    new FrameReader(sourceOf(bytesOf(many), [64]), 1000).message(),
    /too large/,
  );
});

Deno.test("Message tells a changed message from a signed one", () => {
  const frames = compose({
    type: "stream",
    content: { text: "ü" },
    key: "secret",
    route: [Uint8Array.of(1, 2)],
  });
  const message = new Message(frames);
  deepStrictEqual(message.content, { text: "ü" });
  deepStrictEqual(message.parent, {});
  strictEqual(message.header.msg_type, "stream");
  deepStrictEqual(message.route, [Uint8Array.of(1, 2)]);
  strictEqual(message.isSignedWith("secret"), true);
  strictEqual(message.isSignedWith("another"), false);
  frames.at(-1)!.body[0]! ^= 1;
  strictEqual(new Message(frames).isSignedWith("secret"), false);
  strictEqual(
    new Message(compose({ type: "a", content: {}, key: "" })).isSignedWith(""),
    true,
  );
});

Deno.test("compose() signs as Jupyter's specification says", async () => {
  const { subtle } = crypto;
  const frames = compose({ type: "status", content: {}, key: "k" });
  const [, signature, ...parts] = frames.map(({ body }) => body);
  const key = await subtle.importKey(
    "raw",
    new TextEncoder().encode("k"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const bytes = Uint8Array.from(
    new TextDecoder().decode(signature).match(/../g)!,
    (digits) => parseInt(digits, 16),
  );
  const signed = Uint8Array.from(parts.flatMap((part) => [...part]));
  strictEqual(await subtle.verify("HMAC", key, bytes, signed), true);
});

Deno.test("Message refuses what is none", () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const make = (...parts: string[]) => new Message(framesOf(parts.map(text)));
  throws(() => make("a", "b"), /this is not a Jupyter message/);
  throws(() => make("<IDS|MSG>", "", "{}", "{}"), /not a Jupyter message/);
  throws(
    () => make("<IDS|MSG>", "", "{", "{}", "{}", "{}"),
    /parts are not JSON/,
  );
  throws(
    () => make("<IDS|MSG>", "", "null", "{}", "{}", "{}"),
    /without a type/,
  );
});
