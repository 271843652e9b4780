/** The environment variables a function reads; `Deno.env` is one. */
export interface Environment {
  /** The value of the variable, or undefined where it is not set. */
  get(name: string): string | undefined;
  /** All variables, for a program that is started. */
  toObject(): Record<string, string>;
}
