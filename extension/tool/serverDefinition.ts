import { join } from "node:path";
import * as vscode from "vscode";

/** What later versions of VS Code have beyond the one that the extension is compiled against (1.101). */
interface LaterApi {
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string | number | null>,
    version: string,
  ) => object;
}
interface LaterLanguageModels {
  readonly registerMcpServerDefinitionProvider?: (
    id: string,
    provider: { provideMcpServerDefinitions(): object[] },
  ) => vscode.Disposable;
}

/** The same as in the manifest. */
const providerId = "eigenlens.tools";

/**
 * Offers the bundled command line as a server of the Model Context Protocol whose roots are the workspace's folders.
 * @returns nothing if the editor knows no such servers
 */
export function offerServer(extension: vscode.ExtensionContext): vscode.Disposable[] {
  const { McpStdioServerDefinition: Definition } = vscode as LaterApi;
  const { registerMcpServerDefinitionProvider: register } = vscode.lm as LaterLanguageModels;
  if (Definition === undefined || register === undefined) return [];
  const provider = {
    provideMcpServerDefinitions: () => {
      // A program of its own sees files of the disk only.
      const roots = (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === "file")
        .flatMap(({ uri }) => ["--root", uri.fsPath]);
      if (roots.length === 0) return [];
      return [
        new Definition(
          "Eigenlens",
          process.execPath,
          [join(extension.extensionPath, "dist", "cli.js"), "mcp", ...roots],
          // The editor's program is a Node when it is told so.
          { ELECTRON_RUN_AS_NODE: "1" },
          String((extension.extension.packageJSON as { readonly version: unknown }).version),
        ),
      ];
    },
  };
  return [register.call(vscode.lm, providerId, provider)];
}
