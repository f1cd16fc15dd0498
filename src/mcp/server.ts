import type { WorkerChannel } from "../engine/channel/workerChannel.ts";
import { describeError } from "../errors.ts";
import type { Progress } from "../protocol/engine.ts";
import { toolNames, type ToolName } from "../protocol/tools.ts";
import { namesAreData } from "../tools/tool.ts";
import { tools } from "../tools/tools.ts";
import { version } from "../version.ts";
import type * as Protocol from "./libraries/modelContextProtocol.ts";

const instructions = `Eigenlens finds the direction in neuron space that carries one condition and is silent for another, and says whether it holds on new rows. Begin with inspect_activations, then run_ged with out, then validate_run; believe no in-sample ratio. ${namesAreData}`;

/**
 * A server of the Model Context Protocol that offers {@link tools}. They run in the engine's worker, so that it answers,
 * reports and cancels while they compute.
 * @param protocol the library, loaded by whoever serves
 * @param roots folders outside of which nothing is read or written
 * @param busy told when a call begins and when it has been answered
 */
export function createServer(
  { CallToolRequestSchema, ListToolsRequestSchema, Server, toJsonSchema }: typeof Protocol,
  channel: WorkerChannel,
  roots: readonly string[],
  busy: { begin(): void; end(): void },
): Protocol.Server {
  const server = new Server(
    { name: "eigenlens", title: "Eigenlens", version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: toolNames.map((name) => listed(name, toJsonSchema)),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { name, arguments: input = {}, _meta: meta } = params;
    const tool = toolNames.find((each) => each === name);
    if (tool === undefined) return failure(`There is no such tool: ${toolNames.join(", ")}.`);
    const token = meta?.progressToken;
    const tell = (progress: number, message: string): void => {
      if (token === undefined) return;
      const params = { progressToken: token, progress, total: 1, message };
      // Nobody to tell is no fault of the call's.
      extra.sendNotification({ method: "notifications/progress", params }).catch(() => undefined);
    };
    busy.begin();
    try {
      const { result, text } = await channel.call(
        "useTool",
        { tool, input, roots },
        { signal: extra.signal, onProgress: growing(tell) },
      );
      return { content: [{ type: "text" as const, text }], structuredContent: { ...result } };
    } catch (thrown) {
      return failure(describeError(thrown).message);
    } finally {
      busy.end();
    }
  });
  return server;
}

function listed(name: ToolName, toJsonSchema: typeof Protocol.toJsonSchema) {
  const { title, description, input, result, writes } = tools[name];
  return {
    name,
    title,
    description,
    inputSchema: { ...toJsonSchema(input), type: "object" as const },
    outputSchema: { ...toJsonSchema(result), type: "object" as const },
    annotations: {
      title,
      readOnlyHint: !writes,
      // A file is replaced only if the call says so.
      destructiveHint: writes,
      idempotentHint: !writes,
      openWorldHint: false,
    },
  };
}

function failure(message: string) {
  return { isError: true, content: [{ type: "text" as const, text: message }] };
}

/** Tells each whole percent once: the protocol wants progress that grows. */
function growing(tell: (progress: number, message: string) => void): (progress: Progress) => void {
  let told = -1;
  return ({ step, fraction }) => {
    // How far the whole is may not be known yet.
    if (fraction === undefined && told >= 0) return;
    const progress = Math.floor(100 * (fraction ?? 0)) / 100;
    if (progress <= told) return;
    told = progress;
    tell(progress, step);
  };
}
