// Shows the panel and the inspector in any browser, from a real run, without VS Code:
//   node test/webview/serve.mjs [TARGET REFERENCE]
// Themes: ?theme=light, dark, highContrast, highContrastLight.
import { build } from "esbuild";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..", "..");
const outfile = join(root, ".cache", "webview-page", "development.cjs");
await build({
  absWorkingDir: root,
  entryPoints: ["test/webview/support/development.ts"],
  bundle: true,
  platform: "node",
  format: "cjs",
  // The page's own bundles are made by esbuild; HDF5's library is an ES module.
  external: ["esbuild", "h5wasm"],
  loader: { ".so": "base64" },
  outfile,
  logLevel: "warning",
});
const { default: development } = await import(pathToFileURL(outfile).href);
const [target = "samples/him.npy", reference = "samples/her.npy"] = process.argv.slice(2);
await development.serve(root, target, reference);
