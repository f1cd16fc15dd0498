// The HDF5 filters of the plugin package as one module, `hdf5-plugins`: packed together, since most of them carry a
// copy of the same codecs and of the same runtime. A third of what each by itself would take.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** All that the package has but jpeg, which is for pictures. Those that share most stand next to each other. */
const names = "lz4 bz2 zfp bitgroom bitround lzf zstd bshuf blosc blosc2".split(" ");

/** What the module is made from, below the project's folder: bundlers see the module alone. */
export const packedPlugins = names.map(
  (name) => `node_modules/h5wasm-plugins/plugins/libH5Z${name}.so`,
);

/** Window of the whole; beyond this quality minutes are spent for a few kilobytes. */
const packing = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_LGWIN]: 24 },
};

/**
 * Makes the module: `files` (a name and a length each) and `packed` (all of them, one after the other).
 * @type {import("esbuild").Plugin}
 */
export const hdf5Plugins = {
  name: "hdf5-plugins",
  setup(bundler) {
    bundler.onResolve({ filter: /^hdf5-plugins$/ }, ({ path }) => ({ path, namespace: path }));
    bundler.onLoad({ filter: /.*/, namespace: "hdf5-plugins" }, async () => {
      const folder = dirname(createRequire(import.meta.url).resolve("h5wasm-plugins"));
      const contents = await Promise.all(
        names.map((name) => readFile(join(folder, "plugins", `libH5Z${name}.so`))),
      );
      const files = names.map((name, at) => [name, contents[at]?.byteLength ?? 0]);
      const packed = brotliCompressSync(Buffer.concat(contents), packing).toString("base64");
      return {
        contents: `export const files = ${JSON.stringify(files)};\nexport const packed = "${packed}";\n`,
        loader: "js",
      };
    });
  },
};
