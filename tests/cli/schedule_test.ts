import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { scheduleCommand } from "../../lib/cli/schedule.ts";
import { nameOf } from "../../lib/cli/schedule_figure.ts";
import { galleryPage, gallerySvg } from "../../lib/cli/schedule_gallery.ts";
import { listKinds } from "../../lib/cli/schedule_list.ts";
import * as kinds from "../../lib/schedules/kinds.ts";
import { parseSchedule, scheduleJsonSchema } from "../../lib/schedules/mod.ts";
import { captureConsole } from "../support/capture_console.ts";
import { withFolder } from "../support/with_folder.ts";

/** The exit code of the command, and what it printed. */
async function call(
  ...args: string[]
): Promise<{ code: number; out: string; error: string }> {
  let code = -1;
  const printed = await captureConsole(async () => {
    code = await exitCodeOf(scheduleCommand, args);
  });
  return { code, ...printed };
}

const LINE = '{ "kind": "linear", "from": 1, "steps": 4 }';

Deno.test("schedule values prints what a training of its length uses", async () => {
  deepStrictEqual(await call("values", LINE, "--csv"), {
    code: 0,
    out: "step,value\n0,1\n1,0.75\n2,0.5\n3,0.25\n",
    error: "",
  });
  const json = await call("values", LINE, "--steps", "6", "--json");
  deepStrictEqual(JSON.parse(json.out), [1, 0.75, 0.5, 0.25, 0, 0]);
  const text = await call("values", LINE, "--steps=2");
  strictEqual(text.out, "0  1\n1  0.75\n");
});

Deno.test("schedule values converts epochs and fractions of the budget", async () => {
  const spec = JSON.stringify({
    kind: "warmUp",
    steps: { epochs: 0.5 },
    inner: { kind: "linear", from: 1, steps: { fraction: 0.25 } },
  });
  const units = ["--steps-per-epoch", "4", "--budget", "8"];
  const { out } = await call("values", spec, "--json", ...units);
  deepStrictEqual(JSON.parse(out), [0, 0.5, 1, 0.5]);
  const { code, error } = await call("values", spec);
  strictEqual(code, 2);
  match(
    error,
    /^schedule: the spec: \S+ must be in steps here: \S+ is not known\n$/,
  );
});

Deno.test("schedule plot makes the folder of its file, and refuses one that cannot be written to", () =>
  withFolder(async (folder) => {
    const path = `${folder}/new/plot.svg`;
    strictEqual((await call("plot", LINE, "--out", path)).code, 0);
    const { code, error } = await call("plot", LINE, "--out", `${path}/x.svg`);
    strictEqual(code, 2);
    match(error, /^schedule: --out \S+plot\.svg cannot be written to: .*\n$/);
  }));

Deno.test("schedule reads specs from files, and names the file in errors", () =>
  withFolder(async (folder) => {
    const path = `${folder}/spec.json`;
    await Deno.writeTextFile(path, LINE);
    strictEqual((await call("values", path, "--csv")).code, 0);
    await Deno.writeTextFile(path, '{ "kind": "linaer" }');
    deepStrictEqual(await call("values", path), {
      code: 2,
      out: "",
      error: `schedule: ${path}: kind must be the name of a schedule, ` +
        'got "linaer"; did you mean "linear"?\n',
    });
    await Deno.writeTextFile(path, " ".repeat(2 ** 20 + 1));
    match((await call("values", path)).error, /at most 1048576 bytes/);
    match((await call("values", folder)).error, /must be a file with a spec/);
  }));

Deno.test("schedule plot writes SVG, PNG, HTML and plotly JSON", () =>
  withFolder(async (folder) => {
    const starts: Record<string, RegExp> = {
      "svg": /^<svg /,
      "png": /^.PNG/,
      "html": /^<!DOCTYPE html>[^]*<svg /,
      "json": /^\{"data":/,
    };
    for (const [ending, start] of Object.entries(starts)) {
      const path = `${folder}/plot.${ending}`;
      const { code, out } = await call("plot", LINE, LINE, "--out", path);
      deepStrictEqual([code, out], [0, `${path}\n`]);
      const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
      ok(start.test(text), ending);
    }
    const endless = '{ "kind": "step", "from": 1, "factor": 0.5, "every": 2 }';
    const path = `${folder}/endless.json`;
    strictEqual(
      (await call("plot", endless, "--steps", "4", "--out", path)).code,
      0,
    );
    const { data } = JSON.parse(await Deno.readTextFile(path));
    deepStrictEqual(data[0].x, [0, 1, 2, 3, 4]);
    deepStrictEqual(data[0].y, [1, 1, 0.5, 0.5, 0.25]);
    match(
      (await call("plot", endless, "--out", path)).error,
      /this schedule never ends: say how far with --steps/,
    );
    const { error } = await call("plot", LINE, "--out", `${folder}/plot.gif`);
    match(error, /--out must end in \.svg, \.png, \.html, \.json, got /);
  }));

Deno.test("schedule refuses wrong usage in one line, with code 2", async () => {
  const wrong: Array<[args: string[], message: RegExp]> = [
    [[], /must be list, plot, values, gallery, got nothing/],
    [["vlaues"], /got vlaues; did you mean "values"\?/],
    [["plot"], /plot needs a SPEC/],
    [["list", LINE], /is not expected here/],
    [["values", LINE, LINE], /is not expected here/],
    [["values", "{"], /the spec: .*JSON/],
    [["values", "nowhere.json"], /there is no such file/],
    [["values", LINE, "--steps", "0"], /--steps must be a number > 0/],
    [["values", LINE, "--steps", "1.5"], /--steps must be an integer/],
    [["values", LINE, "--steps", "1e9"], /≤ 10000000, got 1e9/],
    [["values", LINE, "--budget", "x"], /--budget must be a number > 0/],
    [["values", LINE, "--cvs"], /did you mean --csv\?/],
  ];
  for (const [args, message] of wrong) {
    const { code, out, error } = await call(...args);
    deepStrictEqual([code, out, error.split("\n").length], [2, "", 2]);
    match(error, message);
  }
});

Deno.test("schedule list --json has every kind with options, units, defaults and formula", async () => {
  const listed = JSON.parse((await call("list", "--json")).out);
  deepStrictEqual(
    listed.map(({ kind }: { kind: string }) => kind),
    Object.keys(kinds),
  );
  const cosine = listed.find(({ kind }: { kind: string }) => kind === "cosine");
  deepStrictEqual(cosine.options.steps, {
    description: "the length T",
    unit: "steps",
    required: true,
    schema: {
      anyOf: [
        { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
        { $ref: "#/$defs/duration" },
      ],
    },
  });
  strictEqual(cosine.options.to.default, 0);
  match(cosine.formula, /^η\(t\) = /);
  const text = (await call("list")).out;
  for (const kind of Object.keys(kinds)) ok(text.includes(`${kind}: `), kind);
});

Deno.test("schedule list --schema prints the JSON Schema of specs", async () => {
  const { out } = await call("list", "--schema");
  deepStrictEqual(JSON.parse(out), scheduleJsonSchema());
});

Deno.test("schedule list has an example of every kind that ends", () => {
  for (const { kind, example } of listKinds()) {
    strictEqual(example.kind, kind);
    ok(parseSchedule(example).steps, kind);
  }
});

Deno.test("nameOf() tells kind and options, cut where they are long", () => {
  strictEqual(nameOf(JSON.parse(LINE)), "linear(from 1, steps 4)");
  const inner = { kind: "kDecay", k: [1, 2], inner: JSON.parse(LINE) };
  strictEqual(nameOf(inner), "kDecay(k [1, 2], inner linear(from 1, steps 4))");
  strictEqual(nameOf({ kind: "scale", factor: 2, inner }).length, 60);
});

Deno.test("docs/schedules.md and its curves are what the schedules say", async () => {
  const read = (name: string) =>
    Deno.readTextFile(new URL(`../../docs/${name}`, import.meta.url));
  const advice = "run: deno task schedule gallery";
  strictEqual(await read("schedules.md"), await galleryPage(), advice);
  for (const listed of listKinds()) {
    const svg = await read(`schedules/${listed.kind}.svg`);
    ok(svg === await gallerySvg(listed), `${listed.kind}.svg: ${advice}`);
  }
});
