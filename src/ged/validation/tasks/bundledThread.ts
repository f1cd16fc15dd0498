import { existsSync } from "node:fs";
import { join } from "node:path";

/** `validation-thread.js` beside the running bundle; undefined if there is none (unbundled code). */
export function bundledThread(): string | undefined {
  if (typeof __dirname === "undefined") return undefined;
  const file = join(__dirname, "validation-thread.js");
  return existsSync(file) ? file : undefined;
}
