import { deepStrictEqual, ok, strictEqual } from "node:assert";

const MOD = new URL("../../lib/schedules/mod.ts", import.meta.url).href;

/** What a deno command prints; it must succeed. */
async function deno(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
  }).output();
  strictEqual(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("lib/schedules loads without a single permission", async () => {
  strictEqual(await deno("run", "--no-prompt", "--no-config", MOD), "");
});

Deno.test("lib/schedules imports nothing but itself, lib/text and lib/random", async () => {
  const { modules } = JSON.parse(await deno("info", "--json", MOD));
  const outside = modules.map(({ specifier }: { specifier: string }) =>
    specifier
  ).filter((specifier: string) =>
    !/\/lib\/(random|schedules|text)\//.test(specifier)
  );
  deepStrictEqual(outside, []);
  ok(modules.length > 20);
});
