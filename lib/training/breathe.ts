/**
 * Lets signals and timers through while something computes.
 *
 * @module
 */

/**
 * Milliseconds for which nothing else gets a turn. A turn costs a timer, which is
 * one to two milliseconds; cheaper ways leave signals and sockets waiting.
 */
const HELD_BREATH = 100;

/**
 * A function to call often: every 100 ms it waits until everything else that is due
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
