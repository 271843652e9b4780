import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { withFolder } from "../support/with_folder.ts";

const program = new URL("../../lib/cli/doctor.ts", import.meta.url).pathname;

Deno.test("doctor --json finds what is there, from any folder, and fetches nothing", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", program, "--json"],
      cwd: folder,
      env: {
        SLOPE_CACHE: `${folder}/cache`,
        SLOPE_DATA: `${folder}/data`,
        SLOPE_LIBTENSORFLOW: "",
      },
    }).output();
    const { findings } = JSON.parse(new TextDecoder().decode(stdout));
    const status = Object.fromEntries(
      findings.map((f: { name: string; status: string }) => [f.name, f.status]),
    );
    deepStrictEqual(
      [
        status.Slope,
        status.Deno,
        status.machine,
        status.tensorflow,
        status.wasm,
        status.cpu,
      ],
      ["ok", "ok", "ok", "missing", "ok", "ok"],
    );
    deepStrictEqual(
      [status["data set drawn-digits"], status["data set mnist"]],
      ["ok", "missing"],
    );
    for (const { name, status, advice } of findings) {
      strictEqual(advice === undefined, status === "ok", name);
    }
    const broken = findings.some((f: { status: string }) =>
      f.status === "broken"
    );
    strictEqual(code, broken ? 1 : 0);
    ok(await Deno.stat(`${folder}/cache`).then(() => false, () => true));
  }));
