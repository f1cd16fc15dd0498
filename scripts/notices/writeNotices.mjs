import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { billOfMaterials } from "./billOfMaterials.mjs";
import { inventory } from "./inventory.mjs";
import { checkLicences } from "./licences.mjs";
import { noticesText } from "./noticesText.mjs";

/** The list of all bundled files, for tests; not in the package. */
export const inputsFile = "bundled-files.json";
export const noticesFile = "THIRD-PARTY-NOTICES.txt";
export const billFile = "eigenlens.cdx.json";

/**
 * Writes what the bundles contain of others beside them.
 * @param {string} folder of the bundles
 * @param {readonly import("esbuild").Metafile[]} metafiles of all bundles
 * @param {readonly string[]} packed files that were packed into a module of a bundle
 * @throws Error if something has no licence, or one under which it must not be in the package
 */
export function writeNotices(folder, metafiles, packed) {
  const bundled = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const inputs = [...new Set([...bundled, ...packed])].sort();
  const components = inventory(inputs);
  checkLicences(components);
  writeFileSync(join(folder, inputsFile), JSON.stringify(inputs, undefined, 1));
  writeFileSync(join(folder, noticesFile), noticesText(components));
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  writeFileSync(join(folder, billFile), billOfMaterials(manifest, components));
}
