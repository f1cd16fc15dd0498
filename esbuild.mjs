// Bundles the extension: host, worker, webviews and command line. Type-checking is apart (`npm run typecheck`).
import { build } from "esbuild";
import { rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { splitBundle } from "./scripts/bundles/splitBundle.mjs";
import { unusedScales } from "./scripts/bundles/unusedScales.mjs";
import { writeNotices } from "./scripts/notices/writeNotices.mjs";
import { packedPlugins } from "./src/activations/libraries/hdf5Plugins.mjs";
import { apartFromLibraries, libraryBundles } from "./src/activations/libraries/bundles.mjs";

const development = process.argv.includes("--development");

/** What every bundle shares. */
const common = {
  bundle: true,
  metafile: true,
  minify: !development,
  sourcemap: development ? "linked" : false,
  legalComments: "linked",
  logLevel: "warning",
};

/** Node bundles run in today's VS Code (Node 20 and later) and in a plain Node of the same age. */
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  // Stack traces in the log should name our functions.
  keepNames: true,
  external: ["vscode", "@tensorflow/tfjs-node"],
  loader: { ".py": "text" },
};

const engine = { ...node, plugins: [apartFromLibraries] };

const browser = {
  ...common,
  platform: "browser",
  format: "iife",
  target: "es2022",
  loader: { ".svg": "text" },
  plugins: [unusedScales],
};

const bundles = [
  { ...node, ...libraryBundles, outdir: "dist/libraries" },
  // Loaded by one command only, which alone waits for it.
  {
    ...node,
    entryPoints: ["src/mcp/libraries/modelContextProtocol.ts"],
    outdir: "dist/libraries",
  },
  // Started once in a window, not once for each command: parts would save little, and take more of the package.
  { ...engine, entryPoints: ["src/engine/worker.ts"], outfile: "dist/worker.js" },
  {
    ...node,
    entryPoints: ["src/ged/validation/tasks/validationThread.ts"],
    outfile: "dist/validation-thread.js",
  },
  { ...browser, entryPoints: ["webview/results/main.ts"], outfile: "dist/webview/results.js" },
  { ...browser, entryPoints: ["webview/inspector/main.ts"], outfile: "dist/webview/inspector.js" },
  { ...browser, entryPoints: ["webview/file/main.ts"], outfile: "dist/webview/file.js" },
  { ...browser, entryPoints: ["webview/sweep/main.ts"], outfile: "dist/webview/sweep.js" },
  { ...browser, entryPoints: ["webview/pairs/main.ts"], outfile: "dist/webview/pairs.js" },
  {
    ...browser,
    entryPoints: ["webview/comparison/main.ts"],
    outfile: "dist/webview/comparison.js",
  },
];

/** Programs of which a user hardly ever needs all, so that parts lie apart. */
const splitBundles = [
  { ...node, entryPoints: ["extension/extension.ts"], outfile: "dist/extension.js" },
  { ...engine, entryPoints: ["src/cli.ts"], outfile: "dist/cli.js" },
];

if (existsSync("src/linalg/kernels/build.mjs")) {
  const kernels = spawnSync(process.execPath, ["src/linalg/kernels/build.mjs"], {
    stdio: "inherit",
  });
  if (kernels.status !== 0) process.exit(kernels.status ?? 1);
}
await rm("dist", { recursive: true, force: true });
const built = await Promise.all([
  ...bundles.filter((bundle) => existsSync(bundle.entryPoints[0])).map(build),
  ...splitBundles.map(splitBundle),
]);
writeNotices(
  "dist",
  built.map(({ metafile }) => metafile),
  packedPlugins,
);
