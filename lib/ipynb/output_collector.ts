import { type MimeBundle, type Output, plain } from "./output.ts";

/** A message that a kernel publishes while a cell runs. */
export interface Published {
  /** Its kind, such as `display_data`. */
  type: string;
  /** What it says. */
  content: Readonly<Record<string, unknown>>;
}

/** A kept output, and the name by which a later message may replace it. */
interface Kept {
  output: Output;
  displayId: string | undefined;
}

/**
 * Gathers what a cell shows as a notebook keeps it: pieces of one stream in one
 * output, displays as they were updated last, no colour codes.
 *
 * @example
 * ```ts
 * import { OutputCollector } from "./output_collector.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const collector = new OutputCollector();
 * for (const text of ["one ", "two\n"]) {
 *   collector.add({ type: "stream", content: { name: "stdout", text } });
 * }
 * deepStrictEqual(collector.outputs, [
 *   { output_type: "stream", name: "stdout", text: "one two\n" },
 * ]);
 * ```
 */
export class OutputCollector {
  #kept: Kept[] = [];
  #clears = false;

  /** What is shown now. */
  get outputs(): Output[] {
    return this.#kept.map(({ output }) => output);
  }

  /** Takes a message; those that show nothing are passed over. */
  add({ type, content }: Published): void {
    if (type === "clear_output") {
      if (content.wait) this.#clears = true;
      else this.#kept = [];
      return;
    }
    const { display_id: id } = (content.transient ?? {}) as {
      display_id?: string;
    };
    const data = dataOf(content.data);
    if (type === "update_display_data") {
      for (const { output, displayId } of this.#kept) {
        if (id !== undefined && id === displayId && "data" in output) {
          output.data = data;
        }
      }
      return;
    }
    const output = outputOf(type, content, data);
    if (output === undefined) return;
    if (this.#clears) this.#kept = [];
    this.#clears = false;
    const last = this.#kept.at(-1)?.output;
    if (
      output.output_type === "stream" && last?.output_type === "stream" &&
      last.name === output.name
    ) last.text += output.text;
    else this.#kept.push({ output, displayId: id });
  }
}

function outputOf(
  type: string,
  content: Published["content"],
  data: MimeBundle,
): Output | undefined {
  switch (type) {
    case "stream":
      return {
        output_type: type,
        name: content.name === "stderr" ? "stderr" : "stdout",
        text: plain(String(content.text)),
      };
    case "display_data":
    case "execute_result":
      return { output_type: type, data };
    case "error":
      return {
        output_type: type,
        ename: plain(String(content.ename)),
        evalue: plain(String(content.evalue)),
        traceback: [content.traceback].flat().map((line) =>
          plain(String(line))
        ),
      };
  }
  return undefined;
}

/** A bundle whose texts have no colour codes. */
function dataOf(data: unknown): MimeBundle {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([type, value]) => [
      type,
      typeof value === "string" ? plain(value) : value,
    ]),
  );
}
