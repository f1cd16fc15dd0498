import { correctOverLayers } from "../../../src/ged/validation/layers/correctOverLayers.ts";
import { directionNames } from "../../../src/ged/method/directions.ts";
import { validateNull, type NullEffort } from "../judgeNull.ts";
import { drawNull, nulls } from "../nulls.ts";
import { data, independent, type Draw } from "../nulls/rows.ts";

/** An error that is controlled at a level: how much of it one seeded data set has, in [0, 1]. */
export interface ErrorRate {
  readonly name: string;
  /** How many data sets are drawn. */
  readonly sets: number;
  /** Between which the mean over all sets may lie. */
  readonly least: number;
  readonly most: number;
  readonly judge: (seed: number, effort: NullEffort) => Promise<number>;
}

/** Of the sweep whose best layer is judged. */
const layers = 24;

/** Neurons of the direction along which the target of {@link plantedNeurons} varies more. */
const planted = 5;
const plantedRows = 40;
/** Its variance there over the reference's. */
const strength = 16;

/** Rows whose target varies more along a direction of the first neurons alone, so that no other has a loading of its own. */
const plantedNeurons: Draw = (_, deviate) => {
  const target = independent(plantedRows, deviate).map((row) => {
    const common = Math.sqrt((strength - 1) / planted) * deviate();
    return row.map((value, neuron) => (neuron < planted ? value + common : value));
  });
  return data(target, independent(plantedRows, deviate));
};

/** Whether any component of the direction that carries the target lies above the noise edge of Gaussian rows. */
async function aboveNoiseEdge(seed: number, effort: NullEffort): Promise<number> {
  const { directions } = await validateNull(drawNull(nulls["gaussian"], seed), seed, effort);
  return (directions.forward.noiseEdge?.components ?? NaN) >= 1 ? 1 : 0;
}

/** Whether any of 24 layers of Gaussian rows is shown, counting all and both directions. */
async function anyLayerShown(seed: number, effort: NullEffort): Promise<number> {
  const reports = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const drawn = drawNull(nulls["gaussian"], seed * layers + layer);
    reports.push(await validateNull(drawn, seed, effort));
  }
  const smallest = Math.min(
    ...correctOverLayers(reports).flatMap((own) =>
      own === undefined ? [] : directionNames.map((direction) => own[direction]),
    ),
  );
  return smallest <= 0.05 ? 1 : 0;
}

/** The share of the marked loadings that are none. */
async function falseDiscoveries(seed: number, effort: NullEffort): Promise<number> {
  const drawn = drawNull(plantedNeurons, seed);
  const { directions } = await validateNull(drawn, seed, { ...effort, extended: true });
  const found = directions.forward.stability?.discoveries?.loading;
  if (found === undefined) throw new Error("Nothing is known of neurons.");
  const wrong = found.filter((neuron) => neuron >= planted).length;
  return wrong / Math.max(1, found.length);
}

export const errorRates: readonly ErrorRate[] = [
  { name: "noise edge", sets: 500, least: 0.03, most: 0.07, judge: aboveNoiseEdge },
  { name: "24 layers", sets: 500, least: 0, most: 0.07, judge: anyLayerShown },
  { name: "neurons", sets: 200, least: 0, most: 0.05, judge: falseDiscoveries },
];
