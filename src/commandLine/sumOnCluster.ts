import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import type { WrittenMoments } from "../engine/moments/makeMoments.ts";
import type { ClusterChoice, MomentsRequest } from "../protocol/moments.ts";
import { quietCall } from "./commands/runCommand.ts";
import { printError } from "./output.ts";
import { runScript } from "../engine/moments/runScript.ts";

/** The scripts that come along, beside the folder of the bundles. */
export const scriptFolder = join(__dirname, "..", "python");

/**
 * Sums moments on a Dask cluster by the script that comes along; what is done so far stands on standard error.
 * @param python a program
 * @throws EigenlensError as preparing and {@link runScript} do; a document that was there before is left as it was
 */
export async function sumOnCluster(
  engine: Engine,
  request: MomentsRequest,
  cluster: ClusterChoice,
  python: string,
): Promise<WrittenMoments> {
  const folder = await mkdtemp(join(tmpdir(), "eigenlens-cluster-"));
  try {
    const words = await engine.moments.prepareCluster({ request, cluster, folder }, quietCall());
    await runScript(python, join(scriptFolder, "eigenlens_dask.py"), words, printError);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return engine.moments.describe(request.out);
}
