// npm start: shows the sample data's him/her separation, in the terminal and in VS Code.
// node scripts/start.mjs [--port N]
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cleanEnvironment, runCommand } from "../test/editor/commands.mjs";
import { ensureDependencies } from "../test/editor/dependencies.mjs";
import { codeCommand, endDesktop, findDesktop } from "../test/editor/desktop.mjs";
import { ensureEditor } from "../test/editor/install.mjs";
import { launchEditor, QUIET_SETTINGS } from "../test/editor/launch.mjs";
import { packageExtension } from "./package.mjs";
import { extensionPackage, root } from "../test/editor/paths.mjs";

const samples = join(root, "samples");
const target = join(samples, "him.npy");
const reference = join(samples, "her.npy");
/** The extension makes this run, and shows it, once when it starts. */
const environment = { EIGENLENS_AUTORUN: `${target}\n${reference}` };
const report = (/** @type {string} */ line) => console.log(line);

/**
 * @returns {number} 0 for any free port
 * @throws Error where the argument is no port
 */
function chosenPort() {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const port = Number(values.port ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`--port is "${values.port}": give a number from 1 to 65535.`);
}

/**
 * Opens desktop VS Code with a profile of its own.
 * @param {string} code
 * @returns {{ ended: Promise<number>, stop: () => Promise<void> }}
 */
function openDesktop(code) {
  const temporary = mkdtempSync(join(tmpdir(), "eigenlens-code-"));
  const user = join(temporary, "User");
  mkdirSync(user);
  writeFileSync(join(user, "settings.json"), JSON.stringify(QUIET_SETTINGS, undefined, 2));
  const options = [
    ...["--user-data-dir", temporary, "--extensionDevelopmentPath", root],
    ...["--disable-extensions", "--new-window", "--wait", samples],
  ];
  const { command, args, shell } = codeCommand(code, options);
  const child = spawn(command, args, {
    stdio: "inherit",
    shell,
    env: { ...cleanEnvironment(), ...environment },
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      // The window's process outlives a `code` that Ctrl-C has ended.
      endDesktop(temporary);
      rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      resolve(exitCode ?? 0);
    });
  });
  const stop = async () => {
    endDesktop(temporary);
    child.kill();
    await ended;
  };
  return { ended, stop };
}

async function main() {
  const port = chosenPort();
  const desktop = findDesktop();
  await ensureDependencies(report);
  report("Building ...");
  await runCommand(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, show: true });
  report("\nnode dist/cli.js run samples/him.npy samples/her.npy\n");
  const cli = [join("dist", "cli.js"), "run", "samples/him.npy", "samples/her.npy"];
  await runCommand(process.execPath, cli, { cwd: root, show: true });

  report("");
  const opened = "code" in desktop ? openDesktop(desktop.code) : await openInBrowser(port);
  const stop = async () => {
    await opened.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => void stop());
  process.exitCode = await opened.ended;
}

/** @param {number} port */
async function openInBrowser(port) {
  const editor = await ensureEditor(report);
  report(await packageExtension());
  const running = await launchEditor({
    editor,
    folder: samples,
    extension: extensionPackage,
    port,
    environment,
  });
  report(`VS Code shows him vs her at\n\n  ${running.url}\n\nCtrl-C ends it.`);
  return running;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
