import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import {
  fetchDataset,
  type FetchProgress,
  isFetched,
} from "../../../lib/datasets/io/fetch_dataset.ts";
import type { ManifestEntry } from "../../../lib/datasets/manifest.ts";
import { DownloadError, NoSpaceError } from "../../../lib/files/mod.ts";
import { inFolder } from "../temporary_folder.ts";
import { type ServedFile, serveFiles } from "./file_server.ts";

const A = Uint8Array.from({ length: 20_000 }, (_, i) => i * i);
const B = Uint8Array.from({ length: 3_000 }, (_, i) => i * 7);

const facts = (bytes: Uint8Array) => ({
  bytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/** A data set of two files. */
function letters(url: (name: string) => string): ManifestEntry {
  const download = (file: string, bytes: Uint8Array) => ({
    file,
    urls: [url(file)],
    sha256From: "the original bytes",
    ...facts(bytes),
  });
  return {
    folder: "letters",
    downloads: [download("a.bin", A), download("b.bin", B)],
    contents: { "a.bin": facts(A), "b.bin": facts(B) },
  };
}

async function checkFetched(directory: string): Promise<void> {
  deepStrictEqual(await Deno.readFile(`${directory}/letters/a.bin`), A);
  deepStrictEqual(await Deno.readFile(`${directory}/letters/b.bin`), B);
  const left = [
    ...await Array.fromAsync(Deno.readDir(directory)),
    ...await Array.fromAsync(Deno.readDir(`${directory}/letters`)),
  ].map(({ name }) => name);
  deepStrictEqual(left.sort(), ["a.bin", "b.bin", "letters"]);
}

Deno.test("fetchDataset: all files, with progress, and only once", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    strictEqual(await isFetched(entry, directory), false);
    const seen: FetchProgress[] = [];
    const folder = await fetchDataset("letters", entry, directory, {
      onProgress: (progress) => seen.push(progress),
    });
    strictEqual(folder, `${directory}/letters`);
    await checkFetched(directory);
    ok(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done));
    deepStrictEqual(seen.at(-1), {
      dataset: "letters",
      done: 23_000,
      total: 23_000,
    });
    strictEqual(await isFetched(entry, directory), true);
    await fetchDataset("letters", entry, directory);
    deepStrictEqual(server.requests, ["a.bin", "b.bin"]);
  }));

Deno.test("fetchDataset: a connection that breaks is resumed by Range", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A, broken: 2 },
      "b.bin": { bytes: B },
    });
    await fetchDataset("letters", letters(server.url), directory);
    await checkFetched(directory);
    match(server.requests[1]!, /^a.bin bytes=\d+-$/);
    match(server.requests[2]!, /^a.bin bytes=\d+-$/);
  }));

Deno.test("fetchDataset: a server without Range starts again", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A, broken: 1, ranges: false },
      "b.bin": { bytes: B },
    });
    await fetchDataset("letters", letters(server.url), directory);
    await checkFetched(directory);
  }));

Deno.test("fetchDataset: the next address is asked where one fails", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "old/a.bin": { bytes: A.toReversed() },
      "a.bin": { bytes: A },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    entry.downloads[0]!.urls.unshift(
      server.url("gone"),
      server.url("old/a.bin"),
    );
    await fetchDataset("letters", entry, directory);
    await checkFetched(directory);
    deepStrictEqual(server.requests, ["gone", "old/a.bin", "a.bin", "b.bin"]);
  }));

Deno.test("fetchDataset: 404 and a wrong SHA-256 leave nothing under a name", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({ "a.bin": { bytes: A.toReversed() } });
    const entry = letters(server.url);
    entry.downloads[0]!.urls.push(server.url("gone"));
    await rejects(fetchDataset("letters", entry, directory), (error) => {
      ok(error instanceof DownloadError);
      match(
        error.message,
        /^letters: a.bin cannot be had: http:.*a.bin has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; http:.*gone answered 404/,
      );
      ok(!error.message.includes("\n"));
      return true;
    });
    strictEqual(await isFetched(entry, directory), false);
    const left = await Array.fromAsync(Deno.readDir(`${directory}/letters`));
    deepStrictEqual(left, []);
  }));

Deno.test("fetchDataset: no server, one line", () =>
  inFolder(async (directory) => {
    const server = serveFiles({});
    const entry = letters(server.url);
    await server[Symbol.asyncDispose]();
    await rejects(
      fetchDataset("letters", entry, directory, { retries: 0 }),
      (error) =>
        error instanceof DownloadError && !error.message.includes("\n") &&
        /^letters: a.bin cannot be had: http:.* cannot be read: .*refused/i
          .test(error.message),
    );
  }));

Deno.test("fetchDataset: a file without SHA-256 is not fetched", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    entry.downloads[1]!.sha256 = null;
    await rejects(
      fetchDataset("letters", entry, directory),
      (error) =>
        error instanceof DatasetError &&
        error.message.startsWith("letters: b.bin is not fetched, its SHA-256"),
    );
    deepStrictEqual(server.requests, []);
  }));

Deno.test("fetchDataset: aborted, then resumed", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A, delay: 5 },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    const controller = new AbortController();
    await rejects(
      fetchDataset("letters", entry, directory, {
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done > A.length / 3) controller.abort();
        },
      }),
      { name: "AbortError" },
    );
    const { size } = await Deno.stat(`${directory}/letters/a.bin.part`);
    ok(size > A.length / 3 && size < A.length);
    await fetchDataset("letters", entry, directory);
    await checkFetched(directory);
    strictEqual(server.requests[1], `a.bin bytes=${size}-`);
  }));

function startProcess(
  directory: string,
  entry: ManifestEntry,
): Deno.ChildProcess {
  const program = new URL("./fetch_process.ts", import.meta.url);
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", program.href, directory],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  writer.write(new TextEncoder().encode(JSON.stringify(entry)))
    .then(() => writer.close());
  return process;
}

Deno.test("fetchDataset: of two processes at once one fetches", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A, delay: 5 },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    const outputs = await Promise.all(
      [1, 2].map(() => startProcess(directory, entry).output()),
    );
    for (const { success, stdout, stderr } of outputs) {
      ok(success, new TextDecoder().decode(stderr));
      strictEqual(
        new TextDecoder().decode(stdout).trim(),
        `${directory}/letters`,
      );
    }
    await checkFetched(directory);
    deepStrictEqual(server.requests, ["a.bin", "b.bin"]);
  }));

Deno.test("fetchDataset: a process is killed, the next one resumes", () =>
  inFolder(async (directory) => {
    await using server = serveFiles({
      "a.bin": { bytes: A, delay: 30 },
      "b.bin": { bytes: B },
    });
    const entry = letters(server.url);
    const process = startProcess(directory, entry);
    const part = `${directory}/letters/a.bin.part`;
    const started = async () => {
      const size = await Deno.stat(part).then((file) => file.size, () => 0);
      return size > A.length / 10;
    };
    while (!(await started())) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    process.kill("SIGKILL");
    await process.output();
    strictEqual(await isFetched(entry, directory), false);
    await fetchDataset("letters", entry, directory);
    await checkFetched(directory);
    match(server.requests[1]!, /^a.bin bytes=\d+-$/);
  }));

Deno.test({
  name: "fetchDataset: a full disk, one line (needs /dev/full)",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (directory) => {
      await using server = serveFiles({ "a.bin": { bytes: A } });
      await Deno.mkdir(`${directory}/letters`);
      await Deno.symlink("/dev/full", `${directory}/letters/a.bin.part`);
      await rejects(
        fetchDataset("letters", letters(server.url), directory),
        (error) =>
          error instanceof NoSpaceError &&
          /^No space left in .*letters: .* needed/.test(error.message) &&
          !error.message.includes("\n"),
      );
    }),
});

/** A ustar archive. */
function tar(members: Record<string, Uint8Array>): Uint8Array {
  const blocks = Object.entries(members).flatMap(([name, bytes]) => {
    const header = new Uint8Array(512);
    const put = (text: string, at: number) =>
      header.set(new TextEncoder().encode(text), at);
    put(name, 0);
    put(bytes.length.toString(8).padStart(11, "0"), 124);
    put("        ", 148);
    put("0ustar\u000000", 156);
    const sum = header.reduce((a, b) => a + b, 0);
    put(`${sum.toString(8).padStart(6, "0")}\0`, 148);
    return [header, bytes, new Uint8Array(-bytes.length & 511)];
  });
  return Uint8Array.from(
    [...blocks, new Uint8Array(1024)].flatMap((block) => [...block]),
  );
}

/** The same data set in an archive. */
function packed(
  url: (name: string) => string,
  members: Record<string, Uint8Array>,
): { entry: ManifestEntry; bytes: Uint8Array } {
  const bytes = gzipSync(tar(members));
  const download = {
    file: "letters.tar.gz",
    urls: [url("letters.tar.gz")],
    sha256From: "the original bytes",
    ...facts(bytes),
  };
  return { entry: { ...letters(url), downloads: [download] }, bytes };
}

Deno.test("fetchDataset: an archive is unpacked, checked and removed", () =>
  inFolder(async (directory) => {
    const file: ServedFile = { bytes: new Uint8Array() };
    await using server = serveFiles({ "letters.tar.gz": file });
    const { entry, bytes } = packed(server.url, {
      "letters/readme.html": B,
      "../a.bin": B,
      "/letters/a.bin": B,
      "letters/a.bin": A,
      "letters/b.bin": B,
    });
    file.bytes = bytes;
    await fetchDataset("letters", entry, directory);
    await checkFetched(directory);
    await fetchDataset("letters", entry, directory);
    deepStrictEqual(server.requests, ["letters.tar.gz"]);
  }));

Deno.test("fetchDataset: half unpacked is unpacked again", () =>
  inFolder(async (directory) => {
    const file: ServedFile = { bytes: new Uint8Array() };
    await using server = serveFiles({ "letters.tar.gz": file });
    const { entry, bytes } = packed(server.url, {
      "letters/a.bin": A,
      "letters/b.bin": B,
    });
    file.bytes = bytes;
    await Deno.mkdir(`${directory}/letters`);
    await Deno.writeFile(`${directory}/letters.tar.gz`, bytes);
    await Deno.writeFile(`${directory}/letters/a.bin`, A);
    await Deno.writeFile(`${directory}/letters/b.bin.part`, B.subarray(1));
    await fetchDataset("letters", entry, directory);
    await checkFetched(directory);
    deepStrictEqual(server.requests, []);
  }));

Deno.test("fetchDataset: an archive with other files than expected", () =>
  inFolder(async (directory) => {
    const file: ServedFile = { bytes: new Uint8Array() };
    await using server = serveFiles({ "letters.tar.gz": file });
    const fault = async (
      members: Record<string, Uint8Array>,
      message: RegExp,
    ) => {
      const { entry, bytes } = packed(server.url, members);
      file.bytes = bytes;
      await rejects(
        fetchDataset("letters", entry, directory),
        (error) => error instanceof DatasetError && message.test(error.message),
      );
      strictEqual(await isFetched(entry, directory), false);
      await Deno.remove(`${directory}/letters.tar.gz`);
    };
    await fault({ "letters/a.bin": A }, /holds no letters\/b.bin$/);
    await fault(
      { "letters/a.bin": A, "letters/b.bin": A },
      /letters.tar.gz: letters\/b.bin has 20000 bytes, expected 3000/,
    );
    await fault(
      { "letters/a.bin": A.toReversed() },
      /letters.tar.gz: letters\/a.bin has SHA-256 [0-9a-f]+, expected/,
    );
  }));
