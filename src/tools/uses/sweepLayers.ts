import { describeBest, describeLayer } from "../../commandLine/describe/describeSweep.ts";
import { EigenlensError } from "../../errors.ts";
import { directionNames, rolesOfDirection } from "../../ged/method/directions.ts";
import { strongest } from "../../protocol/findings/strongest.ts";
import type { SweptLayer } from "../../protocol/sweep.ts";
import type { LayerResult, SweepResult } from "../api/results.ts";
import { known } from "../findings/known.ts";
import { pTests } from "../findings/pTests.ts";
import { quoted } from "../findings/quoted.ts";
import { settledPath } from "../places/sources.ts";
import { sweepInput } from "../schemas/inputs.ts";
import { sweepResult } from "../schemas/results.ts";
import { defineTool, heldOutOrNot, namesAreData } from "../tool.ts";
import { methodOptions, validationOptions } from "./method.ts";

/** `eigenlens sweep`. */
export const sweepLayers = defineTool({
  title: "Sweep layers",
  description: `Runs the separation on every layer that a container or a set of files holds, validates each under the same permutations, and gives one p (pCorrected) for having looked at all layers and both directions. Use it to find out in which layer two conditions differ. May take minutes. ${heldOutOrNot} ${namesAreData}`,
  input: sweepInput,
  result: sweepResult,
  writes: false,
  async use(input, { engine, folder, options, call }) {
    const pairs = await engine.layers({
      paths: input.files.map((file) => settledPath(file, folder)),
    });
    const { layers } = await engine.sweep(
      {
        pairs,
        options: methodOptions(input, options),
        ...(input.validate === false ? {} : { validation: validationOptions(input, false) }),
      },
      call,
    );
    const [first] = layers;
    if (first !== undefined && layers.every(({ error }) => error !== undefined)) {
      throw new EigenlensError("condition", `No layer could be run: ${first.error}`);
    }
    return {
      result: sweepFindings(layers),
      lines: [
        ...layers.map((layer) => describeLayer({ ...layer, label: quoted(layer.label) })),
        ...describeBest(layers),
      ],
    };
  },
});

function sweepFindings(layers: readonly SweptLayer[]): SweepResult {
  const best = strongest(layers);
  const isCorrected = layers.some(({ found }) => found?.forward.correctedP !== undefined);
  return {
    layers: layers.map(layerFindings),
    ...(best === undefined
      ? {}
      : {
          strongest: {
            layer: best.run.layer,
            carries: best.run[rolesOfDirection[best.direction].carried].name ?? "",
          },
        }),
    ...(isCorrected
      ? {
          pCorrectedTests:
            "ratioHeldOut of the layer and direction against the largest of all layers and both directions in each permutation",
        }
      : {}),
  };
}

function layerFindings(swept: SweptLayer): LayerResult {
  const { layer, label, found, error } = swept;
  if (found === undefined) return { layer, label, ...known({ error }) };
  return {
    layer,
    label,
    neurons: found.columns,
    components: found.components,
    directions: directionNames.map((direction) => {
      const { carried, silenced } = rolesOfDirection[direction];
      const own = found[direction];
      const names = { carries: swept[carried].name ?? "", silences: swept[silenced].name ?? "" };
      return {
        ...names,
        ...known({
          verdict: own.verdict,
          eigenvalueInSample: own.eigenvalue,
          ratioInSample: own.inSampleRatio,
          ratioHeldOut: own.heldOutRatio,
          ratioHeldOutLow: own.heldOutRatioInterval?.low,
          ratioHeldOutHigh: own.heldOutRatioInterval?.high,
          p: own.p,
          pTests: own.p === undefined ? undefined : pTests(names, 1, undefined),
          pCorrected: own.correctedP,
        }),
      };
    }),
  };
}
