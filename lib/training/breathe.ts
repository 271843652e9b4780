/**
 * Lets signals and timers through while something computes.
 *
 * @module
 */

/** The least and the most milliseconds for which nothing else gets a turn. */
const LEAST = 100, MOST = 500;

/**
 * The most of the time that turns may take. A turn costs a timer, which is one to two
 * milliseconds, and more on a machine that is busy; cheaper ways leave signals and
 * sockets waiting.
 */
const SHARE = 0.01;

/**
 * A function to call often: every 100 to 500 ms it waits until everything else that
 * is due (signals, timers, output) had its turn.
 */
export function breather(): () => Promise<void> {
  let last = performance.now();
  let held = LEAST;
  return async () => {
    const began = performance.now();
    if (began - last < held) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
    held = Math.min(Math.max((last - began) / SHARE, LEAST), MOST);
  };
}
