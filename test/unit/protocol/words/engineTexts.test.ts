import { afterEach, describe, expect, it } from "vitest";
import bundle from "../../../../l10n/bundle.l10n.vi.json" with { type: "json" };
import { engineTexts } from "../../../../src/protocol/words/engineTexts.ts";
import { writeNumbersIn } from "../../../../src/protocol/words/numerals.ts";
import { translationsOf } from "../../../../src/protocol/words/translations.ts";

afterEach(() => {
  writeNumbersIn("en", {});
});

const translate = engineTexts({
  "Reading {0}": "Đang đọc {0}",
  "The {0} has {1} rows.": "{0} có {1} hàng.",
  "{0} has {1} rows, {2} has {3}.": "{0}: {1}; {2}: {3}.",
  "{0} was not found: choose an existing file.": "Không tìm thấy {0}.",
  target: "đích",
});

describe("the engine's texts in another language", () => {
  it.each([
    ["a step", "Reading him.npy", "Đang đọc him.npy"],
    ["a word as a value", "The target has 53 rows.", "đích có 53 hàng."],
    ["several values", "a has 1 rows, b has 2.", "a: 1; b: 2."],
    [
      "a line about something",
      "sentences.json: The target has 53 rows.",
      "sentences.json: đích có 53 hàng.",
    ],
    ["what nobody translated", "x.npy: row 3 is cut short.", "x.npy: row 3 is cut short."],
    ["nothing", "", ""],
  ])("translates %s", (_name, english, expected) => {
    expect(translate(english)).toBe(expected);
  });

  it("puts a name in as it is, whatever it holds", () => {
    for (const name of ["{1}", "$&", "{0} has rows", "Reading Reading", "a: b", "\u202e"]) {
      expect(translate(`Reading ${name}`)).toBe(`Đang đọc ${name}`);
      const missing = `${name} was not found: choose an existing file.`;
      expect(translate(missing)).toMatch(/^(Không tìm thấy|Đang đọc) /);
      expect(translate(missing)).toContain(name.replace(/^Reading /, ""));
    }
  });

  it("writes numbers as the language does, and leaves names", () => {
    writeNumbersIn("vi", {});
    expect(translate("The target has 2,000.5 rows.")).toBe("đích có 2.000,5 hàng.");
    expect(translate("The target has 3.10 x rows.")).toBe("đích có 3,10 x hàng.");
    expect(translate("Reading layer.1,5.npy")).toBe("Đang đọc layer.1,5.npy");
  });

  it("finds each template of the bundle again", () => {
    const { engine } = translationsOf("vi", bundle);
    const say = engineTexts(engine);
    const filled = (template: string): string =>
      template.replace(/\{(\d+)\}/g, (_whole, place: string) => `‹${place}›`);
    for (const [english, vietnamese] of Object.entries(engine)) {
      expect(say(filled(english))).toBe(filled(vietnamese));
    }
    expect(Object.keys(engine).length).toBeGreaterThan(150);
  });
});
