import { expect, it } from "vitest";
import type { Keep } from "../../../../src/ged/method/keep.ts";
import { optionsOf, writtenOptions } from "../../../../src/runs/written/options.ts";

const rest = { shrinkage: 0.01, route: "auto", engine: "auto", precision: "auto" } as const;

it.each<[Keep, object]>([
  [{ share: 0.9 }, { variance: 0.9 }],
  [
    { share: 0.9, atMost: 5 },
    { variance: 0.9, components: 5, componentsAreCap: true },
  ],
  [{ count: 5 }, { variance: 0.99, components: 5 }],
])("writes %j as documents have it, and reads it back", (keep, wanted) => {
  const written = writtenOptions({ ...rest, keep });
  expect(written).toEqual({ ...wanted, ...rest });
  expect(optionsOf(written)).toEqual({ ...rest, keep });
});

it("reads a number that is said to be no limit as an exact one", () => {
  const written = { ...rest, variance: 0.9, components: 5, componentsAreCap: false };
  expect(optionsOf(written).keep).toEqual({ count: 5 });
});
