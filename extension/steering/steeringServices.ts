import type * as vscode from "vscode";
import type { CallOptions } from "../../src/engine/channel/workerChannel.ts";
import type { FileSummary } from "../../src/protocol/engine.ts";
import type { Lens, LensFiles, LensRequest, SteeringResults } from "../../src/protocol/steering.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { chooseLensFiles, LensSite } from "./chooseLensFiles.ts";
import type { chooseResults, findResults } from "./chooseResults.ts";
import { readLensFiles } from "./readLensFiles.ts";

/** Under which the workspace remembers the files of the last lens. */
const key = "eigenlens.lensFiles";

/** What the panel's section on steering needs of the editor and of the engine. */
export interface SteeringServices {
  /** What was chosen last in this workspace. */
  lastFiles(): LensFiles | undefined;
  /** Asks for the model's files and remembers them. @returns undefined if the user gave up */
  chooseFiles(site: LensSite): Promise<LensFiles | undefined>;
  lens(request: LensRequest, options: CallOptions): Promise<Lens>;
  /** The files of results in the workspace. */
  findResults(): Promise<readonly string[]>;
  /** @returns undefined if the user gave up */
  chooseResults(): Promise<string | undefined>;
  results(path: string): Promise<SteeringResults>;
}

/** What asks the user for files. */
interface Questions {
  readonly chooseLensFiles: typeof chooseLensFiles;
  readonly findResults: typeof findResults;
  readonly chooseResults: typeof chooseResults;
}

/** @param questions are loaded when the first is asked */
export function steeringServices(
  { calls }: Pick<EngineClient, "calls">,
  memory: vscode.Memento,
  questions: () => Promise<Questions>,
): SteeringServices {
  const lastFiles = () => readLensFiles(memory.get(key));
  return {
    lastFiles,
    async chooseFiles(site) {
      // The same file may hold the unembedding and the norm.
      const inspected = new Map<string, Promise<FileSummary>>();
      const inspect = (path: string): Promise<FileSummary> => {
        const summary = inspected.get(path) ?? calls.inspect({ path });
        inspected.set(path, summary);
        return summary;
      };
      const { chooseLensFiles: choose } = await questions();
      const files = await choose(site, inspect, lastFiles());
      if (files) await memory.update(key, files);
      return files;
    },
    lens: (request, options) => calls.lens(request, options),
    findResults: async () => (await questions()).findResults(),
    chooseResults: async () => (await questions()).chooseResults(),
    results: (path) => calls.steering({ path }),
  };
}
