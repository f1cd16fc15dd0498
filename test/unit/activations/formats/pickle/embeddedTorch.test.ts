import { zipSync } from "fflate";
import { afterEach, expect, it, vi } from "vitest";
import { PickleBudget } from "../../../../../src/activations/formats/pickle/budget.ts";
import { embeddedFiles } from "../../../../../src/activations/formats/pickle/embeddedTorch.ts";
import { PickleCall, PickleGlobal } from "../../../../../src/activations/formats/pickle/values.ts";
import { KeptBytes } from "../../../../../src/activations/sources/inflatedSource.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("what all files of a pickle keep is bounded together", async () => {
  const taken = vi.spyOn(KeptBytes.prototype, "take");
  const archive = zipSync({
    "a/data.pkl": Uint8Array.from(Buffer.from("\x80\x02N.", "latin1")),
    "a/data/0": new Uint8Array(4096),
  });
  const load = new PickleGlobal("torch.storage", "_load_from_bytes");
  const calls = [0, 1, 2].map(() => new PickleCall(load, [archive]));
  const files = await embeddedFiles("x.pkl", calls, new PickleBudget("x.pkl", 1000));
  expect(files.size).toBe(3);
  for (const { findStorage } of files.values()) {
    const opened = await findStorage("0")?.open();
    expect(await opened?.source.read(4000, 96)).toEqual(new Uint8Array(96));
  }
  expect(taken.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(new Set(taken.mock.contexts).size).toBe(1);
});
