/**
 * `deno task notebooks`: executes notebooks in the real kernel.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../files/write_whole.ts";
import { checkNotebook } from "../ipynb/check_notebook.ts";
import type { Cell } from "../ipynb/cell.ts";
import { executeNotebook } from "../ipynb/execute_notebook.ts";
import { formatNotebook, parseNotebook } from "../ipynb/notebook_file.ts";
import { notebookPage } from "../ipynb/notebook_page.ts";
import { parseSetting, withSettings } from "../ipynb/parameters.ts";
import { parsePercentFormat } from "../ipynb/percent_format.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Command, ExitCode, runCommand, UsageError } from "./command.ts";
import { createProgress } from "../terminal/progress.ts";

const help = `
Usage: deno task notebooks [NAME…] [--check | --set KEY=VALUE… | --html] [--out DIR]

Runs notebooks in Slope's kernel, all of them or those named, and writes each as
NAME.ipynb, with outputs, beside its source NAME.ts. It fails if a cell fails, or
shows nothing although it ends in an expression (or is tagged "output").

Options:
  --check           run nothing; compare each NAME.ipynb with its source
  --set KEY=VALUE   another value for a name in the cell tagged "parameters"; as
                    JSON if it is JSON, else as text; may be given several times
  --html            also write NAME.html, with live plots, for use without network
  --out DIR         where to write (default: the notebooks' folder; for pages and
                    with --set: reports/notebooks)
  --help            print this

Exit code: 0 done, 1 failed or (--check) out of date, 2 bad usage, 130 interrupted.
`;

const options = {
  boolean: ["check", "html"],
  string: ["set", "out", "_"],
  collect: ["set"],
} as const;

/** The folder of the notebooks. */
const FOLDER = fileURLToPath(new URL("../../notebooks", import.meta.url));

/** Where what is not to be kept is written. */
const REPORTS = join("reports", "notebooks");

/** A notebook's source. */
interface Source {
  name: string;
  folder: string;
  cells: Cell[];
}

/** The command `notebooks`, for a folder of notebooks. */
export function notebooksCommand(folder: string): Command<typeof options> {
  return {
    name: "notebooks",
    help,
    options,
    operands: Infinity,
    async run({ _: names, check, html, set, out }, signal) {
      if (check && (html || set.length > 0 || out !== undefined)) {
        throw new UsageError("--check takes names only");
      }
      const settings = usable(() => Object.fromEntries(set.map(parseSetting)));
      const sources: Source[] = [];
      for (const name of await chosen(folder, names.map(String))) {
        sources.push(await readSource(folder, name, settings));
      }
      if (check) return await checkAll(sources);
      const isChanged = set.length > 0;
      for (const source of sources) {
        await execute(source, {
          notebook: out ?? (isChanged ? REPORTS : folder),
          page: html ? out ?? REPORTS : undefined,
        }, signal);
      }
    },
  };
}

/** The names of the notebooks that are meant; all of them if none is named. */
async function chosen(folder: string, names: string[]): Promise<string[]> {
  const all = (await Array.fromAsync(Deno.readDir(folder)))
    .flatMap(({ name }) => /^(\w+)\.ts$/.exec(name)?.[1] ?? []).sort();
  for (const name of names) {
    if (all.includes(name)) continue;
    throw new UsageError(
      `${name} is not a notebook${
        didYouMean(name, all) || `; there are ${all.join(", ")}`
      }`,
    );
  }
  return names.length > 0 ? [...new Set(names)] : all;
}

async function readSource(
  folder: string,
  name: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Source> {
  const path = join(folder, `${name}.ts`);
  const text = await Deno.readTextFile(path);
  const cells = usable(
    () => withSettings(parsePercentFormat(text), settings),
    `${path}: `,
  );
  return { name, folder, cells };
}

/** Runs a notebook, and writes it once it has run to its end. */
async function execute(
  { name, folder, cells }: Source,
  to: { notebook: string; page: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress();
  try {
    const executed = await executeNotebook(cells, {
      folder,
      signal,
      onProgress: (done, total) => progress.update(done, total, name),
    });
    const files = [
      await write(
        join(to.notebook, `${name}.ipynb`),
        formatNotebook(executed),
      ),
    ];
    if (to.page !== undefined) {
      files.push(
        await write(
          join(to.page, `${name}.html`),
          await notebookPage(executed, { name }),
        ),
      );
    }
    progress.finish(`${name}: ${files.join(", ")}`);
  } catch (error) {
    progress.finish();
    throw signal.aborted || !(error instanceof Error)
      ? error
      : new Error(`${name}, ${error.message}`, { cause: error });
  }
}

async function write(path: string, text: string): Promise<string> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeWhole(path, text);
  return path;
}

/** Compares notebooks with their sources; tells of each that is out of date. */
async function checkAll(sources: readonly Source[]): Promise<number> {
  let code: number = ExitCode.done;
  for (const { name, folder, cells } of sources) {
    const path = join(folder, `${name}.ipynb`);
    const text = await Deno.readTextFile(path).catch(() => undefined);
    const fault = text === undefined
      ? "it has not been run"
      : checkNotebook(cells, parseNotebook(text));
    console.log(`${name}: ${fault ?? "up to date"}`);
    if (fault !== undefined) code = ExitCode.failed;
  }
  return code;
}

/** What is refused is bad usage. */
function usable<T>(read: () => T, prefix = ""): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${prefix}${(error as Error).message}`);
  }
}

if (import.meta.main) await runCommand(notebooksCommand(FOLDER));
