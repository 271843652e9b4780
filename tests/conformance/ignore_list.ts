/**
 * The specs that TensorFlow.js itself leaves out on its native backend.
 *
 * @module
 */

/**
 * Reads the array `IGNORE_LIST` out of tfjs-node's `dist/run_tests.js`, as text:
 * nothing is executed.
 *
 * @param source The file's text.
 * @returns Parts of spec names, in the file's order.
 * @throws {SyntaxError} If the array is missing, or holds anything but string
 * literals in single quotes and line comments.
 */
export function parseIgnoreList(source: string): string[] {
  const array = /\bIGNORE_LIST = \[\n(.*?)\n\];/s.exec(source)?.[1];
  if (array === undefined) {
    throw new SyntaxError("IGNORE_LIST = [...] was not found");
  }
  const lines = array.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"));
  return lines.map((line) => {
    const literal = /^'([^'\\]*)',?$/.exec(line)?.[1];
    if (literal === undefined) {
      throw new SyntaxError(
        `An entry of IGNORE_LIST must be a string in single quotes, got ${line}`,
      );
    }
    return literal;
  });
}
