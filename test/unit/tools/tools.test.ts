import { toJsonSchema } from "@valibot/to-json-schema";
import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { manifestEntries } from "../../../scripts/tools/entries.mjs";
import { toolNames } from "../../../src/protocol/tools.ts";
import { tools } from "../../../src/tools/tools.ts";

describe("the tools in the manifest", () => {
  it("are those of the server, with the same schemas: else run npm run tools", () => {
    const entries = manifestEntries(tools, toJsonSchema);
    expect(manifest.contributes.languageModelTools).toEqual(entries);
    expect(manifest.contributes.languageModelTools.map(({ name }) => name)).toEqual([...toolNames]);
  });
});
