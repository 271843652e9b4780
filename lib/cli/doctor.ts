/**
 * `deno task doctor`: prints what was found on this machine.
 *
 * @module
 */
import { examine, type Finding } from "../doctor/mod.ts";
import { ExitCode, runCommand } from "./command.ts";

const help = `
Usage: deno task doctor [--json]

Prints what Slope finds on this machine: versions, processor and memory,
libtensorflow, the backends and how fast each multiplies matrices, data sets,
Jupyter's kernel; and what to do about what is missing. Fetches nothing.

Options:
  --json     print the findings as JSON: { "findings": [{ "name", "status":
             "ok" | "missing" | "broken", "detail", "advice", "values" }] }
  --help     print this

Exit code: 0 done, 1 something that is there does not work, 2 bad usage.
`;

/** A finding in one line, and its advice in another. */
function show({ name, status, detail, advice }: Finding): string {
  const line = `${status.padEnd(8)} ${name.padEnd(26)} ${detail}`;
  return advice === undefined ? line : `${line}\n${" ".repeat(9)}→ ${advice}`;
}

await runCommand({
  name: "doctor",
  help,
  options: { boolean: ["json"] },
  async run({ json }, signal) {
    const findings: Finding[] = [];
    for await (const finding of examine({ signal })) {
      findings.push(finding);
      if (!json) console.log(show(finding));
    }
    if (json) console.log(JSON.stringify({ findings }, null, 2));
    const broken = findings.some(({ status }) => status === "broken");
    return broken ? ExitCode.failed : ExitCode.done;
  },
});
