/** What every figure says. */
export const figuresStrings = {
  "figure.showTable": "Show as table",
  "figure.showChart": "Show as chart",
  "figure.copyTable": "Copy table",
  inSample: "In sample.",
  yes: "yes",
  no: "no",
} as const;
