/** `vscode.l10n.t`, or its like where there is no VS Code: fills `{0}`, `{1}` of an English text. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** English as it is written. */
export const inEnglish: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (whole, place: string) => String(values[Number(place)] ?? whole));
