/**
 * The text of THIRD-PARTY-NOTICES.txt. Each text of a licence is there once, below all that it is the text of.
 * @param {readonly import("./inventory.mjs").Component[]} components
 * @returns {string}
 */
export function noticesText(components) {
  /** @type {Map<string, import("./inventory.mjs").Component[]>} */
  const byText = new Map();
  for (const component of components) {
    byText.set(component.text, [...(byText.get(component.text) ?? []), component]);
  }
  const parts = [...byText].map(
    ([text, those]) => `${those.map(heading).join("\n")}\n${"-".repeat(78)}\n\n${text}\n`,
  );
  return [introduction, ...parts].join(`\n${"=".repeat(78)}\n`);
}

const introduction = `Eigenlens contains the following software of others, each under its own licence.
eigenlens.cdx.json lists the same for machines, as a CycloneDX bill of materials.
`;

/** @param {import("./inventory.mjs").Component} component */
function heading({ name, version, licence, inside }) {
  const title = version === undefined ? name : `${name} ${version}`;
  const place = inside.length === 0 ? "" : `, in ${inside.join(", ")}`;
  return `${title} (${licence})${place}`;
}
