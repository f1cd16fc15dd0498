/** Licences under which something may be in the package: they ask for their text, and for nothing of ours. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "bzip2-1.0.6",
  "CC-BY-4.0",
  "HDF5",
  "ISC",
  "LicenseRef-HDF5-plugins",
  "MIT",
  "NIST-Software",
  "Unlicense",
  "Zlib",
]);

/**
 * @param {string} expression of SPDX, without parentheses
 * @returns {boolean} whether each licence that must be kept is one of those allowed
 */
export function isAllowed(expression) {
  return expression
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => allowed.has(licence.trim())));
}

/**
 * @param {readonly import("./inventory.mjs").Component[]} components
 * @throws Error that names those whose licence is not allowed
 */
export function checkLicences(components) {
  const refused = components.filter(({ licence }) => !isAllowed(licence));
  if (refused.length === 0) return;
  const names = refused.map(({ name, licence }) => `${name} (${licence})`).join(", ");
  throw new Error(`These must not be in the package, or licences.mjs must allow it: ${names}.`);
}
