import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultsOf } from "../../../../scripts/l10n/check.mjs";
import { englishBundle } from "../../../../scripts/l10n/extract.mjs";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const read = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, path), "utf8")) as Record<string, unknown>;

describe("the texts' bundles", () => {
  it("hold every text that the sources show: else run npm run l10n", () => {
    expect(read("l10n/bundle.l10n.json")).toEqual(englishBundle(root));
  });

  it("are complete in Vietnamese", () => {
    expect(faultsOf(read("l10n/bundle.l10n.json"), read("l10n/bundle.l10n.vi.json"))).toEqual([]);
    expect(faultsOf(read("package.nls.json"), read("package.nls.vi.json"))).toEqual([]);
  });

  it("lead the manifest's links and commands to where English does", () => {
    const links = (text: unknown): string[] => String(text).match(/\]\([^)]*\)/g) ?? [];
    const translated = read("package.nls.vi.json");
    for (const [key, english] of Object.entries(read("package.nls.json"))) {
      expect([key, ...links(translated[key])]).toEqual([key, ...links(english)]);
    }
  });
});

describe("the check of a translation", () => {
  const english = {
    Cancel: "Cancel",
    "{0} left": "{0} left",
    AUC: "AUC",
    "Step/engine": { message: "Step" },
  };
  const whole = { Cancel: "Huỷ", "{0} left": "còn {0}", AUC: "AUC", "Step/engine": "Bước" };

  it("finds nothing wrong with a whole one", () => {
    expect(faultsOf(english, whole)).toEqual([]);
  });

  it.each([
    ["missing: Cancel", { Cancel: undefined }],
    ["missing: Cancel", { Cancel: "" }],
    ["untranslated: Cancel", { Cancel: "Cancel" }],
    ["untranslated: Step/engine", { "Step/engine": "Step" }],
    ["other placeholders: {0} left", { "{0} left": "còn {1}" }],
    ["other placeholders: {0} left", { "{0} left": "còn lại" }],
    ["stale: Gone", { Gone: "Mất" }],
  ])("says %s", (fault, change) => {
    expect(faultsOf(english, { ...whole, ...change })).toEqual([fault]);
  });
});
