import process from "node:process";

/** How often it is looked whether Jupyter still runs, in milliseconds. */
const INTERVAL = 1000;

/**
 * Calls back once the Jupyter that started this kernel has ended; never where no
 * Jupyter says in `JPY_PARENT_PID` that it did.
 */
export function whenJupyterEnds(callback: () => void): void {
  const jupyter = Number(Deno.env.get("JPY_PARENT_PID"));
  if (!(jupyter > 0)) return;
  // Not Jupyter itself, perhaps, but a script that it started.
  const parent = process.ppid;
  const timer = setInterval(() => {
    // Orphans go to another parent, mostly 1; this one may have been one from the start.
    const isOrphan = process.ppid !== parent ||
      process.ppid === 1 && jupyter !== 1;
    if (!isOrphan) return;
    clearInterval(timer);
    callback();
  }, INTERVAL);
}
