// What is in the bundles that is not ours: packages, and what is compiled into them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

/**
 * Something that is in the bundles under a licence of its own.
 * @typedef {object} Component
 * @property {string} name
 * @property {string} [version] absent if whoever compiled it in does not say
 * @property {string} licence SPDX expression
 * @property {string} text of the licence and of its notices
 * @property {string} purl package URL
 * @property {string[]} inside the packages that it is compiled into; empty for packages themselves
 */

/**
 * What `embedded.json` says: it is kept by hand.
 * @typedef {object} Embedded
 * @property {Record<string, string>} reviewed the versions of packages in which was looked for what they embed
 * @property {Record<string, { licence?: string, text?: string }>} packages what a package itself leaves open
 * @property {{ name: string, version?: string, licence: string, text: string, purl: string, inside: string[] }[]} components
 *   `inside` are beginnings of bundled files' paths, without node_modules
 */

/** @type {Embedded} */
export const embedded = JSON.parse(readFileSync(join(here, "embedded.json"), "utf8"));

const licenceFile = /^(licen[cs]e|copying|notices?|copyright(notice)?)(\.(txt|md))?$/i;

/**
 * @param {readonly string[]} inputs the bundled files' paths below the project's folder
 * @returns {Component[]} sorted by name and version
 * @throws Error if a package is of another version than the one that `embedded.json` was written for, or has no
 *   licence
 */
export function inventory(inputs) {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const packages = [...folders].map(describePackage);
  return [...packages, ...embeddedIn(inputs)].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version ?? "", b.version ?? ""),
  );
}

/**
 * @param {string} input
 * @returns {string | undefined} the folder of the package that a bundled file is from
 */
function packageFolder(input) {
  return /^(?:.*[/:])?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/**
 * @param {string} folder
 * @returns {Component}
 */
function describePackage(folder) {
  const path = join(root, folder);
  const { name, version, license } = manifest(path);
  const more = embedded.packages[name] ?? {};
  const licence = more.licence ?? license;
  if (typeof licence !== "string") throw new Error(`${name} ${version} does not name its licence.`);
  const own = readdirSync(path).filter((file) => licenceFile.test(file));
  const texts = own.map((file) => readFileSync(join(path, file), "utf8"));
  if (more.text) texts.push(licenceText(more.text));
  if (texts.length === 0) {
    throw new Error(`${name} ${version} has no text of its licence: add it to embedded.json.`);
  }
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { name, version, licence, text: texts.map(tidied).join(rule), purl, inside: [] };
}

/**
 * @param {readonly string[]} inputs
 * @returns {Component[]} what is compiled into bundled files
 */
function embeddedIn(inputs) {
  const files = inputs.map((input) => input.replace(/^(.*[/:])?node_modules\//, ""));
  /** @param {string} beginning */
  const bundled = (beginning) => files.some((file) => file.startsWith(beginning));
  for (const [name, version] of Object.entries(embedded.reviewed)) {
    const path = join(root, "node_modules", name);
    const found = existsSync(path) ? manifest(path).version : version;
    if (found === version) continue;
    throw new Error(
      `${name} is ${found}, and embedded.json says what ${version} embeds: look it up, and correct both there.`,
    );
  }
  return embedded.components
    .filter(({ inside }) => inside.some(bundled))
    .map(({ inside, text, ...rest }) => ({
      ...rest,
      text: tidied(licenceText(text)),
      inside: [...new Set(inside.filter(bundled).map(ownerName))],
    }));
}

/** @param {string} beginning of a bundled file's path */
function ownerName(beginning) {
  if (beginning.startsWith("src/")) return "Eigenlens' own kernels";
  return /^(?:@[^/]+\/)?[^/]+/.exec(beginning)?.[0] ?? beginning;
}

/** @param {string} folder */
function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** @param {string} file */
function licenceText(file) {
  return readFileSync(join(here, "texts", file), "utf8");
}

const rule = `\n\n${"-".repeat(78)}\n\n`;

/** @param {string} text */
function tidied(text) {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[ \t]+$/gm, "")
    .trim();
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
