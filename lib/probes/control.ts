/**
 * How a probe is watched and stopped.
 *
 * @module
 */
import { breather } from "../training/breathe.ts";

/** What may watch and stop a probe. */
export interface ProbeControl {
  /** Ends the probe: its promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Told how far the probe is. `createProgress().update` of a command fits, and
   * shows the time left.
   */
  readonly onProgress?:
    | ((done: number, total: number, note: string) => void)
    | undefined;
}

/** Control of a step of a larger probe, which reports progress itself. */
export function quietly({ signal }: ProbeControl): ProbeControl {
  return { signal };
}

/**
 * Does something a number of times, with progress before each and after the last;
 * signals and timers get their turn meanwhile.
 *
 * @param note What is being done, such as `Lanczos`.
 */
export async function repeat(
  count: number,
  note: string,
  { signal, onProgress }: ProbeControl,
  work: (index: number) => void | Promise<void>,
): Promise<void> {
  const breathe = breather();
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    onProgress?.(i, count, note);
    await work(i);
    await breathe();
  }
  signal?.throwIfAborted();
  onProgress?.(count, count, note);
}
