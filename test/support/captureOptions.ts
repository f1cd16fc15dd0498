import type { CaptureOptions } from "../../src/capture/options.ts";

/** What most captures are like. */
export const someCapture: CaptureOptions = {
  library: "transformers",
  model: "gpt2",
  site: "residual",
  layers: [0, 6],
  token: { kind: "last" },
  prompts: "prompts.json",
  conditions: ["him", "her"],
  folder: "activations",
};

/** Texts that a literal of Python could not hold as they are, or that a template would fill in. */
export const hostileTexts: readonly string[] = [
  `"""\n'; import os; os.system("x") #\\`,
  `\\" + __import__("os").getcwd() + "`,
  `{layer} {0} {__import__("os")} %s $x \`x\``,
  `\\N{DIGIT ONE}\\x41\\`,
  `a\r\nb\u0085c\u2028d\u2029e\0f`,
  `\u202e\ufeff𝄞\ud800 # -*- coding: utf-7 -*-`,
  `__proto__`,
];

/** A capture all of whose texts are the one given. */
export function hostileCapture(library: CaptureOptions["library"], text: string): CaptureOptions {
  return {
    library,
    model: text,
    revision: text,
    site: text,
    layers: [0],
    token: { kind: "word", words: [text] },
    prompts: text,
    conditions: [text, `${text} too`],
    folder: text,
  };
}
