import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import type { ToolName } from "../../src/protocol/tools.ts";

/** What a tool gave, or the one line that says why it gave nothing. */
export interface ToolReply {
  readonly isError: boolean;
  readonly text: string;
  readonly result: unknown;
}

/** The built command line as a server, and the official SDK's own client, which checks results by the schemas. */
export async function toolServer(...roots: readonly string[]) {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ["dist/cli.js", "mcp", ...roots.flatMap((root) => ["--root", root])],
    }),
  );
  // The client checks results by what the list says.
  const { tools } = await client.listTools();
  return {
    client,
    tools,
    async use(
      name: ToolName,
      input: Readonly<Record<string, unknown>>,
      options: {
        readonly signal?: AbortSignal;
        readonly onprogress?: (progress: Progress) => void;
      } = {},
    ): Promise<ToolReply> {
      const reply = await client.callTool({ name, arguments: { ...input } }, undefined, options);
      const [content] = Array.isArray(reply.content) ? reply.content : [];
      return {
        isError: reply.isError === true,
        text: typeof content?.text === "string" ? content.text : "",
        result: reply.structuredContent,
      };
    },
    close: () => client.close(),
  };
}
