import type { FileSystem } from "../activations/byteSource.ts";
import { TrackedFiles } from "../activations/trackedFiles.ts";
import { Engine } from "../engine/engine.ts";
import type { EngineCall } from "../engine/engineCall.ts";
import type { ProductEngineOptions } from "../engine/productEngines.ts";
import { defaultGedOptions } from "../ged/method/options.ts";
import type { ToolAnswer, ToolRequest } from "../protocol/tools.ts";
import { printable } from "../text/printable.ts";
import { harmless } from "./harmless.ts";
import { anywhere, openRoots } from "./places/roots.ts";
import { rootedFileSystem } from "./places/rootedFileSystem.ts";
import { tools } from "./tools.ts";

/** The most characters of a line of text. */
const longestLine = 2000;

/**
 * Uses one tool. Each use has an engine of its own, which sees the files below the roots and is ended with it.
 * @param fileSystem where files are, without limits
 * @throws EigenlensError "usage" for an input that is not by the schema and for a path outside the roots; as the tool
 *   does; CancelledError
 */
export async function useTool(
  request: ToolRequest,
  fileSystem: FileSystem,
  engines: ProductEngineOptions,
  call: EngineCall,
): Promise<ToolAnswer> {
  const { tool, input, roots: folders, options = defaultGedOptions, keep = false } = request;
  const roots = folders === undefined ? anywhere : await openRoots(folders);
  const inputs = new TrackedFiles(rootedFileSystem(fileSystem, roots));
  const engine = new Engine(inputs.fileSystem, engines);
  try {
    const { result, lines, document } = await tools[tool].use(input, {
      ...{ engine, inputs, roots, options, keep, call },
      folder: request.folder ?? folders?.[0],
    });
    return {
      result: harmless(result),
      text: lines.map((line) => printable(line, longestLine)).join("\n"),
      ...(document === undefined ? {} : { document }),
    };
  } finally {
    await engine.dispose();
  }
}
