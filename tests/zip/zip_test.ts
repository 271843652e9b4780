import fc from "fast-check";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import {
  bytesSource,
  entryBytes,
  entryPieces,
  fileSource,
  readDirectory,
} from "../../lib/zip/mod.ts";
import { zipArchive, type ZipContent } from "../support/zip_archive.ts";

const golden = new URL("../golden/zip/", import.meta.url).pathname;
const text = new TextEncoder().encode("learning rate\n".repeat(1000));

Deno.test("readDirectory() and entryBytes() read what Python wrote", async () => {
  using source = await fileSource(`${golden}plain.zip`);
  const entries = await readDirectory(source);
  deepStrictEqual(entries.map((entry) => [entry.name, entry.size]), [
    ["stored.txt", 140],
    ["folder/deflated.txt", 14_000],
    ["empty", 0],
    ["käthe.npy", 6],
    ["bzip2.txt", 14_000],
  ]);
  const [stored, deflated, empty, _, bzip2] = entries;
  deepStrictEqual(await entryBytes(source, stored!), text.slice(0, 140));
  deepStrictEqual(await entryBytes(source, deflated!), text);
  deepStrictEqual(await entryBytes(source, empty!), new Uint8Array());
  await rejects(
    entryBytes(source, bzip2!),
    /^SyntaxError: "bzip2.txt" in .*plain.zip is damaged: packing method 12 is unknown$/,
  );
});

Deno.test("entryBytes() reads an entry with zip64 fields and sizes after it", async () => {
  using source = await fileSource(`${golden}zip64.zip`);
  const [entry] = await readDirectory(source);
  strictEqual(entry!.name, "weights.npy");
  deepStrictEqual(await entryBytes(source, entry!), text);
});

Deno.test("readDirectory() follows zip64 records and fields", async () => {
  const files = [
    { name: "a", bytes: text },
    { name: "b", bytes: text, stored: true, zip64: true },
  ];
  const source = bytesSource(zipArchive(files, { zip64: true }), "a.zip");
  for (const entry of await readDirectory(source)) {
    deepStrictEqual(await entryBytes(source, entry), text);
  }
});

Deno.test("readDirectory() refuses names that lead out of the folder", async () => {
  const names = [
    "../a",
    "/a",
    "a/../../b",
    "a//b",
    "./a",
    "C:\\a",
    "c:a",
    "a\\b",
    "a\0b",
    "",
  ];
  for (const name of names) {
    const archive = zipArchive([{ name, bytes: text }]);
    await rejects(
      readDirectory(bytesSource(archive, "bad.zip")),
      (error: Error) =>
        error instanceof SyntaxError &&
        error.message ===
          `bad.zip is not a sound zip archive: it has a file named ${
            JSON.stringify(name)
          }`,
      name,
    );
  }
  const fine = zipArchive([{ name: "dense/kernel:0.npy", bytes: text }]);
  strictEqual((await readDirectory(bytesSource(fine, "fine.zip"))).length, 1);
});

Deno.test("readDirectory() says what is wrong with an archive", async () => {
  const sound = zipArchive([{ name: "a", bytes: text }, {
    name: "b",
    bytes: text,
  }]);
  const size = sound.length;
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new Uint8Array(), /no directory at its end$/],
    [text, /no directory at its end$/],
    [sound.slice(0, size - 1), /no directory at its end$/],
    [sound.slice(200), /does not fit in the file$/],
    [
      zipArchive([{ name: "a", bytes: text }, { name: "a", bytes: text }]),
      /"a" is there twice$/,
    ],
    [changed(sound, size - 18, 1), /one of several parts$/],
    [changed(sound, size - 12, 3), /ends after 2 of 3 entries$/],
    [changed(sound, size - 6, 1), /its directory ends after 0 of 2 entries$/],
  ];
  for (const [archive, message] of cases) {
    await rejects(readDirectory(bytesSource(archive, "bad.zip")), message);
  }
});

Deno.test("entryPieces() refuses bytes that are not what the directory says", async () => {
  const bytes = text;
  const cases: [Partial<ZipContent>, RegExp][] = [
    [{ size: bytes.length - 1 }, /more than its 13999 bytes$/],
    [{ size: bytes.length + 1 }, /has 14000 of its 14001 bytes$/],
    [{ crc32: 1 }, /its CRC-32 differs$/],
    [{ stored: true, method: 8 }, /its deflated bytes make no sense$/],
    [{ flags: 1 }, /needs a password$/],
  ];
  for (const [lie, message] of cases) {
    const archive = zipArchive([{ name: "a", bytes, ...lie }]);
    const source = bytesSource(archive, "bad.zip");
    const [entry] = await readDirectory(source);
    await rejects(Array.fromAsync(entryPieces(source, entry!)), message);
  }
});

Deno.test("entryBytes() refuses a file over its limit before unpacking it", async () => {
  const archive = zipArchive([{ name: "a", bytes: text }]);
  const source = bytesSource(archive, "big.zip");
  const [entry] = await readDirectory(source);
  await rejects(
    entryBytes(source, entry!, 13_999),
    /^RangeError: a in big.zip may have at most 13999 bytes, has 14000$/,
  );
});

Deno.test("zip archives with any byte changed give a SyntaxError or the same bytes", async () => {
  const file = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    bytes: fc.uint8Array({ maxLength: 300 }),
    stored: fc.boolean(),
    zip64: fc.boolean(),
  });
  const files = fc.uniqueArray(file, { selector: (f) => f.name, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.boolean(),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      async (contents, zip64, where, value) => {
        const archive = zipArchive(contents, { zip64 });
        deepStrictEqual(
          await unpacked(archive),
          contents.map((f) => [...f.bytes]),
        );
        const damaged = changed(archive, where % archive.length, value);
        try {
          const found = await unpacked(damaged);
          const expected = new Set(contents.map((f) => String(f.bytes)));
          ok(found.every((bytes) => expected.has(String(bytes))));
        } catch (error) {
          ok(
            error instanceof SyntaxError || error instanceof RangeError,
            String(error),
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});

async function unpacked(archive: Uint8Array<ArrayBuffer>): Promise<number[][]> {
  const source = bytesSource(archive, "any.zip");
  const all: number[][] = [];
  for (const entry of await readDirectory(source)) {
    all.push([...await entryBytes(source, entry, 1000)]);
  }
  return all;
}

function changed(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  value: number,
): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
}
