import type { RunEntry } from "./runEntry.ts";
import type { RunStore } from "./runStore.ts";

/**
 * Brings removed runs back, pinned: first pinned, so that no window takes one away again in between.
 * @throws the first failure, once all the others are back
 */
export async function bringBack(
  removed: readonly Pick<RunEntry, "runId">[],
  store: RunStore,
): Promise<void> {
  const outcomes = await Promise.allSettled(
    removed.map(async ({ runId }) => {
      await store.markers.pin(runId);
      try {
        await store.restore(runId);
      } catch (thrown) {
        await store.markers.unpin(runId);
        throw thrown;
      }
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}
