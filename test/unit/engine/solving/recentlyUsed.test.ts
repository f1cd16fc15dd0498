import { expect, it } from "vitest";
import { RecentlyUsed } from "../../../../src/engine/solving/recentlyUsed.ts";

it("lets the one used longest ago go first, and never the last one", () => {
  const values = new RecentlyUsed<{ bytes: number }>(10);
  for (const key of ["a", "b"]) values.set(key, { bytes: 4 });
  values.get("a");
  values.set("c", { bytes: 4 });
  const kept = () => ["a", "b", "c", "d"].filter((key) => values.get(key));
  expect(kept()).toEqual(["a", "c"]);
  values.set("a", { bytes: 1 });
  values.set("d", { bytes: 5 });
  expect(kept()).toEqual(["a", "c", "d"]);
  values.set("b", { bytes: 100 });
  expect(kept()).toEqual(["b"]);
  values.deleteWhere((key) => key === "b");
  expect(values.get("b")).toBeUndefined();
});
