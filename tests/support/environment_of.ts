import type { Environment } from "../../lib/files/environment.ts";

/** An environment of just these variables. */
export function environmentOf(variables: Record<string, string>): Environment {
  return {
    get: (name) => variables[name],
    toObject: () => ({ ...variables }),
  };
}
