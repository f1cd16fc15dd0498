// Desktop VS Code, if there is one: where it is, and whether the packaged extension works in it.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment, findOnPath, runCommand } from "./commands.mjs";
import { QUIET_SETTINGS } from "./launch.mjs";
import { extensionPackage } from "./paths.mjs";

/** How long a window may take to come up and to answer. */
const WINDOW_MILLISECONDS = 180_000;

/**
 * Desktop VS Code, where it could show a window here.
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {{ code: string } | { reason: string }} its command, or in a few words why there is none
 */
export function findDesktop(environment = process.env, platform = process.platform) {
  const code = findOnPath("code", environment.PATH ?? environment.Path);
  if (!code) return { reason: '"code" is not on PATH' };
  // A browser's or a remote window's terminal has a `code` that hands files over to that window.
  if (/code-server|vscode-server|remote-cli/i.test(realpathSync(code))) {
    return { reason: `${code} belongs to a server` };
  }
  // Inside a remote window or WSL, `code` hands over to a VS Code elsewhere, without our environment.
  if (environment.VSCODE_IPC_HOOK_CLI ?? environment.WSL_DISTRO_NAME) {
    return { reason: `${code} opens its windows on another machine` };
  }
  const display =
    platform === "linux"
      ? (environment.DISPLAY ?? environment.WAYLAND_DISPLAY)
      : !environment.SSH_CONNECTION;
  return display ? { code } : { reason: `${code} has no display here` };
}

/**
 * How a command of VS Code's is started: on Windows `code` is a batch file, which only a shell can start.
 * @param {string} code
 * @param {readonly string[]} options
 */
export function codeCommand(code, options) {
  const shell = process.platform === "win32";
  const args = shell ? options.map((option) => `"${option}"`) : [...options];
  return { command: shell ? `"${code}"` : code, args, shell };
}

/**
 * `code` only starts the window's process; that process keeps its id in its profile, and removes it when it ends.
 * @param {string} profile the folder given as --user-data-dir
 */
export function endDesktop(profile) {
  try {
    const id = Number(readFileSync(join(profile, "code.lock"), "utf8"));
    // 0 would mean this very process group.
    if (id > 0) process.kill(id, "SIGTERM");
  } catch {
    // It has ended, or never began.
  }
}

/**
 * Installs the packaged extension into desktop VS Code, in a profile of its own, and activates it.
 * @returns {Promise<string>} one line that says what was found, or why nothing was tried
 * @throws Error if it cannot be installed or does not activate
 */
export async function tryDesktop() {
  const found = findDesktop();
  if ("reason" in found) {
    return `Not tried in desktop VS Code: ${found.reason}. The end-to-end tests use code-server.`;
  }
  const temporary = mkdtempSync(join(tmpdir(), "eigenlens-desktop-"));
  const profile = join(temporary, "profile");
  try {
    const answer = await answerOf(found.code, temporary, profile);
    if (answer.error)
      throw new Error(`The extension did not activate in ${found.code}: ${answer.error}`);
    return `${found.code}: version ${answer.version} installed and activated, ${answer.commands} commands.`;
  } finally {
    endDesktop(profile);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/**
 * @param {string} code
 * @param {string} temporary
 * @param {string} profile
 * @returns {Promise<{ version?: string, commands?: number, error?: string }>} what the probe has found
 */
async function answerOf(code, temporary, profile) {
  mkdirSync(join(profile, "User"), { recursive: true });
  const settings = JSON.stringify(QUIET_SETTINGS, undefined, 2);
  writeFileSync(join(profile, "User", "settings.json"), settings);
  const places = ["--user-data-dir", profile, "--extensions-dir", join(temporary, "extensions")];
  const environment = cleanEnvironment();
  const install = codeCommand(code, [
    ...places,
    "--install-extension",
    extensionPackage,
    "--force",
  ]);
  await runCommand(install.command, install.args, { environment, shell: install.shell });

  const answer = join(temporary, "answer.json");
  const probe = writeProbe(join(temporary, "probe"), answer);
  const isRoot = process.getuid?.() === 0;
  const window = codeCommand(code, [
    ...places,
    ...["--extensionDevelopmentPath", probe, "--disable-workspace-trust", "--new-window"],
    ...(isRoot ? ["--no-sandbox"] : []),
  ]);
  const child = spawn(window.command, window.args, {
    stdio: "ignore",
    shell: window.shell,
    env: environment,
  });
  /** @type {Error | undefined} */
  let failed;
  child.on("error", (error) => (failed = error));
  const end = Date.now() + WINDOW_MILLISECONDS;
  while (!existsSync(answer)) {
    if (failed) throw failed;
    if (Date.now() > end) throw new Error(`${code} opened no window in which extensions run.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return JSON.parse(readFileSync(answer, "utf8"));
}

/**
 * Writes an extension that activates Eigenlens as soon as the window is up, and writes down what came of it.
 * @param {string} folder
 * @param {string} answer the file that it writes, whole
 * @returns {string} the folder
 */
export function writeProbe(folder, answer) {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name: "eigenlens-probe", publisher: "eigenlens", version: "1.0.0", main: "./probe.js" },
    ...{ engines: { vscode: "^1.95.0" }, activationEvents: ["onStartupFinished"] },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "probe.js"),
    `const { renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");
const answer = ${JSON.stringify(answer)};

async function look() {
  const extension = vscode.extensions.getExtension("eigenlens.eigenlens");
  if (!extension) throw new Error("it is not installed");
  await extension.activate();
  const declared = extension.packageJSON.contributes.commands.map(({ command }) => command);
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = declared.filter((command) => !registered.has(command));
  if (missing.length > 0) throw new Error("it lacks " + missing.join(", "));
  return { version: extension.packageJSON.version, commands: declared.length };
}

exports.activate = () =>
  look()
    .catch((error) => ({ error: String(error && error.message ? error.message : error) }))
    .then((found) => {
      writeFileSync(answer + ".partial", JSON.stringify(found));
      renameSync(answer + ".partial", answer);
    });
`,
  );
  return folder;
}
