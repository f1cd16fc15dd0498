// node guardian.mjs FOLDER COMMAND [ARGUMENT...]
//
// Runs COMMAND in a process group of its own and ends the whole group as soon as standard input
// closes, which happens even when the process that holds its other end is killed outright. Then
// deletes FOLDER, the command's temporary place.
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

/** How long the group may take to end by itself before it is killed. */
const GRACE_MILLISECONDS = 3000;

const [folder, command, ...args] = process.argv.slice(2);
if (!folder || !command) throw new Error("Usage: node guardian.mjs FOLDER COMMAND [ARGUMENT...]");

const windows = process.platform === "win32";
const child = spawn(command, args, {
  detached: !windows,
  stdio: ["ignore", "inherit", "inherit"],
});
let ending = false;

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No process of the group is left.
  }
}

function end() {
  if (ending) return;
  ending = true;
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MILLISECONDS).unref();
}

function leave(/** @type {number} */ code) {
  signalGroup("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(code);
}

child.on("error", (error) => {
  console.error(`Cannot start ${command}: ${error.message}`);
  leave(1);
});
child.on("exit", (code) => leave(ending ? 0 : (code ?? 1)));
// A write to a closed pipe must not end the guardian before its work is done.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);
process.stdin.on("end", end).on("close", end).on("error", end).resume();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
  process.on(signal, end);
