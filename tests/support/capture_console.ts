/** What `console.log` and `console.error` print while something is done. */
export async function captureConsole(
  work: () => Promise<void>,
): Promise<{ out: string; error: string }> {
  const { log, error } = console;
  const printed = { out: "", error: "" };
  console.log = (...values) => printed.out += `${values.join(" ")}\n`;
  console.error = (...values) => printed.error += `${values.join(" ")}\n`;
  try {
    await work();
  } finally {
    Object.assign(console, { log, error });
  }
  return printed;
}
