import { describe, expect, it } from "vitest";
import { asCode } from "../../../../extension/messages/markdown.ts";
import { hostileNames, obeyed } from "../../../support/hostileNames.ts";

describe("a name in a chat", () => {
  it.each(Object.entries(hostileNames))("is one span of code: %s", (_kind, name) => {
    const code = asCode(name);
    const fence = /^`+/.exec(code)?.[0] ?? "";
    const inner = code.slice(fence.length, -fence.length);
    expect(code).toBe(`${fence}${inner}${fence}`);
    expect(inner).toMatch(/^ .* $/);
    // No run of backticks inside is as long as the fence, so that nothing ends the span before its end.
    expect((inner.match(/`+/g) ?? []).map(({ length }) => length)).not.toContain(fence.length);
    expect(code).not.toMatch(obeyed);
  });

  it("keeps an ordinary name as it is", () => {
    expect(asCode("a/him.npy#X")).toBe("` a/him.npy#X `");
    expect(asCode("`")).toBe("`` ` ``");
  });
});
