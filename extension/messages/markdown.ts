import { plainLabel } from "./plain.ts";

/**
 * A name as a code span of Markdown, in which nothing is a link, an address, an image or an icon.
 * Source: CommonMark 0.31, section 6.1: a span ends at a run of as many backticks as began it.
 */
export function asCode(name: string): string {
  const text = plainLabel(name);
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  // A span's outer spaces are taken away, and backticks of the name must not touch the fence.
  return `${fence} ${text} ${fence}`;
}
