import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  longestLabel,
  longestMessage,
  plainLabel,
  plainLine,
  plainLines,
} from "../../../../extension/messages/plain.ts";
import { hostileNames, obeyed } from "../../../support/hostileNames.ts";

/** A link needs the first two side by side, an icon the other two. */
const live = /\]\(|\$\(/;

describe("a text of VS Code's interface", () => {
  it.each(Object.entries(hostileNames))("shows %s and obeys nothing", (_kind, name) => {
    const message = plainLine(`${name}, tensor ${name}: save it again.`);
    expect(message).not.toMatch(live);
    expect(message).not.toMatch(obeyed);
    expect(message.length).toBeLessThanOrEqual(longestMessage);
    expect(message).toMatch(/: save it again\.$/);
    const label = plainLabel(name);
    expect(label).not.toMatch(live);
    expect(label).not.toMatch(obeyed);
    expect(label.length).toBeLessThanOrEqual(longestLabel);
    expect(plainLines([name, name]).split("\n")).toHaveLength(2);
  });

  it("can still be read", () => {
    expect(plainLine("[Fix it](command:x?%5B%5D) $(alert)")).toBe(
      "[Fix it] (command:x?%5B%5D) $ (alert)",
    );
    expect(plainLabel("[a](command:b\ud800)\n\u202e")).toBe("[a] (command:b\\ud800)\\n\\u202e");
  });

  it("is left as it is where nothing in it is live", () => {
    const text = "x.npz#X[labels=him] (53 x 3072), a[0](b $x 😀 日本語: choose one of him, her.";
    const apart = text.replace("](", "] (");
    expect(plainLine(text)).toBe(apart);
    expect(plainLabel(text)).toBe(apart);
    expect(plainLine("two\n  lines")).toBe("two lines");
  });

  it("holds its bound and is never live, whatever the text", () => {
    const unit = fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "$",
      "a",
      "\0",
      "\u202e",
      "\n",
      "\ud83d",
      "😀",
    );
    const texts = fc.oneof(fc.string({ unit, maxLength: 300 }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(texts, fc.integer({ min: 16, max: 60 }), (text, most) => {
        for (const shown of [plainLine(text, most), plainLabel(text, most)]) {
          expect(shown).not.toMatch(live);
          expect(shown).not.toMatch(obeyed);
          expect(shown.length).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
