import { buildSync } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineClient } from "../../../../extension/engine/engineClient.ts";
import type { EditorFiles } from "../../../../src/engine/channel/editorFiles.ts";
import type { RunRequest } from "../../../../src/protocol/engine.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { collectedLog } from "./collectedLog.ts";

/**
 * The engine's real worker, bundled as the build does, behind a client.
 * @param files answers for addresses that are not on the disk
 */
export function realEngine(files?: EditorFiles) {
  const folder = mkdtempSync(join(tmpdir(), "eigenlens-engine-"));
  const workerPath = join(folder, "worker.js");
  buildSync({
    entryPoints: ["src/engine/worker.ts"],
    outfile: workerPath,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // The libraries of the heavier formats are bundles of their own; these tests read npy only.
    external: ["@tensorflow/tfjs-node", "../libraries/*"],
    logLevel: "error",
  });
  const log = collectedLog();
  const engine = new EngineClient({ workerPath, log, ...(files ? { files } : {}) });
  return {
    engine,
    log,
    folder,
    async dispose() {
      await engine.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The sample data: 53 sentences with him, the same with her. */
export const himVsHer: RunRequest = {
  target: { path: "samples/him.npy", name: "him" },
  reference: { path: "samples/her.npy", name: "her" },
  options: defaultGedOptions,
};
