import { expect, it } from "vitest";
import { bringBack } from "../../../../extension/runs/bringBack.ts";
import type { RunStore } from "../../../../extension/runs/runStore.ts";

/** A store that notes what is asked of it, and cannot restore some runs. */
function storeWithout(...swept: readonly string[]) {
  const calls: string[] = [];
  const note = (call: string) => (runId: string) => {
    calls.push(`${call} ${runId}`);
    return call === "restore" && swept.includes(runId)
      ? Promise.reject(new Error(`${runId} is gone.`))
      : Promise.resolve();
  };
  const markers = { pin: note("pin"), unpin: note("unpin") };
  return { calls, store: { restore: note("restore"), markers } as unknown as RunStore };
}

it("pins a run before it is back, so that it cannot go again at once", async () => {
  const { calls, store } = storeWithout();
  await bringBack([{ runId: "a" }], store);
  expect(calls).toEqual(["pin a", "restore a"]);
});

it("brings back all that can be, and then tells the first failure", async () => {
  const { calls, store } = storeWithout("a", "c");
  const removed = ["a", "b", "c", "d"].map((runId) => ({ runId }));
  await expect(bringBack(removed, store)).rejects.toThrow("a is gone.");
  expect(calls).toEqual(expect.arrayContaining(["restore b", "restore d"]));
  expect(calls.filter((call) => call.startsWith("unpin"))).toEqual(["unpin a", "unpin c"]);
});
