import { expect, it } from "vitest";
import { jsonSidecar } from "../../../../src/conditions/sidecars/jsonSidecar.ts";

it("looks no further for a column once a record lacks it: time grows with the file, not its square", () => {
  let looked = 0;
  const counted = (record: object) =>
    new Proxy(record, {
      getOwnPropertyDescriptor: (target, name) => {
        looked += 1;
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
    });
  const first = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`key${i}`, i]));
  const others = Array.from({ length: 300 }, () => counted({ text: "a" }));
  const { columns } = jsonSidecar("a.json", [counted({ ...first, text: "b" }), ...others]);
  expect([...columns.keys()]).toEqual(["text"]);
  expect(looked).toBeGreaterThan(300);
  expect(looked).toBeLessThan(30 * 600);
});
