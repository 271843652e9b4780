import { deepStrictEqual, throws } from "node:assert";
import { parseIgnoreList } from "./ignore_list.ts";

Deno.test("parseIgnoreList reads string literals and skips comments", () => {
  const source = `var IGNORE_LIST = [
    // Always ignore version tests:
    'version version',
    // tslint:disable-next-line:max-line-length
    'maxPool test {} x=[2,2,3] f=[2,2]',
    'last'
];
if (process.platform === 'win32') { IGNORE_LIST.push('tensorboard'); }`;
  deepStrictEqual(parseIgnoreList(source), [
    "version version",
    "maxPool test {} x=[2,2,3] f=[2,2]",
    "last",
  ]);
});

Deno.test("parseIgnoreList refuses anything that is not a string literal", () => {
  throws(() => parseIgnoreList("var OTHER = [\n'a'\n];"), SyntaxError);
  throws(
    () => parseIgnoreList("var IGNORE_LIST = [\n    f('a'),\n];"),
    /single quotes, got f\('a'\)/,
  );
});
