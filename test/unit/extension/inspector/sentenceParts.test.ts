import { describe, expect, it } from "vitest";
import { sentenceParts } from "../../../../extension/inspector/sentenceParts.ts";

describe("a sentence beside its counterpart", () => {
  it("is parted at the words that differ", () => {
    expect(sentenceParts("I saw him there.", "I saw her there.")).toEqual({
      before: "I saw ",
      differing: "him ",
      after: "there.",
    });
  });

  it("is whole without one, or if nothing differs", () => {
    const whole = { before: "I saw him.", differing: "", after: "" };
    expect(sentenceParts("I saw him.", undefined)).toEqual(whole);
    expect(sentenceParts("I saw him.", "I saw him.")).toEqual(whole);
  });

  it("differs to its end from a shorter one", () => {
    expect(sentenceParts("He did it himself", "He did it")).toEqual({
      before: "He did it ",
      differing: "himself",
      after: "",
    });
  });

  it("is empty if it is not known", () => {
    expect(sentenceParts(undefined, "x")).toEqual({ before: "", differing: "", after: "" });
  });
});
