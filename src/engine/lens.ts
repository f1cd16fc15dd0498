import type { FileSystem } from "../activations/byteSource.ts";
import { lensOfFiles } from "../directions/lens/lensOfFiles.ts";
import type { Lens, LensRequest } from "../protocol/steering.ts";
import type { EngineCall } from "./engineCall.ts";

/**
 * What directions do to the logits; the unembedding streams by in blocks, and every hundredth of it is told.
 * @throws EigenlensError as {@link lensOfFiles} does; CancelledError
 */
export function findLens(
  { directions, files, ...options }: LensRequest,
  fileSystem: FileSystem,
  { cancellation, report }: EngineCall,
): Promise<Lens> {
  let told = -1;
  const onBlock = (fraction: number): void => {
    cancellation.throwIfRequested();
    const percent = Math.floor(100 * fraction);
    if (percent === told) return;
    told = percent;
    report({ step: "Reading the unembedding", fraction });
  };
  return lensOfFiles(directions, files, { ...options, onBlock }, fileSystem);
}
