/**
 * The colours of pages.
 *
 * @module
 */
import { themeColours } from "../figures/theme.ts";

/** The colours of the figures' themes as CSS variables. */
export function themeVariables(): string {
  const block = (theme: "light" | "dark") =>
    `:root {${
      Object.entries(themeColours[theme])
        .map(([name, colour]) => ` --${name}: ${colour};`).join("")
    } }`;
  const dark = `@media (prefers-color-scheme: dark) { ${block("dark")} }`;
  return `${block("light")}\n${dark}`;
}
