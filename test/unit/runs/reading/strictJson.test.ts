import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonBudget, parseStrictly } from "../../../../src/runs/reading/strictJson.ts";

const parse = (text: string) => parseStrictly(text, new JsonBudget(text.length));

describe("JSON from strangers", () => {
  it("reads as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(4), (value, indent) => {
        // Names that every object inherits are names like any other; but one is refused.
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        const text = JSON.stringify(value, undefined, indent);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(parse('{"constructor":1,"a\\"}":{"a":[{},{"a":"]}"}]},"b":{"a":2}}')).toEqual({
      constructor: 1,
      'a"}': { a: [{}, { a: "]}" }] },
      b: { a: 2 },
    });
  });

  it("is refused when a key occurs twice, however it is spelled", () => {
    const twice = [
      '{"a":1,"a":2}',
      '{"a":1,"b":{},"a":2}',
      '{"a":{"b":[1,{"c":1,"c":1}]}}',
      '{"a":1,"\\u0061":2}',
      '{"":1,"":2}',
      '{"\\\\":1,"\\u005c":2}',
    ];
    for (const text of twice) expect(() => parse(text)).toThrow(/stands there twice/);
    expect(parse('[{"a":1},{"a":1}]')).toEqual([{ a: 1 }, { a: 1 }]);
    expect(parse('{"a":["a","a"],"b":"a"}')).toEqual({ a: ["a", "a"], b: "a" });
  });

  it("is refused when it would be an object's prototype", () => {
    for (const text of ['{"__proto__":{}}', '[{"a":{"_\\u005fproto__":1}}]']) {
      expect(() => parse(text)).toThrow(/named __proto__/);
    }
    expect(parse('["__proto__",{"a":"__proto__"}]')).toEqual(["__proto__", { a: "__proto__" }]);
  });

  it("is refused when it nests too deeply, is no JSON or does not end", () => {
    expect(() => parse("[".repeat(33) + "]".repeat(33))).toThrow(/nested too deeply/);
    expect(() => parse("[".repeat(1e6))).toThrow(/nested too deeply/);
    for (const text of ["", "{", '{"a', '"\\', "[1,]", "}{", "{,}", '{"a\\q":1}', "[1]]", "NaN"]) {
      expect(() => parse(text), text).toThrow(SyntaxError);
    }
  });

  it("shares one budget among the texts of a document", () => {
    const budget = new JsonBudget(1e6);
    const half = `[${"[],".repeat(110_000)}[]]`;
    expect(parseStrictly(half, budget)).toHaveLength(110_001);
    expect(() => parseStrictly(half, budget)).toThrow(/more than a run has/);
    const zeros = `[${"0,".repeat(1e6)}0]`;
    expect(() => parse(zeros)).toThrow(/more than a run has/);
    const numbers = `[${"0.12345,".repeat(1e6)}0]`;
    expect(parse(numbers)).toHaveLength(1_000_001);
  });
});
