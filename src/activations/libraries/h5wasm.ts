// One bundle of its own, loaded when the first HDF5 file is opened: the library brings 4 MB of WebAssembly.
import * as h5wasm from "h5wasm";
import bitshuffle from "h5wasm-plugins/plugins/libH5Zbshuf.so";
import blosc from "h5wasm-plugins/plugins/libH5Zblosc.so";
import lz4 from "h5wasm-plugins/plugins/libH5Zlz4.so";
import lzf from "h5wasm-plugins/plugins/libH5Zlzf.so";
import zstd from "h5wasm-plugins/plugins/libH5Zzstd.so";

/** Filters that h5py and hdf5plugin write and the library itself lacks, as base64. */
const plugins: Readonly<Record<string, string>> = { bshuf: bitshuffle, blosc, lz4, lzf, zstd };

let loaded: Promise<typeof h5wasm> | undefined;

/** The library, with its filters in the place where it looks for them. */
export function loadH5wasm(): Promise<typeof h5wasm> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<typeof h5wasm> {
  const { FS } = await h5wasm.ready;
  const folder = "/usr/local/hdf5/lib/plugin";
  FS.mkdirTree(folder);
  for (const [name, content] of Object.entries(plugins)) {
    FS.writeFile(`${folder}/libH5Z${name}.so`, Buffer.from(content, "base64"));
  }
  return h5wasm;
}
