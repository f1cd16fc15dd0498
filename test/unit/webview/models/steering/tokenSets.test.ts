import { describe, expect, it } from "vitest";
import { setsOf, setsText } from "../../../../../webview/models/steering/tokenSets.ts";

describe("two sets of tokens", () => {
  it("are read as a list is, however they were typed", () => {
    expect(setsText("he,him/she,her")).toBe("he, him / she, her");
    expect(setsText(" he , him/she,, her ")).toBe("he, him / she, her");
    expect(setsOf("he,him/she")).toEqual({ first: "he, him", second: "she" });
  });

  it("stay as they are if they are no two", () => {
    for (const text of ["", "he,him", "he/", "/she"]) {
      expect(setsOf(text)).toBeUndefined();
      expect(setsText(text)).toBe(text);
    }
  });
});
