import { expect, it } from "vitest";
import { jsonRecord } from "../../../src/text/jsonRecord.ts";

it("gives the object that a text holds, and nothing for any other text", () => {
  expect(jsonRecord('{"done": 1}')).toEqual({ done: 1 });
  for (const text of ["", "[1]", "null", '"{}"', '{"done": ']) {
    expect(jsonRecord(text)).toBeUndefined();
  }
});
