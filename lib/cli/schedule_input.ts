/**
 * Schedules from the command line: JSON in an argument, or in a file.
 *
 * @module
 */
import { parseSchedule, type Units } from "../schedules/mod.ts";
import { UsageError } from "./command.ts";
import { type NamedSchedule, nameOf } from "./schedule_figure.ts";

/** The largest file that is read, in bytes. */
const LARGEST_FILE = 2 ** 20;

/** The text of a file that holds a spec. */
async function readSpecFile(path: string): Promise<string> {
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw new UsageError(`${path} must be a file with a spec`);
    if (size > LARGEST_FILE) {
      throw new UsageError(
        `${path} must have at most ${LARGEST_FILE} bytes, got ${size}`,
      );
    }
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file; a spec in JSON begins with {"
      : error instanceof Error
      ? error.message
      : String(error);
    throw new UsageError(`${path}: ${reason}`);
  }
}

/**
 * The schedule of an argument.
 *
 * @param argument A spec as JSON, or the path of a file that holds one.
 * @param units What epochs and fractions of the budget are converted by.
 * @throws {UsageError} If there is no file, or no spec in it.
 */
export async function readScheduleArgument(
  argument: string,
  units: Units,
): Promise<NamedSchedule> {
  const isInline = argument.trimStart().startsWith("{");
  const text = isInline ? argument : await readSpecFile(argument);
  const place = isInline ? "the spec" : argument;
  try {
    const spec = JSON.parse(text);
    const schedule = parseSchedule(spec, "", units);
    return { name: nameOf(spec), schedule };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${place}: ${reason}`);
  }
}
