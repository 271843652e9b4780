import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readTar } from "../../../lib/datasets/formats/tar.ts";

/**
 * Made by GNU tar 1.34 (`tar --format=… -c set`, then gzip) from a folder with
 * `a.bin` (hello), `b.bin` (600 × x), a symbolic link and, but for ustar, a file
 * with a name of 120 letters n that holds a line.
 */
const ARCHIVES = {
  gnu: "H4sIAAAAAAACA+3XTQ6DIBAFYNY9BSdQhh/Z9gBeQhPTmhJM1CY9frFd1SY2LsBY37" +
    "eBBHfDG4ehGXMWmQisMa81mK/vvRVKSU3FtCehtGTcsATuw1j1nLO+68al736d79QQ" +
    "6l9ldesj17/QeqH+ZlZ/ktoyLlD/6K6Ncx2Do5ryX2+bfyIlvvJvBPKfwgMgAnTW/f" +
    "R/l2L+t3bF/E9ahvlPxh5M0f9Zlmf5uez8pWz9baP5n6z5vAsUrkHBeIn/f5L8+42g" +
    "+x6j/qvf/8oIhfd/Ei60/hNiAAAAAAAAAAAA8JeeKp6tOwAoAAA=",
  ustar: "H4sIAAAAAAACA+3W0QrCIBTGcR9lT1DqPPo8GwwKRoNp0OPn6s5g0YWL1f93o6AXys" +
    "c5nDiko6pMZ0HksWbl+twH3bbWGb/sjfHOqkbUBq4xdXN+yjxNae3eu/PyczsRc/7d" +
    "oT9fKufvnVvJX4r8rbigGk3+1Z2GcZwU/tVS//1369+YVr/Uv2jqfws3oAI66376/7" +
    "jF/B/CB/O/DTbPf7b2YEr/BwAAAAAAAAAAwI+5A2+9CU4AKAAA",
  pax: "H4sIAAAAAAACA+3YQXKCMBTGcdaeghNokpcQWbjvslfAlqnOUOgonfH4jawU2zougq" +
    "D/3wYlC3Dwey+8+eK1OLyUxXu52y/2ZZtEoILM2u4Y9I9K+bDmlYixOjue1zqcS9JD" +
    "MoDvfVvswq0kz0lUWrTbz3Klfe6scd7nc3Fici96OQurb/1Vs9TdqpslmLwQ+UXsa3" +
    "QRd+7v/B8/n+c/syZJ3ZD53zXNv8Xv2nr/x03o+Z90gGK+3tYjqP+Z1dT/kdZ/m3er" +
    "lvr/IPU/Suhvyb9yvfwbZ8P+Tw2Z/yet/5uyqhpi8NT5P+n/69H0f0P/H2n/d1n44l" +
    "xO/3+Q/K/v2/+1FnXR/52i/w/hAERAZZ3k/q+6y/vf5f5Ph1dC9n/j3P8x/3+w/FeR" +
    "r9FF3Psb5v/GG5+kJvZgiv1fv/7XMVyr/6LM+fMX0cL8fxBabPpVtJvV8Y9Q38ns1y" +
    "6UabrQIPmP/Xhvnv9LJsL8fxBVU38QIQAAAAAAAAAAAAAAAAAAAGAafgCs0XbhAFAA" +
    "AA==",
};

async function unzip(archive: string): Promise<Uint8Array> {
  const packed = Uint8Array.fromBase64(archive);
  const stream = new Blob([packed]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function contents(
  archive: AsyncIterable<Uint8Array>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, contents } of readTar(archive, "a.tar")) {
    const parts = await Array.fromAsync(contents);
    found[name] = await new Blob(parts as BlobPart[]).text();
  }
  return found;
}

for (const [format, archive] of Object.entries(ARCHIVES)) {
  Deno.test(`tar: reads ${format} in pieces of any size`, async () => {
    const bytes = await unzip(archive);
    for (const size of [100, 512, 513, 1 << 20]) {
      const found = await contents(pieces(bytes, size));
      strictEqual(found["set/a.bin"], "hello");
      strictEqual(found["set/b.bin"], "x".repeat(600));
      strictEqual("set/l" in found, false);
    }
  });
}

Deno.test("tar: a member that is not read is passed over", async () => {
  const names: string[] = [];
  const bytes = await unzip(ARCHIVES.ustar);
  for await (const member of readTar(pieces(bytes, 100), "a.tar")) {
    names.push(member.name);
    for await (const _ of member.contents) break;
  }
  deepStrictEqual(names, ["set/a.bin", "set/b.bin"]);
});

Deno.test("tar: damage and an early end are named", async () => {
  const bytes = await unzip(ARCHIVES.ustar);
  await rejects(
    contents(pieces(bytes.subarray(0, 1500), 512)),
    (error) =>
      error instanceof DatasetError &&
      error.message === "a.tar: the archive ends early",
  );
  const damaged = bytes.slice();
  damaged[512 + 124] = "9".charCodeAt(0);
  await rejects(contents(pieces(damaged, 512)), /a header .* is damaged/);
});
