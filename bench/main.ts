/**
 * Speed against peers and against ourselves, as ratios measured in one run.
 *
 * ```sh
 * deno task bench [--peer torch] [--only NAME…] [--rounds N] [--json]
 * ```
 *
 * Exit code 3 if a target is missed.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import {
  againstBackends,
  againstOurselves,
  pairings,
} from "./against_ourselves.ts";
import { againstTorch } from "./against_torch.ts";
import { didYouMean } from "../lib/text/nearest.ts";
import { probeRows, probesAgainstTorch } from "./probes_against_torch.ts";
import { formatRow, isMet, type Row } from "./report.ts";
import { slopeWorker } from "./slope_worker.ts";
import { workloadNames } from "./workloads.ts";

const USAGE = `deno task bench [options]

  --peer torch   compare with PyTorch on the CPU, too (installs it once)
  --only NAME    only rows whose name contains this; may be repeated
  --rounds N     interleaved rounds, at least 7 (default 9)
  --json         JSON on stdout instead of a table
  --help         this text`;

function usageError(message: string): never {
  console.error(`${message}; see deno task bench --help`);
  Deno.exit(2);
}

const args = parseArgs(Deno.args, {
  string: ["peer", "only", "rounds"],
  boolean: ["json", "help"],
  collect: ["only"],
  default: { rounds: "9" },
  unknown: (arg, name) =>
    usageError(
      `unknown argument ${arg}${
        didYouMean(name ?? "", ["peer", "only", "rounds", "json", "help"])
      }`,
    ),
});
if (args.help) {
  console.log(USAGE);
  Deno.exit(0);
}
const rounds = Number(args.rounds);
if (!Number.isInteger(rounds) || rounds < 7) {
  usageError(`--rounds must be an integer >= 7, got ${args.rounds}`);
}
if (args.peer !== undefined && args.peer !== "torch") {
  usageError(`--peer must be torch, got ${args.peer}`);
}
const only = args.only;
if (only.includes("")) usageError("--only needs a name");
const wanted = (name: string) =>
  only.length === 0 || only.some((part) => name.includes(part));

const BACKENDS = "lenet-32: tensorflow / other backends";
const isAgainstTorch = args.peer === "torch";
const peerNames = isAgainstTorch ? Object.keys(workloadNames) : [];
const peerProbes = isAgainstTorch ? probeRows : [];
const rowNames = [
  ...peerNames.map((name) => `${name} / PyTorch`),
  ...peerProbes.map(({ name }) => name),
  ...pairings.map(({ name, workload }) => `${workload}: ${name}`),
  BACKENDS,
  "memory",
];
if (!rowNames.some(wanted)) {
  usageError(
    `--only ${only.join(", ")} is in no row's name; there are ${
      rowNames.join("; ")
    }`,
  );
}

const rows: Row[] = [];
const report = (line: string) => console.error(line);
async function show(results: AsyncGenerator<Row>): Promise<void> {
  for await (const row of results) {
    rows.push(row);
    if (!args.json) console.log(formatRow(row));
  }
}

const networks = peerNames.filter((name) => wanted(`${name} / PyTorch`));
if (networks.length > 0) await show(againstTorch(networks, rounds, report));
const probes = peerProbes.filter(({ name }) => wanted(name));
if (probes.length > 0) await show(probesAgainstTorch(probes, rounds, report));
const chosen = pairings.filter(({ name, workload }) =>
  wanted(`${workload}: ${name}`)
);
if (chosen.length > 0) await show(againstOurselves(chosen, rounds));
if (wanted(BACKENDS)) await show(againstBackends(rounds));

let memoryMet = true;
let memory: Record<string, number> | undefined;
if (wanted("memory")) {
  const { child } = await slopeWorker("tensorflow");
  const steps = async (count: number) =>
    await child.ask<{ tensors: number; residentBytes: number }>({
      command: "memory",
      workload: "lenet-32",
      steps: count,
    });
  memory = {
    tensors: (await steps(1000)).tensors,
    residentMegabytes: (await steps(5000)).residentBytes / 1e6,
  };
  await child.close();
  memoryMet = memory.tensors === 0 && memory.residentMegabytes! < 50;
  if (!args.json) {
    console.log(
      `memory, lenet-32: ${memory.tensors} tensors more after 1,000 steps, ${
        memory.residentMegabytes!.toFixed(1)
      } MB more after 5,000  ${memoryMet ? "met" : "MISSED"} (0; < 50 MB)`,
    );
  }
}
if (args.json) console.log(JSON.stringify({ rounds, rows, memory }, null, 2));
Deno.exit(memoryMet && rows.every((row) => isMet(row) !== false) ? 0 : 3);
