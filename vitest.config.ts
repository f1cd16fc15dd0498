import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { defineConfig } from "vitest/config";
import { libraryBundles } from "./src/activations/libraries/bundles.mjs";
import { mended, mendedFile } from "./src/activations/libraries/mendParquet.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const folder = join(root, ".cache", "libraries");

/** Threads of the libraries need bundles: the same as the extension's. What needs each, and what it loads. */
const workers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  hdf5: ["hdf5Worker"],
  zarr: ["zarrWorker", "zstd", "blosc", "lz4"],
};

const libraryWorkers = {
  name: "library-workers",
  enforce: "pre" as const,
  async load(id: string) {
    const format = /\/formats\/(\w+)\/workerPath\.ts$/.exec(id)?.[1] ?? "";
    const bundles = workers[format];
    if (bundles === undefined) return undefined;
    const { outputFiles } = await build({
      ...libraryBundles,
      entryPoints: bundles.map((bundle) => join(root, `src/activations/libraries/${bundle}.ts`)),
      outdir: folder,
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
    });
    await mkdir(folder, { recursive: true });
    for (const { path, contents } of outputFiles) {
      const partial = `${path}.${process.pid}`;
      await writeFile(partial, contents);
      await rename(partial, path);
    }
    return `export const ${format}WorkerPath = ${JSON.stringify(join(folder, `${bundles[0]}.js`))};`;
  },
};

const mendParquet = {
  name: "mend-parquet",
  enforce: "pre" as const,
  load: (id: string) => (mendedFile.test(id) ? mended(id) : undefined),
};

/** As the bundles have them: templates of scripts are texts. */
const pythonTexts = {
  name: "python-texts",
  enforce: "pre" as const,
  load: async (id: string) =>
    id.endsWith(".py")
      ? `export default ${JSON.stringify(await readFile(id, "utf8"))};`
      : undefined,
};

export default defineConfig({
  plugins: [libraryWorkers, mendParquet, pythonTexts],
  test: {
    // Through the plugins above instead of straight from Node.
    server: { deps: { inline: [/hyparquet/] } },
    setupFiles: ["test/support/englishPage.ts"],
    include: ["test/{unit,golden,formats,fuzz,webview}/**/*.test.ts"],
    // Deadlines, not demands: whatever is waited for may take its time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ["default"],
  },
});
