import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable, printableLine } from "../../../src/text/printable.ts";

const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

describe("a text made harmless", () => {
  it("shows what a terminal would obey", () => {
    expect(printable("a\x1b[31mb")).toBe("a\\x1b[31mb");
    expect(printable("a\nb\rc\td\0")).toBe("a\\nb\\rc\\td\\x00");
    expect(printable("\x9b31m\x7f")).toBe("\\x9b31m\\x7f");
    expect(printable("him\u202egnp\u2066\u200b\ufeff\u{e0041}")).toBe(
      "him\\u202egnp\\u2066\\u200b\\ufeff\\u{e0041}",
    );
    expect(printable("half \ud83d")).toBe("half \\ud83d");
  });

  it("leaves ordinary text as it is", () => {
    const text = "blocks.6.mlp.hook_post, 日本語 – naïve 😀 [labels=him]";
    expect(printable(text)).toBe(text);
    expect(printableLine("one\n  two\r\nthree")).toBe("one two three");
  });

  it("keeps both ends of what is long", () => {
    const text = printable(`begin${"x".repeat(1000)}end`, 40);
    expect(text).toHaveLength(40);
    expect(text).toMatch(/^beginx+…x+end$/);
  });

  it("holds its bound and obeys nothing, whatever the text", () => {
    const texts = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 16, max: 60 }), (text, most) => {
        for (const shown of [printable(text, most), printableLine(text, most)]) {
          expect(shown.length).toBeLessThanOrEqual(most);
          expect(shown).not.toMatch(obeyed);
        }
      }),
    );
  });
});
