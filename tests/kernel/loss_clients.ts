/** Counts of lost outputs with other clients than nbclient. */
import { join } from "node:path";
import {
  type Collected,
  Driver,
  type Output,
  type Place,
  python,
} from "./jupyter.ts";
import { countShort, lossCases } from "./loss_cases.ts";

/** The cells of the notebooks here: some of each kind. */
function mixed(count: number) {
  const kinds = lossCases.filter(({ name }) => !name.startsWith("24"));
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 6 ? kinds[index % 2]! : kinds[2 + (index / 6) % 5]!;
    return kind.cell(index);
  });
}

/**
 * Cells that fall short at either of two clients that read the same kernel.
 *
 * @param kernel The kernel's name.
 * @param count The cells.
 */
export async function countWithTwoClients(
  place: Place,
  kernel: string,
  count: number,
): Promise<number> {
  await using driver = await Driver.start(place, kernel);
  await driver.do("start");
  await driver.do("client");
  await driver.run("0");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const cells = mixed(count);
  let short = 0;
  let hung = 0;
  for (const { source, shows } of cells) {
    // A kernel that no longer answers: the rest is lost as well.
    if (hung > 4) {
      short++;
      continue;
    }
    const id = await driver.send(source);
    const seen = [];
    for (const client of [0, 1]) {
      const { ended, outputs } = await driver.do<Collected>("collect", {
        id,
        client,
        timeout: 4,
      });
      if (!ended) hung++;
      seen.push(outputs);
    }
    const compareErrors = kernel === "slope";
    if (countShort([shows, shows], seen, { compareErrors }) > 0) short++;
  }
  await driver.do("shutdown", { now: true });
  return short;
}

/**
 * Cells that fall short in a notebook that the nbconvert command executed.
 *
 * @param kernel The kernel's name.
 * @param count The cells.
 */
export async function countWithNbconvert(
  place: Place,
  kernel: string,
  count: number,
): Promise<number> {
  const cells = mixed(count);
  const path = join(place.notebooks, `${kernel}.ipynb`);
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: kernel, display_name: kernel } },
      cells: cells.map(({ source }, index) => ({
        cell_type: "code",
        id: `c${index}`,
        source,
        metadata: {},
        outputs: [],
        execution_count: null,
      })),
    }),
  );
  const { success } = await new Deno.Command(await python(), {
    args: [
      "-m",
      "nbconvert",
      "--to=notebook",
      "--execute",
      "--inplace",
      "--allow-errors",
      "--ExecutePreprocessor.timeout=20",
      path,
    ],
    env: place.env,
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) return count;
  const notebook = JSON.parse(await Deno.readTextFile(path)) as {
    cells: { outputs: Record<string, unknown>[] }[];
  };
  return countShort(
    cells.map(({ shows }) => shows),
    notebook.cells.map(({ outputs }) => outputs.map(textOf)),
    { compareErrors: kernel === "slope" },
  );
}

/** An output of a notebook file as execute.py tells it. */
function textOf(output: Record<string, unknown>): Output {
  const type = String(output.output_type);
  const lines = output.text ?? output.traceback ??
    Object.values(output.data as Record<string, unknown>)[0];
  const text = Array.isArray(lines)
    ? lines.join(type === "error" ? "\n" : "")
    : String(lines);
  return [type, text.length > 100_000 ? text.length : text];
}
