import { Enums, Models, Serialize, Spec, SPDX } from "@cyclonedx/cyclonedx-library";

/**
 * A CycloneDX bill of materials. It holds neither time nor serial number, so that a build can be repeated.
 * @param {{ name: string, version: string, license: string }} manifest of the extension
 * @param {readonly import("./inventory.mjs").Component[]} components
 * @returns {string} JSON, version 1.6 of the specification
 */
export function billOfMaterials(manifest, components) {
  const bom = new Models.Bom();
  const { name, version } = manifest;
  const application = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    bomRef: `${name}@${version}`,
    licenses: licencesOf(manifest.license),
  });
  bom.metadata.component = application;
  /** @type {Map<string, Models.Component>} */
  const byName = new Map();
  for (const component of components) {
    const described = describe(component);
    bom.components.add(described);
    if (component.inside.length === 0) {
      byName.set(component.name, described);
      application.dependencies.add(described.bomRef);
    }
  }
  for (const component of components) {
    const reference = [...bom.components].find(({ bomRef }) => bomRef.value === refOf(component));
    if (reference === undefined) continue;
    for (const owner of component.inside) {
      (byName.get(owner) ?? application).dependencies.add(reference.bomRef);
    }
  }
  const serializer = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  );
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/** @param {import("./inventory.mjs").Component} component */
function describe(component) {
  const { name, version, licence, purl } = component;
  return new Models.Component(Enums.ComponentType.Library, name, {
    ...(version === undefined ? {} : { version }),
    bomRef: refOf(component),
    purl,
    licenses: licencesOf(licence),
  });
}

/**
 * What tells components apart: one may be in several packages in one version.
 * @param {import("./inventory.mjs").Component} component
 */
function refOf({ name, version, inside }) {
  return [name, version, ...inside].filter((part) => part !== undefined).join("@");
}

/** @param {string} licence SPDX expression */
function licencesOf(licence) {
  const isSingle = SPDX.isSupportedSpdxId(licence);
  return new Models.LicenseRepository([
    isSingle ? new Models.SpdxLicense(licence) : new Models.LicenseExpression(licence),
  ]);
}
