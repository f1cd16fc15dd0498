// Writes the English bundle anew, puts every translation into its order, and says what they lack (`npm run l10n`).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { faultsOf } from "./check.mjs";
import { englishBundle } from "./extract.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const english = englishBundle(root);
write("l10n/bundle.l10n.json", english);

let faults = 0;
for (const name of readdirSync(join(root, "l10n"))) {
  if (/^bundle\.l10n\.[\w-]+\.json$/.test(name)) update(`l10n/${name}`, english);
}
for (const name of readdirSync(root)) {
  if (/^package\.nls\.[\w-]+\.json$/.test(name)) update(name, read("package.nls.json"));
}
process.exitCode = faults > 0 ? 1 : 0;

/**
 * @param {string} path
 * @param {Record<string, unknown>} original
 */
function update(path, original) {
  const translated = read(path);
  for (const fault of faultsOf(original, translated)) {
    console.log(`${path}: ${fault}`);
    faults += 1;
  }
  const kept = Object.keys(original).filter((key) => Object.hasOwn(translated, key));
  write(path, Object.fromEntries(kept.map((key) => [key, translated[key]])));
}

/**
 * @param {string} path
 * @returns {Record<string, unknown>}
 */
function read(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/**
 * @param {string} path
 * @param {Record<string, unknown>} content
 */
function write(path, content) {
  writeFileSync(join(root, path), `${JSON.stringify(content, undefined, 2)}\n`);
}
