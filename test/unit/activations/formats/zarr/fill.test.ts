import { expect, it } from "vitest";
import { fillOf } from "../../../../../src/activations/formats/zarr/fill.ts";
import type { ZarrType } from "../../../../../src/activations/formats/zarr/types.ts";

it.each([
  ["9007199254740993", "9007199254740993"],
  ["-9223372036854775807", "-9223372036854775807"],
  ["0012", "12"],
  ["12.0", "12"],
  [JSON.parse("9007199254740993"), "9007199254740992"],
  [-5, "-5"],
  [null, "0"],
])("the fill value %j is the label %s", (fill: unknown, label) => {
  expect(fillOf(fill, { elementType: "int64" } as ZarrType).label).toBe(label);
});
