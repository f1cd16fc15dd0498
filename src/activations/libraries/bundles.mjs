// How the format libraries (HDF5, parquet, Arrow, zarr) are bundled: each by itself, shared by worker and command
// line, and loaded when the first such file is opened.
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hdf5Plugins } from "./hdf5Plugins.mjs";
import * as mendNumcodecs from "./mendNumcodecs.mjs";
import * as mendParquet from "./mendParquet.mjs";

const folder = dirname(fileURLToPath(import.meta.url));

/**
 * Libraries that are changed a little on their way into a bundle; each file says why.
 * @type {import("esbuild").Plugin}
 */
const mend = {
  name: "mend",
  setup(bundler) {
    for (const { mended, mendedFile } of [mendNumcodecs, mendParquet]) {
      bundler.onLoad({ filter: mendedFile }, async ({ path }) => ({
        contents: await mended(path),
      }));
    }
  },
};

/**
 * Codecs that several of the bundles need are bundles of their own.
 * @type {import("esbuild").Plugin}
 */
const sharedCodecs = {
  name: "shared-codecs",
  setup(bundler) {
    const shared = /^(?:numcodecs|\.|(?:\.\.\/)+libraries)\/(zstd|blosc|lz4)(?:\.ts)?$/;
    bundler.onResolve({ filter: shared }, ({ path, importer, kind }) => {
      const name = shared.exec(path)?.[1] ?? "";
      const isItself = kind === "entry-point" || basename(importer) === `${name}.ts`;
      return isItself ? null : { path: `./${name}.js`, external: true };
    });
  },
};

/**
 * The libraries' own bundles: options for esbuild beside those that all bundles for Node share.
 * @satisfies {import("esbuild").BuildOptions}
 */
export const libraryBundles = {
  entryPoints: readdirSync(folder)
    .filter((name) => /^\w+\.ts$/.test(name))
    .map((name) => join(folder, name)),
  plugins: [mend, sharedCodecs, hdf5Plugins],
  // Loaded by `require`: `import()` would look for exports in a megabyte of embedded WebAssembly first.
  supported: { "dynamic-import": false },
  // Embedded WebAssembly is text of all kinds of characters: escapes would double it.
  charset: "utf8",
  // The HDF5 library asks where it lies only to find a file that it has embedded.
  define: { "import.meta.url": '""' },
  sourcemap: false,
};

/**
 * For bundles that load the libraries from the folder beside them.
 * @type {import("esbuild").Plugin}
 */
export const apartFromLibraries = {
  name: "apart-from-libraries",
  setup(bundler) {
    bundler.onResolve({ filter: /\/libraries\/\w+\.ts$/ }, ({ path, kind }) =>
      kind === "entry-point"
        ? null
        : { path: `./libraries/${basename(path, ".ts")}.js`, external: true },
    );
  },
};
