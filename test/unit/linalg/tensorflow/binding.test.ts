import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTensorflowBinding } from "../../../../src/linalg/tensorflow/binding.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eigenlens-binding-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A package of this name whose backend is its place, so that one sees which was loaded. */
function install(installation: string): void {
  const path = join(folder, installation, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, "index.js"),
    `const none = () => 0;
     const binding = { place: ${JSON.stringify(installation)}, executeOp: none, createTensor: none, tensorDataSync: none };
     exports.backend = () => ({ binding });`,
  );
}

describe("loadTensorflowBinding", () => {
  it("takes a folder that is an installation", () => {
    install("");
    expect(loadTensorflowBinding([join(folder, "none"), folder])).toMatchObject({
      binding: { place: "" },
    });
  });

  it("takes the installation that a folder names, and the next one as soon as it is named", () => {
    for (const name of ["installation-1", "installation-2"]) {
      install(name);
      writeFileSync(join(folder, "current.json"), JSON.stringify({ folder: name }));
      expect(loadTensorflowBinding([folder])).toMatchObject({ binding: { place: name } });
    }
  });

  it("says of each folder why it has none", () => {
    writeFileSync(join(folder, "current.json"), '{"folder":"installation-3"}');
    const loaded = loadTensorflowBinding([folder, join(folder, "none")]);
    expect(loaded).toMatchObject({
      unavailable: expect.stringMatching(/: Cannot find module .*; .*none: Cannot find module/),
    });
  });
});
