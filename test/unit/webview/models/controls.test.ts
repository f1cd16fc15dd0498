import { expect, it } from "vitest";
import {
  readNumber,
  readWhole,
  shrinkageToSlider,
  sliderToShrinkage,
} from "../../../../webview/models/controls.ts";

it("reads what people type", () => {
  expect(readNumber("0.01")).toBe(0.01);
  expect(readNumber(" 0,01 ")).toBe(0.01);
  expect(readNumber("99%")).toBe(0.99);
  expect(readNumber("")).toBeUndefined();
  expect(readNumber("a lot")).toBeUndefined();
  expect(readWhole("5", 2, 10)).toBe(5);
  expect(readWhole("5.5", 2, 10)).toBeUndefined();
  expect(readWhole("11", 2, 10)).toBeUndefined();
});

it("moves the slider to the shrinkage and back", () => {
  for (const shrinkage of [0, 0.0002, 0.01, 0.1, 0.5, 1]) {
    expect(sliderToShrinkage(shrinkageToSlider(shrinkage))).toBeCloseTo(shrinkage, 10);
  }
  expect(shrinkageToSlider(0.01)).toBeCloseTo(50);
});
