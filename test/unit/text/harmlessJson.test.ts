import { describe, expect, it } from "vitest";
import { harmlessJson } from "../../../src/text/harmlessJson.ts";
import { hostileNames, obeyed } from "../../support/hostileNames.ts";

describe("JSON for a terminal", () => {
  it.each(Object.entries(hostileNames))("means the same and obeys nothing: %s", (_kind, name) => {
    const value = { [name]: [name, { name }], number: -1.5e-300, nothing: null };
    const json = harmlessJson(value);
    expect(json).not.toMatch(obeyed);
    expect(JSON.parse(json)).toEqual(value);
  });

  it("escapes units of UTF-16, and ordinary text not at all", () => {
    expect(harmlessJson("a\x9b\u202e\u{e0041}")).toBe('"a\\u009b\\u202e\\udb40\\udc41"');
    expect(harmlessJson({ "日本語 😀": [0.1] })).toBe('{"日本語 😀":[0.1]}');
  });
});
