/** A real browser, for tests of pages. */
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = Deno.env.get("SLOPE_CHROMIUM") ?? "/usr/bin/chromium";

/** What is missing; empty where there is a browser. */
export const missingBrowser: string = await Deno.stat(executablePath).then(
  () => "",
  () => "Chromium, see SLOPE_CHROMIUM",
);

/** Starts the browser; it asks nothing of a network by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** How a page is looked at. */
export interface View {
  /** The width of the window, in pixels. */
  width: number;
  /** The reader's theme. */
  colorScheme: "light" | "dark";
  /** Whether scripts run. @default {true} */
  javaScriptEnabled?: boolean;
}

/**
 * Opens a page from disk, without a network; what it complains about or asks of a
 * network is collected.
 */
export async function openOffline(
  browser: Browser,
  path: string,
  { width, ...view }: View,
): Promise<{ page: Page; complaints: string[] }> {
  const viewport = { width, height: 800 };
  const context = await browser.newContext({
    viewport,
    offline: true,
    ...view,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, complaints };
}
