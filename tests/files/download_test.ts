import { createHash } from "node:crypto";
import { ok, rejects, strictEqual } from "node:assert";
import { download } from "../../lib/files/download.ts";
import { serveBytes } from "../support/serve_bytes.ts";
import { withFolder } from "../support/with_folder.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 3);
const bytes = content.length;
const sha256 = createHash("sha256").update(content).digest("hex");

Deno.test("download() saves a file with the expected hash and reports progress", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content });
    const seen: number[] = [];
    const path = `${folder}/deep/file`;
    await download({
      url: `${server.url}/file`,
      path,
      bytes,
      sha256,
      onProgress: (done, total) => {
        strictEqual(total, bytes);
        seen.push(done);
      },
    });
    strictEqual(seen[0], 0);
    strictEqual(seen.at(-1), bytes);
    ok(seen.every((n, i) => i === 0 || n > seen[i - 1]!));
    await strictEqualFile(path);
    strictEqual(server.requests.length, 1);
    await download({ url: `${server.url}/file`, path, bytes, sha256 });
    strictEqual(server.requests.length, 1, "a right file is not fetched again");
  }));

Deno.test("download() asks only for the bytes that are missing", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content });
    const path = `${folder}/file`;
    await Deno.writeFile(`${path}.part`, content.subarray(0, 100_000));
    await download({ url: `${server.url}/file`, path, bytes, sha256 });
    await strictEqualFile(path);
    strictEqual(server.requests[0]?.headers.get("range"), "bytes=100000-");
    strictEqual(server.sent, 200_000);
  }));

Deno.test("download() starts again where the server knows no ranges", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content }, { ranges: false });
    const path = `${folder}/file`;
    await Deno.writeFile(`${path}.part`, content.subarray(0, 100_000));
    await download({ url: `${server.url}/file`, path, bytes, sha256 });
    await strictEqualFile(path);
  }));

Deno.test("download() resumes by itself when the connection breaks", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content }, {
      breakAfter: 120_000,
    });
    const path = `${folder}/file`;
    await download({ url: `${server.url}/file`, path, bytes, sha256 });
    await strictEqualFile(path);
    strictEqual(server.requests.length, 3);
  }));

Deno.test("download() does not trust what an earlier attempt left", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content });
    const path = `${folder}/file`;
    for (const size of [1000, bytes, bytes + 1]) {
      await Deno.writeFile(`${path}.part`, new Uint8Array(size));
      await download({ url: `${server.url}/file`, path, bytes, sha256 });
      await strictEqualFile(path);
      await Deno.remove(path);
    }
  }));

Deno.test("download() replaces a damaged file", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content });
    const path = `${folder}/file`;
    await Deno.writeFile(path, content.toReversed());
    await download({ url: `${server.url}/file`, path, bytes, sha256 });
    await strictEqualFile(path);
  }));

Deno.test("download() refuses a file with another hash and leaves nothing", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content.toReversed() });
    const path = `${folder}/file`;
    await rejects(
      download({ url: `${server.url}/file`, path, bytes, sha256 }),
      /^DownloadError: .*\/file has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}$/,
    );
    await strictEqualEntries(folder, []);
    strictEqual(server.requests.length, 1);
  }));

Deno.test("download() refuses a file of another size", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content });
    const url = `${server.url}/file`;
    const path = `${folder}/file`;
    await rejects(
      download({ url, path, bytes: bytes - 1, sha256 }),
      /has 300000 bytes, expected 299999$/,
    );
    await strictEqualEntries(folder, []);
  }));

Deno.test("download() stops reading when more than the file comes", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content }, { length: false });
    const url = `${server.url}/file`;
    await rejects(
      download({ url, path: `${folder}/file`, bytes: 10, sha256 }),
      /has more than the expected 10 bytes$/,
    );
    await strictEqualEntries(folder, []);
  }));

Deno.test("download() says what the server answered, and retries if it is busy", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({});
    const path = `${folder}/file`;
    await rejects(
      download({ url: `${server.url}/file`, path, bytes, sha256 }),
      /\/file answered 404/,
    );
    strictEqual(server.requests.length, 1);
    await rejects(
      download({ url: `${server.url}/503`, path, bytes, sha256, retries: 1 }),
      /\/503 answered 503/,
    );
    strictEqual(server.requests.length, 3);
  }));

Deno.test("download() gives up a silent connection", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content }, { stallAfter: 1000 });
    await rejects(
      download({
        url: `${server.url}/file`,
        path: `${folder}/file`,
        bytes,
        sha256,
        patience: 100,
        retries: 0,
      }),
      /cannot be read: nothing came for 0.1 s$/,
    );
  }));

Deno.test("download() keeps what has come when it is aborted", () =>
  withFolder(async (folder) => {
    await using server = serveBytes({ "/file": content }, {
      stallAfter: 50_000,
    });
    const path = `${folder}/file`;
    const controller = new AbortController();
    await rejects(
      download({
        url: `${server.url}/file`,
        path,
        bytes,
        sha256,
        signal: controller.signal,
        onProgress: (done) => {
          if (done >= 50_000) controller.abort();
        },
      }),
      { name: "AbortError" },
    );
    strictEqual((await Deno.stat(`${path}.part`)).size, 50_000);
  }));

Deno.test("download() names the address without its password", () =>
  withFolder(async (folder) => {
    const url = "http://me:secret@127.0.0.1:1/file?token=secret";
    const options = { url, path: `${folder}/file`, bytes, sha256, retries: 0 };
    await rejects(download(options), (error: Error) => {
      ok(error.message.startsWith("http://127.0.0.1:1/file cannot be read"));
      ok(!error.message.includes("secret"), error.message);
      return true;
    });
  }));

async function strictEqualFile(path: string): Promise<void> {
  const found = createHash("sha256").update(await Deno.readFile(path));
  strictEqual(found.digest("hex"), sha256);
  await rejects(Deno.stat(`${path}.part`), Deno.errors.NotFound);
}

async function strictEqualEntries(
  folder: string,
  expected: string[],
): Promise<void> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map((e) =>
    e.name
  );
  strictEqual(names.sort().join(), expected.join());
}
