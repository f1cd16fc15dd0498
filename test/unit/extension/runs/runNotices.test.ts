import { expect, it, vi } from "vitest";
import type { RunEntry } from "../../../../extension/runs/runEntry.ts";
import { offerRemoved } from "../../../../extension/runs/runNotices.ts";
import type { RunStore } from "../../../../extension/runs/runStore.ts";

const said: string[] = [];
vi.mock("vscode", () => ({
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_name, index: string) => String(values[Number(index)])),
  },
  window: {
    showInformationMessage: (text: string) => {
      said.push(text);
      return Promise.resolve(undefined);
    },
  },
}));

const entry = (target: string) => ({ target, reference: "her" }) as RunEntry;

it.each([
  [["a"], "The oldest stored run, a vs her, was removed so that all take no more than 2 GB."],
  [
    ["a", "b"],
    "The oldest 2 stored runs were removed so that all take no more than 2 GB: a vs her, b vs her.",
  ],
])("says that %s had to go", async (targets, text) => {
  await offerRemoved(targets.map(entry), {} as RunStore, 2e9, () => Promise.resolve());
  expect(said.pop()?.replace("\u00a0", " ")).toBe(text);
});
