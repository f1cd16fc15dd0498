import { existsSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, isExecutable, runCommand } from "./commands.mjs";

const PROGRAMS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
  "chrome",
  "msedge",
];

/** Chromium without a sandbox (containers have none), without a GPU and without calls home. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/** Where installers put browsers that are not on PATH. */
function usualPlaces() {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== "win32") return ["/usr/lib/chromium/chromium", "/snap/bin/chromium"];
  const folders = [
    process.env.PROGRAMFILES,
    process.env["PROGRAMFILES(X86)"],
    process.env.LOCALAPPDATA,
  ];
  return folders
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Chromium", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);
}

/**
 * An installed browser that Playwright's Chromium driver can drive.
 * The environment variable EIGENLENS_BROWSER names another one.
 * @returns {string | undefined} its path
 */
export function findBrowser() {
  const chosen = process.env.EIGENLENS_BROWSER;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(
      `EIGENLENS_BROWSER is "${chosen}", which is not a program: correct or unset it.`,
    );
  }
  for (const name of PROGRAMS) {
    const path = findOnPath(name);
    if (path) return path;
  }
  return usualPlaces().find(isExecutable);
}

/**
 * Finds a browser, or installs Chromium where that is possible without asking (root on Debian).
 * @param {(line: string) => void} report takes one line of progress
 * @returns {Promise<string>} its path
 * @throws Error that says what to install
 */
export async function ensureBrowser(report) {
  const found = findBrowser();
  if (found) return found;
  await installDebianPackages("No browser found", ["chromium", "fonts-dejavu-core"], report);
  const installed = findBrowser();
  if (!installed) throw new Error("apt-get installed chromium, yet no browser is on PATH.");
  await runCommand(installed, ["--version"]);
  return installed;
}

/**
 * @param {string} reason what is missing, for the messages: "No browser found"
 * @param {readonly string[]} packages
 * @param {(line: string) => void} report
 * @throws Error where this is not a Debian on which we are root, or where apt-get fails
 */
export async function installDebianPackages(reason, packages, report) {
  const root = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!root || !findOnPath("apt-get")) {
    const names = packages.join(" ");
    throw new Error(
      `${reason}: install ${names} (Debian: sudo apt-get install ${names}) or its like on this system.`,
    );
  }
  report(`${reason}: apt-get installs ${packages.join(" ")} ...`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update", "-q"], { environment });
  const args = ["install", "-q", "-y", "--no-install-recommends", ...packages];
  await runCommand("apt-get", args, { environment });
}
