/**
 * What the code of a cell says about itself.
 *
 * @module
 */
import { parse, type Program } from "acorn";

/** The syntax of a cell. */
function syntaxOf(code: string): Program {
  try {
    return parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
    });
  } catch (error) {
    throw new SyntaxError(
      `a cell must be JavaScript, so that a reader can paste it anywhere: ${
        (error as Error).message
      } of\n${code}`,
    );
  }
}

/**
 * Whether a cell ends in an expression, whose value the notebook shows.
 *
 * @throws {SyntaxError} If the cell is not JavaScript.
 *
 * @example
 * ```ts
 * import { endsInExpression } from "./code.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(endsInExpression("const k = 2;\nk + 1; // shown"), true);
 * strictEqual(endsInExpression("const k = 2;"), false);
 * ```
 */
export function endsInExpression(code: string): boolean {
  return syntaxOf(code).body.at(-1)?.type === "ExpressionStatement";
}

/**
 * The constants and variables that a cell declares, in order.
 *
 * @throws {SyntaxError} If the cell is not JavaScript.
 *
 * @example
 * ```ts
 * import { declaredNames } from "./code.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(declaredNames("const k = 2;\nlet epochs = 5;"), ["k", "epochs"]);
 * ```
 */
export function declaredNames(code: string): string[] {
  return syntaxOf(code).body.flatMap((statement) =>
    statement.type === "VariableDeclaration"
      ? statement.declarations.flatMap(({ id }) =>
        id.type === "Identifier" ? [id.name] : []
      )
      : []
  );
}
