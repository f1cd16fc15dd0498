import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { defineConfig } from "vitest/config";
import { mended, mendedFile } from "./src/activations/libraries/mendParquet.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const folder = join(root, ".cache", "libraries");

/** The HDF5 library runs on a thread of its own, which needs a bundle: the same as the extension's. */
const hdf5Worker = {
  name: "hdf5-worker",
  enforce: "pre" as const,
  async load(id: string) {
    if (!id.endsWith("/formats/hdf5WorkerPath.ts")) return undefined;
    const { outputFiles } = await build({
      entryPoints: [join(root, "src/activations/libraries/hdf5Worker.ts")],
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node20",
      charset: "utf8",
      loader: { ".so": "base64" },
      define: { "import.meta.url": '""' },
      logLevel: "error",
    });
    const path = join(folder, "hdf5Worker.js");
    const partial = `${path}.${process.pid}`;
    await mkdir(folder, { recursive: true });
    await writeFile(partial, outputFiles[0]?.contents ?? "");
    await rename(partial, path);
    return `export const hdf5WorkerPath = ${JSON.stringify(path)};`;
  },
};

const mendParquet = {
  name: "mend-parquet",
  enforce: "pre" as const,
  load: (id: string) => (mendedFile.test(id) ? mended(id) : undefined),
};

export default defineConfig({
  plugins: [hdf5Worker, mendParquet],
  test: {
    // Through the plugins above instead of straight from Node.
    server: { deps: { inline: [/hyparquet/] } },
    include: ["test/{unit,golden,formats,fuzz,webview}/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
