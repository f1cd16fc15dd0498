/** Names of every kind that a terminal, VS Code or a page would obey or drown in. */
export const hostileNames: Readonly<Record<string, string>> = {
  "a link that runs a command":
    "[label](command:workbench.action.terminal.new?%5B%5D) and [again](COMMAND:x)",
  "a link to the web": '[label](https://example.com "title")',
  "a link to a file": "[label](file:///etc/passwd)",
  "nested brackets": "[[a](command:b)](command:c)[d](command:e)",
  "brackets that double": "]](command:a)](command:b)",
  "an address in angles": "[x](<command:a>) <command:b> <https://example.com>",
  "an icon": "$(alert) him $(sync~spin)",
  "an escaped icon": "\\$(x) \\\\$(x) $$(x)",
  "bidirectional controls": "him\u202egnp.\u2066x\u2069\u200f",
  "invisible characters": "h\u200bi\u00adm\ufeff\u2060\u{e0041}",
  "line breaks": "him\nher\r\nit\u2028they\u2029\x85\v\f",
  "colours and other escape sequences": "\x1b[31mred\x1b[2J\x1b]0;title\x07\x9b31m",
  "a hyperlink of the terminal": "\x1b]8;;https://example.com\x1b\\press\x1b]8;;\x1b\\",
  "the clipboard of the terminal": "\x1b]52;c;aGk=\x07",
  "other controls": "\0\x07\b\x7f\x80\x9d",
  "half a surrogate pair": "a\ud800b\udc00",
  "a link split by a control": "[x]\0(command:a) $\u200b(alert) [y]\n(command:b)",
  markup: "<img src=x onerror=alert(1)> **bold** ![i](https://example.com/i.png) `code` ``` | #",
  "a name of a megabyte": `begin${"[x](command:y)$(z)".repeat(60_000)}end`,
};

/** What no terminal and no interface may get from a name. */
export const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Each line of a text by itself; the line breaks are the program's own. */
export function obeyedInLines(text: string): string[] {
  return text.split("\n").filter((line) => obeyed.test(line));
}
