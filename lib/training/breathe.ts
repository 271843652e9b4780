/**
 * Lets signals and timers through while something computes.
 *
 * @module
 */

/** Milliseconds for which nothing else gets a turn. */
const HELD_BREATH = 50;

/**
 * A function to call often: every 50 ms it waits until everything else that is due
 * (signals, timers, output) had its turn.
 */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < HELD_BREATH) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
