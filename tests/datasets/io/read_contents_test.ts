import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { gzipSync } from "node:zlib";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readContents } from "../../../lib/datasets/io/read_contents.ts";
import { inFolder } from "../temporary_folder.ts";

const CONTENTS = Uint8Array.from({ length: 1000 }, (_, i) => i * i);
const EXACTLY = { least: 1000, most: 1000 };

/** Expects a one-line error that names the file first. */
async function fault(
  path: string,
  message: RegExp,
  limits = EXACTLY,
): Promise<void> {
  await rejects(readContents(path, limits), (error) => {
    ok(error instanceof DatasetError, String(error));
    ok(error.message.startsWith(`${path}: `), error.message);
    ok(!error.message.includes("\n"), error.message);
    ok(message.test(error.message), error.message);
    return true;
  });
}

Deno.test("readContents: plain and gzip files have the same contents", () =>
  inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a`, CONTENTS);
    await Deno.writeFile(`${folder}/a.gz`, gzipSync(CONTENTS));
    // Browsers unpack some downloads and leave the name.
    await Deno.writeFile(`${folder}/b.gz`, CONTENTS);
    const results = await Promise.all(
      ["a", "a.gz", "b.gz"].map((name) =>
        readContents(`${folder}/${name}`, EXACTLY)
      ),
    );
    for (const { bytes, sha256 } of results) {
      deepStrictEqual([...bytes], [...CONTENTS]);
      strictEqual(sha256, results[0]!.sha256);
    }
  }));

Deno.test("readContents: the published SHA-256 of abc", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "abc");
    const { sha256 } = await readContents(`${folder}/a`, { least: 0, most: 9 });
    strictEqual(
      sha256,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  }));

Deno.test("readContents: damaged gzip files", () =>
  inFolder(async (folder) => {
    const packed = gzipSync(CONTENTS);
    const path = `${folder}/a.gz`;
    const write = (bytes: Uint8Array) => Deno.writeFile(path, bytes);
    await write(packed.subarray(0, packed.length / 2));
    await fault(path, /ends early \(truncated\)/);
    await write(packed.subarray(0, packed.length - 4));
    await fault(path, /ends early \(truncated\)/);
    await write(packed.subarray(0, 2));
    await fault(path, /ends early \(truncated\)/);
    for (const at of [100, packed.length - 6, packed.length - 2]) {
      const corrupt = Uint8Array.from(packed);
      corrupt[at]! ^= 0xff;
      await write(corrupt);
      await fault(path, /is corrupt/);
    }
    await write(gzipSync(CONTENTS.subarray(1)));
    await fault(path, /has 999 bytes unpacked, expected 1000/);
  }));

Deno.test("readContents: a decompression bomb costs no memory", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.gz`;
    const bomb = gzipSync(new Uint8Array(300e6));
    await Deno.writeFile(path, bomb);
    const limits = { least: bomb.length, most: bomb.length };
    const before = Deno.memoryUsage().rss;
    await fault(path, /unpacks to more than the expected \d+ bytes/, limits);
    const grown = Deno.memoryUsage().rss - before;
    ok(grown < 50e6, `grew by ${grown} bytes`);
  }));

Deno.test("readContents: wrong sizes, before anything is read", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a`;
    await Deno.writeFile(path, CONTENTS.subarray(1));
    await fault(path, /has 999 bytes, expected 1000$/);
    await fault(path, /has 999 bytes, expected no more than 998$/, {
      least: 0,
      most: 998,
    });
    await Deno.truncate(path, 1e12);
    await fault(path, /has 1000000000000 bytes, expected no more than/);
  }));

Deno.test("readContents: what is not a readable file", () =>
  inFolder(async (folder) => {
    await fault(`${folder}/none`, /is missing$/);
    await fault(folder, /is a folder, expected a file/);
    await Deno.writeTextFile(`${folder}/file`, "");
    await fault(`${folder}/file/a`, /is missing: a part of the path is a file/);
  }));

Deno.test({
  name: "readContents: a device is not read (needs /dev/zero)",
  ignore: Deno.build.os === "windows",
  fn: () => fault("/dev/zero", /is not a regular file/),
});
