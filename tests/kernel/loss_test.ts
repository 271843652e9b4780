import { deepStrictEqual, ok } from "node:assert";
import { note, reason, withJupyter } from "./jupyter.ts";
import { countLosses } from "./loss_table.ts";

Deno.test({
  name: `no output is lost (short form of loss_table.ts)${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      const rows = await countLosses(place, {
        full: false,
        kernels: ["slope"],
      });
      deepStrictEqual(
        rows.map(({ name, short }) => [name, short]),
        rows.map(({ name }) => [name, 0]),
      );
      // Generous, as tests run beside others.
      for (const { name, ready } of rows) ok(ready < 10, `${name}: ${ready} s`);
    }),
});
