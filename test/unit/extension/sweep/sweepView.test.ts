import { describe, expect, it } from "vitest";
import type { LayerPair } from "../../../../src/conditions/naming/pairLayers.ts";
import type { Verdict } from "../../../../src/ged/validation/report.ts";
import type { SweptLayer } from "../../../../src/protocol/sweep.ts";
import { placesOf, sweepView } from "../../../../extension/sweep/sweepView.ts";
import { sayInEnglish } from "../../../../src/protocol/strings.ts";
import { sweepFinding } from "../../../../src/protocol/findings/sweepFinding.ts";
import { paleColumns, shownColumns, shownRows } from "../../../../webview/sweep/shownRows.ts";
import { columnsOf, rowsOf } from "../../../../webview/sweep/rows.ts";
import { originOf } from "../../../../webview/sweep/words.ts";

const pair = (layer: number, place = "mlp"): LayerPair => {
  const candidate = (name: string) => ({
    source: { path: "/w/layers.safetensors", tensor: `blocks.${layer}.${place}.${name}` },
    name,
    rows: 53,
    columns: 3072,
  });
  return {
    layer,
    label: `blocks.${layer}.${place}`,
    target: candidate("him"),
    reference: candidate("her"),
  };
};
const swept = (layer: number, heldOutRatio: number | null, correctedP?: number): SweptLayer => {
  const direction = { eigenvalue: 100, inSampleRatio: 20_000, heldOutRatio };
  const forward = { ...direction, ...(correctedP === undefined ? {} : { correctedP }) };
  return {
    layer,
    label: `blocks.${layer}.mlp`,
    target: pair(layer).target.source,
    reference: pair(layer).reference.source,
    found: {
      rows: { target: 53, reference: 53 },
      columns: 3072,
      components: 74,
      varianceKept: 0.99,
      rank: { target: 52, reference: 52 },
      forward,
      swapped: { ...direction, heldOutRatio: heldOutRatio === null ? null : 1 },
      seconds: 0.1,
    },
  };
};

describe("the sweep panel", () => {
  it("is titled by its conditions and says where it stands", () => {
    const view = sweepView([pair(0), pair(1)], []);
    expect(sayInEnglish("sweep.title", view)).toBe("him vs her over layers");
    expect(originOf(view)).toBe("layers.safetensors · blocks.#.mlp");
    expect(view.count).toBe(2);
    expect(sweepFinding(view, sayInEnglish)).toBe("No layer was held out yet");
  });

  const pairs = [pair(0), pair(1), pair(2)];
  const finding = (...layers: readonly SweptLayer[]) =>
    sweepFinding(sweepView(pairs, layers), sayInEnglish);

  it("finds the layer in which most survives held out, never the in-sample one", () => {
    expect(finding(swept(0, 3.7), swept(1, 13.2))).toBe(
      "So far most survives held out in layer 1: him varies 13.2× as much as her",
    );
    expect(finding(swept(0, 3.7), swept(1, 13.2), swept(2, null))).toBe(
      "Most survives held out in layer 1: him varies 13.2× as much as her; labels were not permuted",
    );
  });

  it("is shown in a layer only by the p that counts all of them", () => {
    expect(finding(swept(0, 3.7, 0.02), swept(1, 13.2, 0.4), swept(2, 1, 1))).toBe(
      "Shown in layer 0: him varies 3.70× as much as her held out; p = 0.02, counting all layers and both directions",
    );
    expect(finding(swept(0, 3.7, 0.2), swept(1, 13.2, 0.4), swept(2, 1, 1))).toBe(
      "Shown in no layer: the strongest is layer 0, where him varies 3.70× as much as her held out; p = 0.2, counting all layers and both directions",
    );
    expect(finding(swept(0, 0.7, 0.01), swept(1, 0.6, 1), swept(2, 0.5, 1))).toMatch(
      /^Shown in no/,
    );
  });

  it("is not shown against its own verdict, and any other layer comes first", () => {
    const rejected = (verdict: Verdict): SweptLayer => {
      const { found, ...layer } = swept(0, 13.2, 0.01);
      return {
        ...layer,
        ...(found && { found: { ...found, forward: { ...found.forward, verdict } } }),
      };
    };
    for (const verdict of ["does-not-hold", "cannot-tell"] as const) {
      expect(finding(rejected(verdict), swept(1, 3.7, 0.02), swept(2, 1, 1))).toMatch(
        /^Shown in layer 1: him varies 3\.70×/,
      );
      expect(finding(rejected(verdict), swept(1, 0.7, 1), swept(2, 0.5, 1))).toMatch(
        /^Shown in no/,
      );
    }
  });

  it("says for both directions what no conclusion rests on", () => {
    const columns = columnsOf(sweepView(pairs, []));
    const row = rowsOf(sweepView(pairs, [swept(0, 3.7, 0.02)]))[0] ?? [];
    expect(row.length).toBe(columns.length);
    const shown = shownColumns();
    expect(paleColumns.map((place) => shown[place])).toEqual(["p, this layer alone", "In sample"]);
    expect(columns.filter((name) => name.endsWith("held out"))).toEqual([
      "him over her, held out",
      "her over him, held out",
    ]);
  });

  it("has a row per layer and direction, of what is read of it", () => {
    const layers = [swept(0, 3.7, 0.02), { ...swept(1, null), found: undefined, error: "No." }];
    expect(shownRows(sweepView(pairs, layers), "forward")).toEqual([
      ["0", "3.70×", "", "0.02", "", "20,000×"],
      ["1"],
    ]);
    const both = [pair(0, "mlp"), pair(0, "attn")];
    const rows = shownRows(sweepView(both, [swept(0, 3.7)]), "swapped");
    expect(rows).toEqual([["0 (blocks.0.mlp)", "1.00×", "", "", "", "20,000×"]]);
  });

  it("tells the places within a layer apart", () => {
    expect(placesOf([pair(0, "mlp"), pair(1, "mlp"), pair(0, "attn")])).toEqual([
      "blocks.#.mlp",
      "blocks.#.attn",
    ]);
  });
});
