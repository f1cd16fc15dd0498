// Bundles the extension: host, worker, webviews and command line. Type-checking is apart (`npm run typecheck`).
import { build } from "esbuild";
import { rm } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { spawnSync } from "node:child_process";
import { mended, mendedFile } from "./src/activations/libraries/mendParquet.mjs";

const development = process.argv.includes("--development");

/** What every bundle shares. */
const common = {
  bundle: true,
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
};

/**
 * Format libraries (HDF5, parquet, Arrow, zarr) are bundles of their own, shared by worker and command line
 * and loaded when the first such file is opened.
 */
const libraryFolder = "src/activations/libraries";
const apartFromLibraries = {
  name: "apart-from-libraries",
  setup(bundler) {
    bundler.onResolve({ filter: /\/libraries\/\w+\.ts$/ }, ({ path, kind }) =>
      kind === "entry-point"
        ? null
        : { path: `./libraries/${basename(path, ".ts")}.js`, external: true },
    );
  },
};
const mendParquet = {
  name: "mend-parquet",
  setup(bundler) {
    bundler.onLoad({ filter: mendedFile }, async ({ path }) => ({ contents: await mended(path) }));
  },
};
const libraries = readdirSync(libraryFolder)
  .filter((name) => /^\w+\.ts$/.test(name))
  .map((name) => `${libraryFolder}/${name}`);

const engine = { ...node, plugins: [apartFromLibraries] };

const browser = {
  ...common,
  platform: "browser",
  format: "iife",
  target: "es2022",
  loader: { ".ttf": "file", ".svg": "text" },
};

const bundles = [
  {
    ...node,
    entryPoints: libraries,
    outdir: "dist/libraries",
    plugins: [mendParquet],
    loader: { ".so": "base64" },
    // Embedded WebAssembly is text of all kinds of characters: escapes would double it.
    charset: "utf8",
    // The HDF5 library asks where it lies only to find a file that it has embedded.
    define: { "import.meta.url": '""' },
    sourcemap: false,
  },
  { ...node, entryPoints: ["extension/extension.ts"], outfile: "dist/extension.js" },
  { ...engine, entryPoints: ["src/engine/worker.ts"], outfile: "dist/worker.js" },
  {
    ...node,
    entryPoints: ["src/ged/validate/validationThread.ts"],
    outfile: "dist/validation-thread.js",
  },
  { ...engine, entryPoints: ["src/cli.ts"], outfile: "dist/cli.js" },
  { ...browser, entryPoints: ["webview/results/main.ts"], outfile: "dist/webview/results.js" },
  { ...browser, entryPoints: ["webview/inspector/main.ts"], outfile: "dist/webview/inspector.js" },
  { ...browser, entryPoints: ["webview/file/main.ts"], outfile: "dist/webview/file.js" },
  { ...browser, entryPoints: ["webview/sweep/main.ts"], outfile: "dist/webview/sweep.js" },
];

if (existsSync("src/linalg/kernels/build.mjs")) {
  const kernels = spawnSync(process.execPath, ["src/linalg/kernels/build.mjs"], {
    stdio: "inherit",
  });
  if (kernels.status !== 0) process.exit(kernels.status ?? 1);
}
await rm("dist", { recursive: true, force: true });
await Promise.all(bundles.filter((bundle) => existsSync(bundle.entryPoints[0])).map(build));
