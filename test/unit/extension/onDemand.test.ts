import { expect, it, vi } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { onDemand } from "../../../extension/onDemand.ts";

// The editor's own module exists inside the editor alone; nothing of it is called while ours are loaded.
vi.mock("vscode", () => ({}));

it("makes exactly the commands of the manifest", async () => {
  const { commands } = await onDemand();
  const declared = manifest.contributes.commands.map(({ command }) =>
    command.replace(/^eigenlens\./, ""),
  );
  expect(Object.keys(commands).sort()).toEqual(declared.sort());
});
