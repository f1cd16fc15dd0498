import { resolve } from "node:path";
import { startPageServer } from "./pageServer.ts";
import { RunHost } from "./runHost.ts";

/** Serves the development page until the process is interrupted, and prints where. */
export async function serve(root: string, target: string, reference: string): Promise<void> {
  const host = await RunHost.create(resolve(root, target), resolve(root, reference));
  const server = await startPageServer(root, host);
  console.log(`Panel: ${server.address}/  Inspector: ${server.address}/inspector`);
  process.once("SIGINT", () => {
    void server.close().then(() => host.dispose());
  });
}
