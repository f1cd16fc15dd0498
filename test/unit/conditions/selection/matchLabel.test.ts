import { describe, expect, it } from "vitest";
import { matchLabel } from "../../../../src/conditions/selection/matchLabel.ts";

const match = (labels: readonly string[], wanted: string) =>
  matchLabel(labels, wanted, "labels", "f.npz, tensor X");

describe("a label", () => {
  it.each([
    [["him", "her"], "him", "him"],
    [["True", "False"], "True", "True"],
    [["True", "False"], "true", "True"],
    [["True", "False"], "1", "True"],
    [["True", "False"], "0", "False"],
    [["1", "0"], "True", "1"],
    [["1", "0"], "false", "0"],
    [["1.0", "0.0"], "1", "1.0"],
    [["0.0", "-1.0"], "-1", "-1.0"],
    [["1.0", "0.0"], "False", "0.0"],
    [["1", "2"], "2.0", "2"],
    [["1", "2"], "02", "2"],
    [["0.50", "1"], "0.5", "0.50"],
    [["1e3", "1"], "1000", "1e3"],
    [["9007199254740993", "9007199254740992"], "9007199254740993", "9007199254740993"],
    [["", "him"], "", ""],
    [["Him", "him"], "him", "him"],
  ])("of %j: %s means %s", (labels, wanted, meant) => expect(match(labels, wanted)).toBe(meant));

  it.each([
    [["1", "1.0", "2"], "01", /"01" in labels may mean "1", "1\.0": write the one that is meant/],
    [["Him", "her"], "him", /no row has "him" in labels, but "Him" \(capitals and spaces count\)/],
    [["him ", "her"], "him", /no row has "him" in labels, but "him "/],
    [["ﬁre", "her"], "fire", /but "ﬁre"/],
    [
      ["9007199254740992", "1"],
      "9007199254740993",
      /choose one of 9007199254740992 \(1\), 1 \(1\)/,
    ],
    [["him", "her", "her"], "it", /no row has "it" in labels: choose one of her \(2\), him \(1\)/],
    [["12", "x"], "1_2", /choose one of/],
    [["constructor"], "toString", /choose one of constructor/],
  ])("of %j: %s is refused", (labels, wanted, message) =>
    expect(() => match(labels, wanted)).toThrow(message),
  );

  it("of many digits is compared in one pass", () => {
    const label = "0".repeat(2 ** 20);
    expect(() => match([`${label}x`], label)).toThrow(/no row has/);
  });
});
