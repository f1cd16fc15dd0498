import { describe, expect, it } from "vitest";
import { provenanceIn } from "../../../../src/activations/captureProvenance.ts";
import { captureDifference } from "../../../../src/conditions/provenance/compareProvenance.ts";
import { captureSidecars } from "../../../../src/conditions/provenance/findProvenance.ts";
import { siteOfHook } from "../../../../src/conditions/provenance/hookSites.ts";

describe("where activations came from", () => {
  it("is taken from the keys of the contract, and nothing else is", () => {
    const found = provenanceIn({
      model: "m",
      layer: 6,
      component: "residual",
      other: "x",
      site: "",
    });
    expect(found).toEqual({ model: "m", layer: "6", component: "residual" });
    expect(provenanceIn({ component: "everything", model: ["m"] })).toEqual({});
  });

  it("is told by the name of a hook", () => {
    expect(siteOfHook("blocks.6.hook_resid_post")).toEqual({
      ...{ site: "blocks.6.hook_resid_post", component: "residual", layer: "6" },
    });
    expect(siteOfHook("blocks.6.hook_resid_pre").layer).toBe("5");
    expect(siteOfHook("him")).toEqual({});
  });

  it.each([
    ["/d/him.npy", false, ["/d/him.capture.json", "/d/capture.json"]],
    ["/d/him", true, ["/d/him/capture.json", "/d/him.capture.json"]],
    ["/d/him*.npy", false, ["/d/capture.json"]],
    ["/d/*/a.npy", false, ["/d/capture.json"]],
  ])("is looked for beside %s", (path, isFolder, wanted) => {
    expect(captureSidecars(path, isFolder)).toEqual(wanted);
  });

  it("differs only where both say so", () => {
    expect(captureDifference({ model: "a", layer: "6" }, { layer: "8" })).toBe(
      "layer 6 and layer 8",
    );
    expect(captureDifference({ model: "a" }, { layer: "8" })).toBeUndefined();
    expect(captureDifference(undefined, { layer: "8" })).toBeUndefined();
  });

  it("is one place under two names if component and layer agree", () => {
    const place = { component: "residual", layer: "6" } as const;
    expect(
      captureDifference({ ...place, site: "h.6" }, { ...place, site: "layers.6" }),
    ).toBeUndefined();
    expect(captureDifference({ site: "h.6" }, { site: "h.7" })).toBe("site h.6 and site h.7");
  });
});
