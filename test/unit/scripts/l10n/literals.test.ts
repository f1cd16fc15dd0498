import ts from "typescript";
import { describe, expect, it } from "vitest";
import { templatesOf } from "../../../../scripts/l10n/literals.mjs";

/** The templates of what `shown(...)` is given. */
function templates(source: string): string[] | undefined {
  const file = ts.createSourceFile("a.ts", source, ts.ScriptTarget.Latest, true);
  let found: string[] | undefined;
  const visit = (node: ts.Node): void => {
    const [given] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && node.expression.getText() === "shown" && given) {
      found = templatesOf(given);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("texts in the sources", () => {
  it.each([
    ["a literal", 'shown("Reading")', ["Reading"]],
    ["values", "shown(`${a} of ${b.c(1)}`)", ["{0} of {1}"]],
    ["both branches", 'shown(`${n} row${n === 1 ? "" : "s"}`)', ["{0} row", "{0} rows"]],
    ["a sum", 'shown(`No ${a}: ` + "give one.")', ["No {0}: give one."]],
    ["a constant", "const seen = `${n} rows`; shown(`${seen}, all`)", ["{0} rows, all"]],
    [
      "the nearest constant",
      'const a = "far"; function f() { const a = "near"; shown(`${a}`); }',
      ["near"],
    ],
    [
      "a parameter of a constant's name",
      'const a = "far"; function f(a) { shown(`x ${a}`); }',
      ["x {0}"],
    ],
    ["no literal", "shown(message)", undefined],
  ])("are read from %s", (_name, source, expected) => {
    expect(templates(source)).toEqual(expected);
  });

  it("are refused if they are too many in one", () => {
    const choice = '${a ? "x" : "y"}';
    expect(() => templates(`shown(\`${choice.repeat(5)}\`)`)).toThrow(/32 alternatives/);
  });
});
