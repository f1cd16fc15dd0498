import { afterEach, expect, it } from "vitest";
import { fillTemplate } from "../../../src/protocol/words/fillTemplate.ts";
import { englishStrings } from "../../../src/protocol/strings.ts";
import { text } from "../../../webview/text.ts";

const english = globalThis.eigenlensTranslations;
afterEach(() => {
  globalThis.eigenlensTranslations = english;
});

it("fills names in braces", () => {
  expect(text("headline.title", { target: "him", reference: "her" })).toBe("him vs her");
});

it("takes the host's translation", () => {
  globalThis.eigenlensTranslations = {
    language: "de",
    strings: { ...englishStrings, "headline.title": "{reference} gegen {target}" },
    engine: {},
  };
  expect(text("headline.title", { target: "him", reference: "her" })).toBe("her gegen him");
  expect(text("header.swap")).toBe(englishStrings["header.swap"]);
});

it("shows a name that a faulty translation made up", () => {
  expect(fillTemplate("{count} of {whole}", { count: 3 })).toBe("3 of {whole}");
});
