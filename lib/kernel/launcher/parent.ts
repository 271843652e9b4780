import process from "node:process";

/** How often it is looked whether Jupyter still runs, in milliseconds. */
const INTERVAL = 1000;

/** Calls back once the process that started this one has ended. */
export function whenParentEnds(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, INTERVAL);
}
