// Packages the extension as dist/eigenlens.vsix and checks what is in it.
// node scripts/package.mjs
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "../test/editor/commands.mjs";
import { extensionPackage, root } from "../test/editor/paths.mjs";

const LARGEST_BYTES = 5_000_000;

/** Every file of the package matches one of these; anything else was not meant to be published. */
const ALLOWED = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/license(\.txt|\.md)?$/i,
  /^extension\/dist\/[\w-]+\.js(\.LEGAL\.txt)?$/,
  /^extension\/dist\/libraries\/[\w.-]+\.(js|wasm|LEGAL\.txt)$/,
  /^extension\/dist\/[\w.-]+\.wasm$/,
  /^extension\/dist\/webview\/[\w.-]+\.(js|css|ttf|LEGAL\.txt)$/,
  /^extension\/dist\/(THIRD-PARTY-NOTICES\.txt|eigenlens\.cdx\.json)$/,
  /^extension\/extension\/accelerator\/lock\/package(-lock)?\.json$/,
  /^extension\/extension\/media\/[\w./-]+\.(svg|png|md)$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/python\/eigenlens_(moments|dask|range|sources|sums|tree)\.py$/,
  /^extension\/samples\/(him\.npy|her\.npy|sentences\.json)$/,
];

/** Without these it would install and then not work. */
const NEEDED = [
  "extension/package.json",
  "extension/package.nls.json",
  "extension/package.nls.vi.json",
  "extension/l10n/bundle.l10n.vi.json",
  "extension/dist/extension.js",
  "extension/dist/worker.js",
  "extension/dist/webview/results.js",
  "extension/dist/webview/results.css",
  "extension/dist/webview/inspector.js",
  "extension/dist/webview/inspector.css",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/eigenlens.cdx.json",
  "extension/extension/accelerator/lock/package-lock.json",
  "extension/extension/media/icon.png",
  ...["moments", "dask", "range", "sources", "sums", "tree"].map(
    (name) => `extension/python/eigenlens_${name}.py`,
  ),
];

/**
 * Packages what `npm run build` made and checks the result.
 * @returns {Promise<string>} one line: how many files, how large
 * @throws Error that lists what is missing, too much or too large
 */
export async function packageExtension() {
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-unused-files-pattern", "--out", extensionPackage];
  const said = await runCommand(process.execPath, [vsce, "package", ...options], { cwd: root });

  const bytes = statSync(extensionPackage).size;
  const names = await filesOfPackage();
  const surplus = names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  const missing = NEEDED.filter((name) => !names.includes(name));
  const warnings = said.split("\n").filter((line) => /\bWARN(ING)?\b/.test(line));
  const faults = [
    ...warnings.map((line) => `vsce says: ${line.trim()}`),
    ...surplus.map((name) => `${name} should not be in the package`),
    ...missing.map((name) => `${name} is missing from the package`),
    ...(bytes > LARGEST_BYTES ? [`it has ${bytes} bytes, more than ${LARGEST_BYTES}`] : []),
  ];
  if (faults.length > 0) throw new Error(`${extensionPackage}:\n${faults.join("\n")}`);
  return `${extensionPackage}: ${names.length} files, ${(bytes / 1e6).toFixed(2)} MB`;
}

/** @returns {Promise<string[]>} */
async function filesOfPackage() {
  // Loaded late: the module comes with the dependencies, which may not be there yet.
  const { unzipSync } = await import("fflate");
  /** @type {string[]} */
  const names = [];
  const bytes = new Uint8Array(readFileSync(extensionPackage));
  unzipSync(bytes, { filter: ({ name }) => names.push(name) < 0 });
  return names.sort();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await packageExtension());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
