import type { TrackedFiles } from "../activations/trackedFiles.ts";
import type { Engine } from "../engine/engine.ts";
import type { ExportedComponent } from "../exports/bundle/exportedRun.ts";

/** Which component of a run is meant; shared by the commands that hand one on. */
export interface ComponentFlags {
  readonly component: number;
  readonly swapped?: boolean;
}

/**
 * Reads one component of a run as it was made. The files that the run was made from count as inputs, too: nothing may
 * be written over them.
 * @throws EigenlensError if the document cannot be read or has no such component
 */
export async function readComponent(
  engine: Engine,
  inputs: TrackedFiles,
  path: string,
  { component, swapped }: ComponentFlags,
): Promise<ExportedComponent> {
  const document = await engine.readDocument({ path });
  await inputs.add(document.sources.target.path);
  await inputs.add(document.sources.reference.path);
  const direction = swapped === true ? "swapped" : "forward";
  return { document, component: await engine.componentOf(document, direction, component - 1) };
}
