import { Ajv2020 } from "ajv/dist/2020.js";
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { flatness } from "../../lib/cli/flatness.ts";
import { options, optionsOf } from "../../lib/cli/flatness_arguments.ts";
import { parseArgs } from "../../lib/cli/parse_args.ts";
import { flatnessJsonSchema } from "../../lib/flatness/json_schema.ts";
import type { FlatnessReport } from "../../lib/flatness/report.ts";
import { metricNames } from "../../lib/flatness/measurement.ts";
import { encodeZip } from "../../lib/zip/mod.ts";
import {
  normals,
  points,
  rectifier,
  writeTable,
  writeWeights,
} from "../flatness/files.ts";
import { fixtureBytes } from "../saved_models/keras/fixtures.ts";
import { captureConsole } from "../support/capture_console.ts";
import { npy } from "../support/npy.ts";
import { withFolder } from "../support/with_folder.ts";

async function run(...args: string[]) {
  let code = -1;
  const { out, error } = await captureConsole(async () => {
    code = await exitCodeOf(flatness, args);
  });
  return { code, out, error };
}

/** A Keras 3 model of 6×6 images and some images. */
async function kerasFiles(folder: string) {
  const model = join(folder, "plain.keras");
  await Deno.writeFile(model, await fixtureBytes("sequential_keras3.keras"));
  const data = join(folder, "images.npz");
  const count = 60;
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from(normals(36 * count, 9));
  const x = npy("<f4", [count, 6, 6, 1], inputs);
  const y = npy("<i4", [count], labels);
  await Deno.writeFile(data, encodeZip({ "x.npy": x, "y.npy": y }));
  return { model, data };
}

Deno.test("a Keras file, quickly: JSON, pages and the schema", async () => {
  await withFolder(async (folder) => {
    const { model, data } = await kerasFiles(folder);
    const out = join(folder, "report");
    const { code, out: printed, error } = await run(
      model,
      "--data",
      data,
      "--quick",
      "--json",
      "--out",
      out,
    );
    strictEqual(code, 0, error);
    const report: FlatnessReport = JSON.parse(printed);
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true })
      .compile(flatnessJsonSchema());
    ok(validate(JSON.parse(printed)), JSON.stringify(validate.errors));
    strictEqual(report.settings.loss, "sparseCategoricalCrossentropy");
    strictEqual(report.data.examples, 60);
    ok(report.selfChecks.weightsRestored);
    deepStrictEqual(report.rescaling!.unexpected, []);
    const stored = await Deno.readTextFile(join(out, "report.json"));
    deepStrictEqual(JSON.parse(stored), report);
    match(
      await Deno.readTextFile(join(out, "index.html")),
      /Before you conclude/,
    );
  });
});

Deno.test("a number above its bound: exit code 3", async () => {
  await withFolder(async (folder) => {
    const model = await writeWeights(
      folder,
      "a.safetensors",
      rectifier.weights(),
    );
    const data = await writeTable(folder, "points.csv", points(30));
    const args = [
      model,
      "--data",
      data,
      "--architecture",
      JSON.stringify(rectifier.architecture),
      "--quick",
      "--metrics",
      "loss",
    ];
    const fine = await run(...args, "--max", "loss=100");
    strictEqual(fine.code, 0, fine.error);
    match(fine.out, /loss L\(w\) .* the function alone/);
    const over = await run(
      ...args,
      "--max",
      "loss=100",
      "--max",
      "weightNorm=0.01",
    );
    strictEqual(over.code, 3);
    match(over.error, /flatness: weightNorm is [\d.]+, more than 0\.01\n$/);
  });
});

Deno.test("what has a bound is measured, whether or not it usually is", () => {
  const metricsOf = (...args: string[]) =>
    optionsOf(parseArgs(["m.keras", "--data", "d.npz", ...args], options))
      .metrics!;
  const bound = ["--max", "keskarSharpness=5"];
  ok(!metricsOf().includes("keskarSharpness"));
  ok(metricsOf(...bound).includes("keskarSharpness"));
  strictEqual(metricsOf(...bound).length, metricsOf().length + 1);
  deepStrictEqual(metricsOf("--metrics", "loss", ...bound), [
    "loss",
    "keskarSharpness",
  ]);
  deepStrictEqual(metricsOf("--max", "loss=1"), metricsOf());
});

Deno.test("bad usage and bad files: one line, exit code 2", async () => {
  await withFolder(async (folder) => {
    const { model, data } = await kerasFiles(folder);
    const table = await writeTable(folder, "points.csv", points(9));
    const damaged = join(folder, "damaged.keras");
    await Deno.writeFile(damaged, (await Deno.readFile(model)).slice(0, 900));
    const cases: [string[], RegExp][] = [
      [[], /name the model/],
      [[model], /name the data/],
      [[model, "--data", join(folder, "no.npz")], /no\.npz: is missing/],
      [[join(folder, "no.keras"), "--data", data], /no\.keras: is missing/],
      [[damaged, "--data", data], /damaged\.keras/],
      [
        [model, "--data", table],
        /plain\.keras: the model takes examples of shape \[6,6,1\], the data have \[2\]/,
      ],
      [
        [model, "--data", data, "--max", "hesianTrace=1"],
        /did you mean hessianTrace|hessianTrace/,
      ],
      [[model, "--data", data, "--max", "loss"], /must be METRIC=VALUE/],
      [[model, "--data", data, "--max", "loss=x"], /--max must be a number/],
      [[model, "--data", data, "--quick", "--thorough"], /exclude each other/],
      [[model, "--data", data, "--out", model], /cannot be written to/],
      [[model, "--data", data, "--loss", "hinge"], /loss must be/],
      [[model, "--data", data, "--subset", "0"], /examples must be/],
      [[model, "--data", data, "--split", "test"], /no examples to test on/],
      [
        [model, "--data", data, "--mean", "1,2"],
        /mean must be 1 numbers, one a channel, got 2/,
      ],
      [[model, "--data", data, "--architecture", "["], /must be a JSON object/],
    ];
    for (const [args, message] of cases) {
      const { code, error } = await run(...args, "--backend", "cpu");
      strictEqual(code, 2, `${args}: ${error}`);
      match(error, message);
      strictEqual(error.trim().split("\n").length, 1, error);
    }
  });
});

Deno.test("Ctrl-C: exit code 130", async () => {
  await withFolder(async (folder) => {
    const { model, data } = await kerasFiles(folder);
    const { error } = await captureConsole(async () => {
      const args = [model, "--data", data, "--backend", "cpu"];
      const code = await exitCodeOf(flatness, args, AbortSignal.abort());
      strictEqual(code, 130);
    });
    ok(!error.includes("goes on"), error); // nothing was kept
  });
});

Deno.test("the schema and the names of measures are printed", async () => {
  const schema = await run("--schema");
  strictEqual(schema.code, 0);
  deepStrictEqual(JSON.parse(schema.out), flatnessJsonSchema());
  const published = new URL(
    "../../docs/flatness.schema.json",
    import.meta.url,
  );
  deepStrictEqual(
    JSON.parse(await Deno.readTextFile(published)),
    flatnessJsonSchema(),
    "docs/flatness.schema.json: write it anew with --schema",
  );
  const names = await run("--list-metrics");
  deepStrictEqual(names.out.trim().split("\n"), [...metricNames]);
});

Deno.test("the page tells of every measure and option", async () => {
  const page = await Deno.readTextFile(
    new URL("../../docs/flatness.md", import.meta.url),
  );
  for (const name of metricNames) ok(page.includes(`\`${name}\``), name);
  for (const name of flatness.options.string ?? []) {
    ok(page.includes(`--${name}`), `--${name}`);
    ok(flatness.help.includes(`--${name}`), `--${name}`);
  }
});
