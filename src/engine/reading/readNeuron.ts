import { EigenlensError } from "../../errors.ts";
import { forEachRowBlock } from "../../ged/full/rowBlocks.ts";
import { entryAt } from "../../lookup.ts";
import type { NeuronRequest, NeuronValues } from "../../protocol/neuronValues.ts";
import type { EngineCall } from "../engineCall.ts";
import { checkSameFiles } from "./checkSameFiles.ts";
import type { ConditionPair } from "./conditionPair.ts";

/**
 * One neuron's activations, in the units of the files: [rows] of either condition, in the order of its rows. The rows
 * stream by in blocks, or come from memory; nothing but this column is kept.
 * @throws EigenlensError "file-access" if a file is not the one that the run was made from; "usage" if there is no such
 *   neuron; as {@link forEachRowBlock} does; CancelledError
 */
export async function readNeuron(
  pair: ConditionPair,
  { neuron, hashes }: Pick<NeuronRequest, "neuron" | "hashes">,
  { cancellation, report }: EngineCall,
): Promise<NeuronValues> {
  const { target, reference } = pair;
  const width = Math.min(target.columns, reference.columns);
  if (!Number.isInteger(neuron) || neuron < 0 || neuron >= width) {
    throw new EigenlensError(
      "usage",
      `There is no neuron ${neuron}: choose one from 0 to ${width - 1}.`,
    );
  }
  const values = {
    target: new Float64Array(target.rows),
    reference: new Float64Array(reference.rows),
  };
  await forEachRowBlock([target, reference], { cancellation, report }, (block) => {
    const own = block.condition === target ? values.target : values.reference;
    const { columns } = block.condition;
    for (let i = 0; i < block.rows; i += 1) {
      own[block.start + i] = entryAt(block.values, i * columns + neuron);
    }
  });
  await checkSameFiles(pair, hashes);
  return values;
}
