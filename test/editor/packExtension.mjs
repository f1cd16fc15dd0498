import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { strToU8, zipSync } from "fflate";

/**
 * An extension that tests install beside ours.
 * @typedef {object} SmallExtension
 * @property {string} publisher
 * @property {string} name
 * @property {string} entry a module that exports `activate`
 * @property {readonly { readonly command: string, readonly title: string }[]} commands
 * @property {string} [activation] what starts it; by default that the editor has started
 */

/**
 * Packs an extension.
 * @param {string} folder where its package is left
 * @param {SmallExtension} extension
 * @returns {string} the package's path
 */
export function packExtension(folder, extension) {
  const { publisher, name, entry, commands, activation = "onStartupFinished" } = extension;
  const manifest = {
    ...{ name, publisher, version: "1.0.0", engines: { vscode: "^1.95.0" } },
    ...{ main: "./main.cjs", activationEvents: [activation], contributes: { commands } },
  };
  const identity = `<Identity Language="en-US" Id="${name}" Version="1.0.0" Publisher="${publisher}"/>`;
  const vsix = `<?xml version="1.0" encoding="utf-8"?><PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011"><Metadata>${identity}<DisplayName>${name}</DisplayName></Metadata><Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/><Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets></PackageManifest>`;
  const types = `<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json"/><Default Extension=".cjs" ContentType="text/javascript"/><Default Extension=".vsixmanifest" ContentType="text/xml"/></Types>`;
  const path = join(folder, `${name}.vsix`);
  const bundle = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  });
  const files = {
    "extension/package.json": strToU8(JSON.stringify(manifest)),
    "extension/main.cjs": bundle.outputFiles[0]?.contents ?? new Uint8Array(),
    "extension.vsixmanifest": strToU8(vsix),
    "[Content_Types].xml": strToU8(types),
  };
  writeFileSync(path, zipSync(files));
  return path;
}
