import { join } from "node:path";
import { WorkerChannel } from "../engine/channel/workerChannel.ts";
import { openRoots } from "../tools/places/roots.ts";
import type { EngineLog } from "../engine/channel/workerChannel.ts";
import { createServer } from "./server.ts";

/**
 * Serves tools on standard input and output until the input ends and what was asked is answered.
 * @param roots absolute paths of folders
 * @param log never standard output, which is the protocol's
 * @throws EigenlensError "usage" for a root that is no folder
 */
export async function serve(
  roots: readonly string[],
  tensorflowFolders: readonly string[],
  log: EngineLog,
): Promise<void> {
  await openRoots(roots);
  // Loaded when wanted: the other commands start without it.
  const protocol = await import("./libraries/modelContextProtocol.ts");
  const channel = new WorkerChannel({
    name: "tools",
    workerPath: join(__dirname, "worker.js"),
    workerData: () => ({ tensorflowFolders }),
    log,
    silent: true,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      let calls = 0;
      let ended = false;
      const server = createServer(protocol, channel, roots, {
        begin: () => {
          calls += 1;
        },
        end: () => {
          calls -= 1;
          leaveIfDone();
        },
      });
      const leaveIfDone = (): void => {
        // The answer is sent in the turns that follow.
        if (ended && calls === 0) setImmediate(() => void server.close());
      };
      server.onclose = resolve;
      server.onerror = (fault) => log.warn(fault.message);
      process.stdin.once("end", () => {
        ended = true;
        // Requests that came with the end are taken up in the turns that follow.
        setImmediate(leaveIfDone);
      });
      server.connect(new protocol.StdioServerTransport()).catch(reject);
    });
  } finally {
    await channel.dispose();
  }
}
