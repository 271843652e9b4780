import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import {
  findProvisioned,
  provision,
  ProvisionError,
  removeProvisioned,
} from "../../../lib/runtime/provision/mod.ts";
import { environmentOf } from "../../support/environment_of.ts";
import {
  type FakeWheel,
  fakeWheel,
  machine,
  manifestOf,
  serveIndex,
} from "../../support/fake_wheel.ts";
import { listFiles } from "../../support/list_files.ts";
import type { ByteServer } from "../../support/serve_bytes.ts";
import { withFolder } from "../../support/with_folder.ts";

const wheel = fakeWheel("tensorflow-cpu");
const manifest = manifestOf([wheel]);
const name = `libtensorflow/1.0-${machine}-cpu`;
const complete = [
  `${name}/tensorflow/libtensorflow_cc.so.2`,
  `${name}/tensorflow/libtensorflow_framework.so.2`,
];

/** An environment with this index, and neither pip nor uv. */
function only({ url }: Pick<ByteServer, "url">) {
  return environmentOf({ PIP_INDEX_URL: `${url}/simple/`, PATH: "" });
}

for (const html of [false, true]) {
  Deno.test(`provision() fetches from an index in ${html ? "HTML" : "JSON"} and then finds it`, () =>
    withFolder(async (cacheDirectory) => {
      await using server = serveIndex([wheel], { html });
      const environment = only(server);
      const notes = new Set<string>();
      const options = {
        cacheDirectory,
        environment,
        manifest,
        onProgress: (done: number, total: number, note: string) => {
          ok(done >= 0 && done <= total);
          notes.add(note);
        },
      };
      strictEqual(await findProvisioned(options), undefined);
      const found = await provision(options);
      const directory = `${cacheDirectory}/${name}`;
      deepStrictEqual(found, {
        directory,
        library: `${directory}/tensorflow/libtensorflow_cc.so.2`,
        framework: `${directory}/tensorflow/libtensorflow_framework.so.2`,
        version: "1.0",
      });
      deepStrictEqual(await listFiles(cacheDirectory), complete);
      deepStrictEqual([...notes], [
        "downloading tensorflow-cpu 1.0",
        "unpacking tensorflow-cpu 1.0",
      ]);
      strictEqual(server.requests.length, 2);
      deepStrictEqual(await provision(options), found);
      deepStrictEqual(await findProvisioned(options), found);
      strictEqual(server.requests.length, 2);
    }));
}

Deno.test("provision() repairs a damaged cache, fetching only what is damaged", () =>
  withFolder(async (cacheDirectory) => {
    const other = fakeWheel("nvidia-nccl-cu12", [
      "nvidia/nccl/lib/libnccl.so.2",
    ]);
    const wheels = [wheel, other];
    const options = { cacheDirectory, manifest: manifestOf(wheels) };
    {
      await using server = serveIndex(wheels);
      await provision({ ...options, environment: only(server) });
    }
    const path = `${cacheDirectory}/${complete[0]}`;
    const whole = await Deno.readFile(path);
    await Deno.truncate(path, 100);
    await using server = serveIndex(wheels);
    await provision({ ...options, environment: only(server) });
    deepStrictEqual(await Deno.readFile(path), whole);
    deepStrictEqual(server.requests.map(({ url }) => new URL(url).pathname), [
      "/simple/tensorflow-cpu/",
      "/files/tensorflow_cpu-1.0-py3-none-any.whl",
    ]);
  }));

Deno.test("provision() prefers the GPU variant where that has been set up", () =>
  withFolder(async (cacheDirectory) => {
    await using server = serveIndex([wheel]);
    const manifest = {
      version: "1.0",
      platforms: {
        ...manifestOf([wheel], "cpu").platforms,
        ...manifestOf([wheel], "gpu").platforms,
      },
    };
    const options = { cacheDirectory, environment: only(server), manifest };
    ok((await provision(options)).directory.endsWith("-cpu"));
    ok(
      (await provision({ ...options, variant: "gpu" })).directory.endsWith(
        "-gpu",
      ),
    );
    ok((await provision(options)).directory.endsWith("-gpu"));
    ok(
      (await provision({ ...options, variant: "cpu" })).directory.endsWith(
        "-cpu",
      ),
    );
  }));

Deno.test("provision() keeps what has come when it is aborted, and goes on from there", () =>
  withFolder(async (cacheDirectory) => {
    const options = { cacheDirectory, manifest };
    const controller = new AbortController();
    {
      await using server = serveIndex([wheel], { stallAfter: 100_000 });
      await rejects(
        provision({
          ...options,
          environment: only(server),
          signal: controller.signal,
          onProgress: (done) => done >= 100_000 && controller.abort(),
        }),
        { name: "AbortError" },
      );
    }
    await using server = serveIndex([wheel]);
    await provision({ ...options, environment: only(server) });
    strictEqual(server.requests[1]?.headers.get("range"), "bytes=100000-");
    deepStrictEqual(await listFiles(cacheDirectory), complete);
  }));

Deno.test("provision() says in one line that there is no network", () =>
  withFolder(async (cacheDirectory) => {
    const server = serveIndex([]);
    await server[Symbol.asyncDispose]();
    await rejects(
      provision({ cacheDirectory, environment: only(server), manifest }),
      isProvisionError(
        /^libtensorflow could not be fetched: http:\/\/\S+\/simple\/tensorflow-cpu\/ cannot be read: .*[Rr]efused.*; there is no pip; connect to a network and run `deno task setup`, or set SLOPE_LIBTENSORFLOW to one you have$/,
      ),
    );
  }));

Deno.test("provision() refuses a wheel with another hash", async () => {
  const altered = { ...wheel, archive: wheel.archive.toReversed() };
  for (const hashes of [true, false]) {
    await withFolder(async (cacheDirectory) => {
      await using server = serveIndex([altered], { hashes });
      await rejects(
        provision({ cacheDirectory, environment: only(server), manifest }),
        isProvisionError(/ has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; /),
      );
      deepStrictEqual(await listFiles(cacheDirectory), []);
    });
  }
});

Deno.test("provision() refuses an index that lists another hash, before the download", () =>
  withFolder(async (cacheDirectory) => {
    const other = { ...wheel.wheel, sha256: "0".repeat(64) };
    await using server = serveIndex([{ ...wheel, wheel: other }]);
    await rejects(
      provision({ cacheDirectory, environment: only(server), manifest }),
      isProvisionError(
        / lists SHA-256 0{64} for tensorflow_cpu-1.0-py3-none-any.whl, expected /,
      ),
    );
    strictEqual(server.requests.length, 1);
  }));

Deno.test("provision() refuses a truncated wheel, and one without the library", async () => {
  const cut = wheel.archive.slice(0, 100_000);
  const files = [{ path: "tensorflow/x", bytes: 1 }];
  const bad: [FakeWheel, RegExp][] = [
    [
      { archive: cut, wheel: { ...wheel.wheel, ...await pinOf(cut) } },
      /not a sound zip archive/,
    ],
    [
      { ...wheel, wheel: { ...wheel.wheel, files } },
      /^tensorflow_cpu-1.0-py3-none-any.whl has no tensorflow\/x of 1 bytes$/,
    ],
  ];
  for (const [wheel, message] of bad) {
    await withFolder(async (cacheDirectory) => {
      await using server = serveIndex([wheel]);
      const options = {
        cacheDirectory,
        environment: only(server),
        manifest: manifestOf([wheel]),
      };
      await rejects(provision(options), isProvisionError(message));
      strictEqual(await findProvisioned(options), undefined);
    });
  }
});

Deno.test("provision() names the folder that it may not write in", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const environment = environmentOf({});
    await rejects(
      provision({ cacheDirectory: `${folder}/file`, environment, manifest }),
      isProvisionError(
        /^libtensorflow cannot be kept in \/.*\/file\/libtensorflow: .*; set SLOPE_CACHE to a folder you may write in$/,
      ),
    );
  }));

Deno.test("provision() says that there is none for this machine", () =>
  rejects(
    provision({
      environment: environmentOf({}),
      manifest: { version: "1.0", platforms: {} },
    }),
    isProvisionError(
      new RegExp(`^There is no libtensorflow for ${machine}-cpu, only for `),
    ),
  ));

Deno.test("provision() cleans up what other versions have left", () =>
  withFolder(async (cacheDirectory) => {
    const parent = `${cacheDirectory}/libtensorflow`;
    await Deno.mkdir(`${parent}/.staging-0.9-${machine}-cpu`, {
      recursive: true,
    });
    await Deno.mkdir(`${parent}/0.9-${machine}-cpu`);
    await using server = serveIndex([wheel]);
    await provision({ cacheDirectory, environment: only(server), manifest });
    const names = (await Array.fromAsync(Deno.readDir(parent))).map((
      { name },
    ) => name);
    deepStrictEqual(names.sort(), [`0.9-${machine}-cpu`, `1.0-${machine}-cpu`]);
  }));

Deno.test("removeProvisioned() leaves nothing", () =>
  withFolder(async (cacheDirectory) => {
    await using server = serveIndex([wheel]);
    const options = { cacheDirectory, environment: only(server), manifest };
    await provision(options);
    strictEqual(
      await removeProvisioned(options),
      `${cacheDirectory}/libtensorflow`,
    );
    deepStrictEqual(await Array.fromAsync(Deno.readDir(cacheDirectory)), []);
    strictEqual(await removeProvisioned(options), undefined);
  }));

async function pinOf(archive: Uint8Array<ArrayBuffer>) {
  const digest = await crypto.subtle.digest("SHA-256", archive);
  return { bytes: archive.length, sha256: new Uint8Array(digest).toHex() };
}

function isProvisionError(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    ok(error instanceof ProvisionError, String(error));
    ok(message.test(error.message), error.message);
    ok(!error.message.includes("\n"));
    return true;
  };
}
