import configuration from "../../deno.json" with { type: "json" };
import type { Finding } from "./finding.ts";

/** The versions of Slope, Deno and TypeScript. */
export function examineVersions(): Finding[] {
  const { deno, typescript, v8 } = Deno.version;
  return [
    { name: "Slope", status: "ok", detail: configuration.version },
    {
      name: "Deno",
      status: "ok",
      detail: `${deno}, with TypeScript ${typescript} and V8 ${v8}`,
      values: { deno, typescript, v8 },
    },
  ];
}
