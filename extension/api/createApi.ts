import type { EngineClient } from "../engine/engineClient.ts";
import type { ToolName } from "../../src/protocol/tools.ts";
import type { CallWatch, EigenlensApi } from "../../src/tools/api/api.ts";
import { version } from "../../src/version.ts";

/**
 * What other extensions get of this one: the tools' work without their limits on folders, since an extension may read
 * every file anyway.
 * @param folder gives what relative paths start from; undefined if no folder is open
 */
export function createApi(
  engine: Pick<EngineClient, "calls">,
  folder: () => string | undefined,
): EigenlensApi {
  const using =
    <Input, Result>(tool: ToolName) =>
    async (input: Input, watch: CallWatch = {}): Promise<Result> => {
      const from = folder();
      const request = { tool, input, ...(from === undefined ? {} : { folder: from }) };
      const { result } = await engine.calls.useTool(request, watch);
      // The tool's schema is that of the result's type: the worker's tests hold them together.
      return result as Result;
    };
  return {
    version,
    inspect: using("inspect_activations"),
    run: using("run_ged"),
    validate: using("validate_run"),
    sweep: using("sweep_layers"),
    transfer: using("transfer_direction"),
    readRun: using("read_run"),
    exportDirection: using("export_direction"),
  };
}
