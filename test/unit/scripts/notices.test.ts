import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import lock from "../../../package-lock.json" with { type: "json" };
import manifest from "../../../package.json" with { type: "json" };
import { embedded, inventory } from "../../../scripts/notices/inventory.mjs";
import { checkLicences, isAllowed } from "../../../scripts/notices/licences.mjs";
import { noticesText } from "../../../scripts/notices/noticesText.mjs";
import { billFile, inputsFile, noticesFile } from "../../../scripts/notices/writeNotices.mjs";

const built = (name: string) => readFileSync(join("dist", name), "utf8");
const inputs = JSON.parse(built(inputsFile)) as string[];
const components = inventory(inputs);
const packages = components.filter(({ inside }) => inside.length === 0);

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

describe("what is bundled", () => {
  it("comes by way of the dependencies, so that an audit sees it", () => {
    const locked = lock.packages as Readonly<Record<string, Locked>>;
    expect(packages.length).toBeGreaterThan(15);
    for (const { name, version } of packages) {
      const found = Object.entries(locked).filter(
        ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
      );
      expect(found.length, name).toBeGreaterThan(0);
      const isSeen = found.some(([, entry]) => !entry.dev && !entry.devOptional && !entry.optional);
      expect(isSeen, `${name} is a dependency of development only`).toBe(true);
    }
  });

  it("is all that the dependencies are for", () => {
    const bundled = new Set(packages.map(({ name }) => name));
    expect(Object.keys(manifest.dependencies).filter((name) => !bundled.has(name))).toEqual([]);
  });

  it("has the licences that may be in the package, and each its text", () => {
    expect(() => checkLicences(components)).not.toThrow();
    for (const { name, text } of components) {
      expect(text.length, name).toBeGreaterThan(300);
      expect(text, name).toMatch(/copyright|license|\(C\)/i);
    }
  });
});

describe("what is compiled into bundled files", () => {
  const below = (input: string) => input.replace(/^(.*[/:])?node_modules\//, "");
  const binaries = inputs.filter((input) => {
    if (!/\.(so|wasm|[cm]?js|ts)$/.test(input)) return false;
    const bytes = readFileSync(input.replace(/^[\w-]+:/, ""), "latin1");
    return /\.(so|wasm)$/.test(input) || bytes.includes("\0asm") || bytes.includes("AGFzbQ");
  });

  it("is known of every file that holds WebAssembly", () => {
    expect(binaries.map(below)).toContain("h5wasm-plugins/plugins/libH5Zzstd.so");
    expect(binaries.map(below)).toContain("numcodecs/dist/zstd.js");
    expect(binaries.length).toBeGreaterThan(8);
    for (const binary of binaries.map(below)) {
      const known = embedded.components.filter(({ inside }) =>
        inside.some((beginning) => binary.startsWith(beginning)),
      );
      expect(known.length, binary).toBeGreaterThan(0);
    }
  });

  it("is of the versions that the binaries themselves state", () => {
    const stating: readonly (readonly [string, string])[] = [
      ["HDF5", "h5wasm/dist/node/hdf5_util.js"],
      ["zlib", "h5wasm/dist/node/hdf5_util.js"],
      ...["blosc", "blosc2", "bshuf", "zstd"].map(
        (name) => ["zstd", `h5wasm-plugins/plugins/libH5Z${name}.so`] as const,
      ),
      ...["blosc", "blosc2", "bshuf", "lz4"].map(
        (name) => ["lz4", `h5wasm-plugins/plugins/libH5Z${name}.so`] as const,
      ),
      ["bzip2", "h5wasm-plugins/plugins/libH5Zbz2.so"],
      ["zfp", "h5wasm-plugins/plugins/libH5Zzfp.so"],
    ];
    for (const [name, file] of stating) {
      const { version = "" } =
        embedded.components.find(
          (component) =>
            component.name === name &&
            component.inside.some((beginning) => file.startsWith(beginning)),
        ) ?? {};
      expect(version, `${name} in ${file}`).not.toBe("");
      const bytes = readFileSync(join("node_modules", file), "latin1");
      expect(bytes.includes(version), `${name} ${version} in ${file}`).toBe(true);
    }
  });

  it("is listed where its file is bundled, and only there", () => {
    const names = (files: readonly string[]) =>
      inventory(files.map((file) => `node_modules/${file}`)).map(
        ({ name, version }) => `${name} ${version}`,
      );
    expect(names(["h5wasm-plugins/plugins/libH5Zbz2.so"])).toContain("bzip2 1.0.8");
    expect(names(["h5wasm-plugins/plugins/libH5Zlz4.so"])).not.toContain("bzip2 1.0.8");
    expect(names(["h5wasm-plugins/plugins/libH5Zblosc2.so"])).toContain("c-blosc2 2.17.1");
  });
});

describe("a licence", () => {
  it("must be one of those allowed, each of several that apply", () => {
    for (const one of ["MIT", "Apache-2.0 AND MIT", "GPL-2.0-only OR MIT"]) {
      expect(isAllowed(one), one).toBe(true);
    }
    for (const one of ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "UNLICENSED", "", "SSPL-1.0"]) {
      expect(isAllowed(one), one).toBe(false);
    }
    const refused = { name: "viral", licence: "GPL-3.0-only", text: "", purl: "", inside: [] };
    expect(() => checkLicences([...components, refused])).toThrow(/viral \(GPL-3\.0-only\)/);
  });
});

describe("the notices in the package", () => {
  it("are those of what is bundled, with every text", () => {
    const text = built(noticesFile);
    expect(text).toBe(noticesText(components));
    for (const component of components) {
      expect(text).toContain(`${[component.name, component.version].join(" ").trim()} (`);
      expect(text).toContain(component.text);
    }
    for (const name of ["HDF5 2.0.0", "apache-arrow", "zstd", "c-blosc", "lz4"]) {
      expect(text).toContain(name);
    }
  });
});

describe("the bill of materials in the package", () => {
  const text = built(billFile);
  interface Bill {
    readonly specVersion: string;
    readonly metadata: { readonly component: { readonly "bom-ref": string } };
    readonly components: readonly { readonly name: string; readonly "bom-ref": string }[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: string[] }[];
  }
  const bill = JSON.parse(text) as Bill;

  it("is valid by CycloneDX's schema", async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text)).toBeNull();
    const broken = text.replace('"library"', '"book"');
    expect(await validator.validate(broken)).not.toBeNull();
  });

  it("names all that the notices name, and what contains what", () => {
    const names = (those: readonly { readonly name: string }[]) =>
      those.map(({ name }) => name).sort();
    expect(names(bill.components)).toEqual(names(components));
    const references = new Set(bill.components.map((component) => component["bom-ref"]));
    expect(references.size).toBe(components.length);
    const reached = new Set(bill.dependencies.flatMap(({ dependsOn = [] }) => dependsOn));
    expect([...references].filter((reference) => !reached.has(reference))).toEqual([]);
    const owner = bill.dependencies.find(({ ref }) => ref.startsWith("h5wasm@"));
    expect(owner?.dependsOn?.some((ref) => ref.startsWith("HDF5@2.0.0"))).toBe(true);
  });
});
