import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { findWheel } from "../../../lib/runtime/provision/package_index.ts";
import { fakeWheel } from "../../support/fake_wheel.ts";
import { serveBytes } from "../../support/serve_bytes.ts";

const { wheel } = fakeWheel("tensorflow-cpu");
const { filename, sha256 } = wheel;
const page = "/simple/tensorflow-cpu/";

function serve(text: string, type = "text/html") {
  return serveBytes({ [page]: { type, text } });
}

Deno.test("findWheel() reads links as indexes write them", async () => {
  const base = "https://files.example.org/a&b/";
  for (
    const link of [
      `<a href="${
        base.replace("&", "&amp;")
      }${filename}#sha256=${sha256}">x</a>`,
      `<A class='f' HREF='${base}${filename}?x=1'>\n${filename}</A>`,
      `<a data-x="1"\n  href = "${base}${filename.replace("_", "%5F")}">x</a>`,
    ]
  ) {
    const other = `<a href="${base}other-1.0.whl#sha256=${
      "0".repeat(64)
    }">o</a>`;
    await using server = serve(other + link + other);
    const { url } = await findWheel(`${server.url}/simple`, wheel);
    strictEqual(
      url.host + decodeURIComponent(url.pathname),
      `files.example.org/a&b/${filename}`,
    );
  }
});

Deno.test("findWheel() sends name and password to the index's host only", async () => {
  for (const local of [true, false]) {
    const base = local ? "" : "https://files.example.org";
    await using server = serve(`<a href="${base}/${filename}">x</a>`);
    const index = `${server.url.replace("//", "//me:s%40cret@")}/simple/`;
    const { url, headers } = await findWheel(index, wheel);
    const authorization = `Basic ${btoa("me:s@cret")}`;
    strictEqual(
      server.requests[0]?.headers.get("authorization"),
      authorization,
    );
    deepStrictEqual(headers, local ? { authorization } : {});
    ok(!url.href.includes("cret"));
  }
});

Deno.test("findWheel() says what is wrong with an index", async () => {
  const json = "application/vnd.pypi.simple.v1+json";
  const file = (url: unknown) =>
    JSON.stringify({ files: [null, { filename, url, hashes: {} }] });
  for (
    const [text, type, message] of [
      [
        "<html>Please log in</html>",
        "text/html",
        /does not list tensorflow_cpu-1.0/,
      ],
      ["{", json, /does not list/],
      ["null", json, /does not list/],
      ['{"files":{}}', json, /does not list/],
      [file(7), json, /does not list/],
      [file("ftp://example.org/x"), json, /lists no usable address for/],
      [file("file:///etc/passwd"), json, /lists no usable address for/],
    ] as const
  ) {
    await using server = serve(text, type);
    await rejects(findWheel(`${server.url}/simple`, wheel), (error: Error) => {
      strictEqual(error.name, "DownloadError");
      ok(message.test(error.message), error.message);
      return true;
    });
  }
  await using server = serveBytes({});
  await rejects(findWheel(`${server.url}/simple`, wheel), /answered 404/);
  await rejects(findWheel("file:///simple", wheel), /not an http one/);
  await rejects(findWheel("nonsense", wheel), /not an http one/);
});
