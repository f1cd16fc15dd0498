import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment, runCommand } from "./commands.mjs";
import { root } from "./paths.mjs";

/** How long the server may take to say where it listens. */
const START_MILLISECONDS = 60_000;

/** User settings that keep the editor's own features out of the way. */
export const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "security.workspace.trust.enabled": false,
  "chat.disableAIFeatures": true,
  "explorer.autoReveal": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
};

/**
 * A running editor.
 * @typedef {object} RunningEditor
 * @property {string} url opens `folder` in a browser
 * @property {string} userData where the editor keeps what its extensions store
 * @property {Promise<number>} ended the server's exit code, once it ended
 * @property {() => Promise<void>} stop ends every process of the editor and deletes its temporary files
 */

/**
 * Starts code-server on 127.0.0.1 with a profile of its own and one extension installed. Everything
 * it starts ends with {@link RunningEditor.stop}, and also when this process ends in any way.
 * @param {object} options
 * @param {import("./install.mjs").Editor} options.editor
 * @param {string} options.folder the workspace to open
 * @param {string} [options.extension] a .vsix to install
 * @param {readonly string[]} [options.others] further .vsix files
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {Record<string, unknown>} [options.settings] user settings, added to the quiet ones
 * @param {Record<string, string>} [options.environment] variables for the extension host
 * @returns {Promise<RunningEditor>}
 * @throws Error with the server's output where it does not come up
 */
export async function launchEditor(options) {
  const { editor, extension, others = [], port = 0, settings = {}, environment = {} } = options;
  const folder = realpathSync(options.folder);
  const temporary = mkdtempSync(join(tmpdir(), "eigenlens-editor-"));
  const userData = join(temporary, "user-data");
  const extensions = join(temporary, "extensions");
  const profile = ["--user-data-dir", userData, "--extensions-dir", extensions];
  const configuration = join(temporary, "configuration.yaml");
  const variables = {
    ...cleanEnvironment(editor.node),
    // Its logs would otherwise go to the user's home.
    XDG_DATA_HOME: join(temporary, "data"),
    ...environment,
  };
  try {
    mkdirSync(join(userData, "User"), { recursive: true });
    mkdirSync(extensions);
    const settingsFile = join(userData, "User", "settings.json");
    writeFileSync(settingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2));
    // Without a file of its own code-server writes one into the user's home.
    writeFileSync(configuration, "auth: none\ncert: false\n");
    profile.push("--config", configuration);
    for (const path of extension ? [extension, ...others] : others) {
      const install = [editor.entry, ...profile, "--install-extension", path];
      await runCommand(editor.node, install, { environment: variables });
    }
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }

  const guardian = spawn(
    process.execPath,
    [
      join(root, "test", "editor", "guardian.mjs"),
      temporary,
      editor.node,
      editor.entry,
      ...profile,
      ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
      ...["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
      "--disable-getting-started-override",
      folder,
    ],
    // A group of its own: Ctrl-C in the terminal must not end the guardian before its work is done.
    { stdio: ["pipe", "pipe", "pipe"], env: variables, detached: process.platform !== "win32" },
  );
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => guardian.on("close", (code) => resolve(code ?? 1)));
  const stop = async () => {
    guardian.stdin.end();
    await ended;
  };
  try {
    const address = await listeningAddress(guardian, ended);
    const url = `${address}/?folder=${encodeURIComponent(folder)}`;
    return { url, userData, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Waits for the line in which the server says where it listens.
 * @param {import("node:child_process").ChildProcessByStdio<import("node:stream").Writable, import("node:stream").Readable, import("node:stream").Readable>} server
 * @param {Promise<number>} ended
 * @returns {Promise<string>} `http://127.0.0.1:PORT`
 */
function listeningAddress(server, ended) {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (/** @type {string} */ what) =>
      reject(new Error(`code-server ${what}:\n${output.trimEnd()}`));
    const seconds = START_MILLISECONDS / 1000;
    const timer = setTimeout(() => fail(`did not come up within ${seconds} s`), START_MILLISECONDS);
    const listen = (/** @type {Buffer} */ chunk) => {
      // Later output is still read, so that the pipe never fills, but not kept.
      output = (output + chunk.toString()).slice(-20_000);
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    void ended.then((code) => {
      clearTimeout(timer);
      fail(`ended with exit code ${code}`);
    });
  });
}
