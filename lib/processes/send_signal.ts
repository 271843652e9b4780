/** Sends a signal to a process, which may be gone already. */
export function sendSignal(
  process: Deno.ChildProcess,
  signal: Deno.Signal,
): void {
  try {
    process.kill(signal);
  } catch {
    // It has ended.
  }
}
