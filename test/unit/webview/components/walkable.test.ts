import { expect, it } from "vitest";
import { nextPlace } from "../../../../webview/components/walkable.ts";

it("walks with arrows, pages and ends, and stays within", () => {
  expect(nextPlace("ArrowRight", 3, 10)).toBe(4);
  expect(nextPlace("ArrowDown", 0, 10)).toBe(0);
  expect(nextPlace("PageUp", 3, 10)).toBe(9);
  expect(nextPlace("Home", 7, 10)).toBe(0);
  expect(nextPlace("End", undefined, 10)).toBe(9);
  expect(nextPlace("ArrowRight", undefined, 10)).toBe(0);
  expect(nextPlace("a", 3, 10)).toBeUndefined();
});
