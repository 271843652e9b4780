import { join } from "node:path";
import { originalPosition, type Position } from "./source_map.ts";

/** What compiling a cell once more tells about it. */
export interface CompiledCell {
  /** What is wrong with it, if it cannot be parsed, with the place marked. */
  syntaxError?: string;
  /** The line of the cell that a place of the code that ran comes from. */
  lineOf(place: Position): number | undefined;
}

/** What Deno's kernel puts before a cell's compiled code. */
const PREFIX = "'use strict'; void 0;";

/**
 * Compiles a cell as Deno's kernel does, with a source map, which that throws away.
 *
 * @param code The cell.
 * @param folder Where to put it meanwhile.
 * @returns What is known; nothing where `deno transpile` does not exist.
 */
export async function compileCell(
  code: string,
  folder: string,
): Promise<CompiledCell> {
  // The kernel, too, takes a cell for TSX first.
  const first = await transpile(code, join(folder, "cell.tsx"));
  const { output, error } = first.output === undefined
    ? await transpile(code, join(folder, "cell.ts"))
    : first;
  const mappings = mappingsOf(output);
  return {
    ...(output === undefined && { syntaxError: error ?? first.error ?? "" }),
    lineOf({ line, column }) {
      const shift = line === 1 ? PREFIX.length : 0;
      return mappings === undefined ? undefined : originalPosition(mappings, {
        line,
        column: column - shift,
      })?.line;
    },
  };
}

async function transpile(
  code: string,
  path: string,
): Promise<{ output?: string; error?: string }> {
  await Deno.writeTextFile(path, `${code}\n${usesOfImports(code)}`);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["transpile", "--no-config", "--source-map", "inline", path],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return success ? { output: text(stdout) } : { error: syntaxError(stderr) };
}

/** The message, without the place in a file that nobody knows. */
function syntaxError(stderr: Uint8Array): string {
  const text = new TextDecoder().decode(stderr);
  const [, message = ""] = /^error: (?:SyntaxError: )?([^]*)/m.exec(text) ?? [];
  return message.split(/\n\s+at file:|\n\nStack backtrace/)[0]!.trimEnd();
}

/**
 * A statement that uses what is imported: an import that nothing uses would not be
 * compiled, and lines would shift, but the kernel keeps it.
 */
function usesOfImports(code: string): string {
  const clauses = code.matchAll(
    /\bimport\s+(?!type\b)([\w$\s{},*]+?)\s+from\b/g,
  );
  const names = [...clauses].flatMap(([, clause]) =>
    clause!.split(/[{},]/).map((part) => part.trim())
      .filter((part) => part !== "" && !/^type\s+\w+/.test(part))
      .map((part) => part.replace(/^.*\bas\s+/s, ""))
  );
  return `void [${names.join(", ")}];`;
}

function mappingsOf(output: string | undefined): string | undefined {
  const [, data] =
    /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/
      .exec(output ?? "") ?? [];
  try {
    return data === undefined ? undefined : JSON.parse(atob(data)).mappings;
  } catch {
    return undefined;
  }
}
