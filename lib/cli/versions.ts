/**
 * Versions of what results are made with.
 *
 * @module
 */
import type { RuntimeInfo } from "../runtime/initialize.ts";
import configuration from "../../deno.json" with { type: "json" };

/** Slope's own version. */
export const slopeVersion: string = configuration.version;

/** Versions and settings that results depend on, by name. */
export function versionsOf(info?: RuntimeInfo): Record<string, string> {
  return {
    Slope: slopeVersion,
    Deno: Deno.version.deno,
    ...info === undefined ? {} : {
      [info.backend]: info.version,
      device: info.device,
      threads:
        `${info.intraOpThreads} within, ${info.interOpThreads} between operations`,
    },
    system: `${Deno.build.os} ${Deno.build.arch}`,
  };
}
