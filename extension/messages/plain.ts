import { printable, printableLine } from "../../src/text/printable.ts";

/**
 * The most characters of a notification: VS Code cuts longer ones at their end (`MAX_MESSAGE_LENGTH` of
 * `notifications.ts`), where ours say what to do.
 */
export const longestMessage = 1000;

/** The most characters of a label, a title or a description. */
export const longestLabel = 300;

/**
 * A text as one harmless line of VS Code's own interface: nothing in it is obeyed. Line breaks become
 * spaces, other control and invisible characters are shown escaped, links and icons are written apart, and
 * what is longer than `most` loses its middle.
 */
export function plainLine(text: string, most = longestMessage): string {
  return printableLine(apart(text), most);
}

/** {@link plainLine} for names and whatever else holds names: a line break in it is shown escaped too. */
export function plainLabel(text: string, most = longestLabel): string {
  return printable(apart(text), most);
}

/** Lines, each of them by itself as {@link plainLabel} makes it. */
export function plainLines(lines: readonly string[], most = longestMessage): string {
  return lines.map((line) => plainLabel(line, most)).join("\n");
}

/**
 * Writes apart what VS Code would obey: `[label](address)` is a link in notifications and in the messages
 * of input boxes (`LINK_REGEX` of `vs/base/common/linkedText.ts`), and `$(name)`, escaped or not, an icon in
 * quick picks and the status bar (`iconLabels.ts`). Both need their two characters side by side.
 */
function apart(text: string): string {
  return text.replaceAll("](", "] (").replaceAll("$(", "$ (");
}
