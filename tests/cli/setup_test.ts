import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { pinned } from "../../lib/runtime/provision/manifest.ts";
import { machine, serveIndex } from "../support/fake_wheel.ts";
import { withFolder } from "../support/with_folder.ts";

const program = new URL("../../lib/cli/setup.ts", import.meta.url).pathname;

async function setup(args: string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, ...args],
    env: {
      UV_DEFAULT_INDEX: "",
      UV_INDEX_URL: "",
      SLOPE_LIBTENSORFLOW: "",
      CI: "",
      ...env,
    },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

Deno.test("setup --help explains itself", async () => {
  const { code, out, error } = await setup(["--help"], {});
  deepStrictEqual([code, error], [0, ""]);
  for (const word of ["--gpu", "--remove", "--json", "SLOPE_CACHE"]) {
    ok(out.includes(word));
  }
});

Deno.test("setup says in one line what is wrong", () =>
  withFolder(async (cache) => {
    const env = { SLOPE_CACHE: cache, PATH: "" };
    deepStrictEqual(await setup(["--gup"], env), {
      code: 2,
      out: "",
      error: "setup: --gup is not an option; did you mean --gpu?\n",
    });
    deepStrictEqual(await setup(["--remove", "--gpu"], env), {
      code: 2,
      out: "",
      error: "setup: --remove removes all; leave out --gpu\n",
    });
    const server = serveIndex([]);
    await server[Symbol.asyncDispose]();
    const { code, out, error } = await setup(["--json"], {
      ...env,
      PIP_INDEX_URL: server.url,
    });
    deepStrictEqual([code, out], [1, ""]);
    ok(
      /^setup: libtensorflow could not be fetched: [^\n]*\n$/.test(error),
      error,
    );
  }));

Deno.test("setup refuses a library without TensorFlow's functions", () =>
  withFolder(async (folder) => {
    const here = { x86_64: 62, aarch64: 183 }[Deno.build.arch];
    const header = new Uint8Array(64);
    header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    header[18] = here;
    const library = `${folder}/libtensorflow_cc.so.2`;
    await Deno.writeFile(library, header);
    await Deno.writeFile(`${folder}/libtensorflow_framework.so.2`, header);
    const { code, error } = await setup([], { SLOPE_LIBTENSORFLOW: folder });
    strictEqual(code, 1);
    ok(
      error.startsWith(`setup: ${library} is not a usable libtensorflow: `),
      error,
    );
    strictEqual(error.trim().split("\n").length, 1, error);
  }));

Deno.test("setup --remove removes what was fetched, and says where it was", () =>
  withFolder(async (cache) => {
    const env = { SLOPE_CACHE: cache };
    await Deno.mkdir(`${cache}/libtensorflow/2.21.0-linux-x86_64-cpu`, {
      recursive: true,
    });
    const { code, out } = await setup(["--remove"], env);
    deepStrictEqual([code, out], [0, `Removed ${cache}/libtensorflow\n`]);
    deepStrictEqual(await setup(["--remove", "--json"], env), {
      code: 0,
      out: '{"removed":null}\n',
      error: "",
    });
  }));

Deno.test({
  name: "setup ends with code 130 on Ctrl-C and keeps the download",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (cache) => {
      const wheel = pinned.platforms[`${machine}-cpu`]!.wheels[0]!;
      const archive = new Uint8Array(wheel.bytes);
      await using server = serveIndex([{ wheel, archive }], { speed: 1e6 });
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", program],
        env: {
          UV_DEFAULT_INDEX: "",
          UV_INDEX_URL: "",
          SLOPE_LIBTENSORFLOW: "",
          SLOPE_CACHE: cache,
          PIP_INDEX_URL: `${server.url}/simple`,
        },
        stderr: "piped",
      }).spawn();
      const output = new Response(child.stderr).text();
      while (server.sent < 100_000) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      child.kill("SIGINT");
      strictEqual((await child.status).code, 130);
      ok(
        (await output).endsWith(
          "setup: interrupted; the same command goes on\n",
        ),
      );
    }),
});
