const display = Symbol.for("Jupyter.display");

/**
 * A value as Deno's kernel can show it: the kernel asks only objects what they look
 * like, and schedules are functions.
 *
 * @param value The value of a cell, or of a display.
 * @returns An object that looks like the function, if it knows what it looks like;
 * else the value.
 */
export function shown(value: unknown): unknown {
  if (typeof value !== "function" || !(display in value)) return value;
  const look = value as unknown as { [display](): unknown };
  return { [display]: () => look[display]() };
}
