import { type Places, shortenTraceback } from "../shared/traceback.ts";

/**
 * Shows errors that nobody handles: rejections, which Deno's kernel keeps to itself,
 * and errors in timers, which stop it for good.
 */
export function showUnhandled(places: Places): void {
  const show = (what: string, error: unknown) => {
    const isError = error instanceof Error;
    const sentence = isError
      ? `${error.name}: ${error.message}`
      : String(error);
    const stack = isError ? (error.stack ?? "").split("\n") : [];
    const lines = shortenTraceback(sentence, stack, places);
    console.error(`${what}: ${lines.join("\n")}`);
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    show("Unhandled rejection", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    show("Uncaught error", event.error);
  });
}
