import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** How much of a failed command's output its error quotes. */
const QUOTED_LINES = 30;

/**
 * The full path of a program on PATH.
 * @param {string} name without extension
 * @param {string} [path] folders in which to look
 * @returns {string | undefined} undefined where there is none
 */
export function findOnPath(name, path = process.env.PATH ?? "") {
  const extensions = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const extension of extensions) {
      const candidate = join(folder, name + extension);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a command to its end, its output shown or kept.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, environment?: NodeJS.ProcessEnv, show?: boolean, limitMilliseconds?: number, shell?: boolean }} [options]
 *   `show` passes the output on; otherwise it is kept and quoted only where the command fails
 * @returns {Promise<string>} the kept output, empty where it was shown
 * @throws Error that names the command, how it ended and the last lines of what it said
 */
export function runCommand(command, args, options = {}) {
  const {
    cwd,
    environment = process.env,
    show = false,
    limitMilliseconds,
    shell = false,
  } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      timeout: limitMilliseconds,
      shell,
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const line = [command, ...args].join(" ");
    child.on("error", (cause) =>
      reject(new Error(`Cannot start "${line}": ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split("\n").slice(-QUOTED_LINES).join("\n");
      const end = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      reject(new Error(`"${line}" ${end}${tail ? `:\n${tail}` : ""}`));
    });
  });
}

/**
 * The command line that runs npm with a chosen Node: npm's own script, so that no shell is needed.
 * @param {string} node the Node to run it with
 * @returns {{ command: string, args: string[] }}
 * @throws Error where npm cannot be found
 */
export function npmCommand(node = process.execPath) {
  const folder = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? "",
    join(folder, "node_modules", "npm", "bin", "npm-cli.js"),
    join(folder, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(folder, "..", "share", "nodejs", "npm", "bin", "npm-cli.js"),
  ];
  const script = candidates.find((path) => path.endsWith("npm-cli.js") && existsSync(path));
  if (script) return { command: node, args: [script] };
  const program = process.platform === "win32" ? undefined : findOnPath("npm");
  if (program) return { command: program, args: [] };
  throw new Error(`npm was not found on PATH or beside ${process.execPath}: install npm.`);
}

/**
 * The environment for a tool that must not notice who started it: neither an npm script nor a
 * terminal inside another VS Code.
 * @param {string} [node] a Node whose folder comes first on PATH
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(node) {
  const unwanted =
    /^(npm_(lifecycle|package)_|npm_config_((local|global)_)?prefix$|INIT_CWD$|VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$|PORT$|PASSWORD$|HASHED_PASSWORD$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  const environment = Object.fromEntries(kept);
  const path = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  if (node) environment[path] = dirname(node) + delimiter + (environment[path] ?? "");
  return environment;
}
