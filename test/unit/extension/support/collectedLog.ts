import type { EngineLog } from "../../../../src/engine/channel/workerChannel.ts";

/** A log that remembers its lines. */
export function collectedLog(): EngineLog & { readonly lines: string[] } {
  const lines: string[] = [];
  const collect = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return { lines, info: collect("info"), warn: collect("warn"), error: collect("error") };
}
