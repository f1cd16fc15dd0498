import { shapeText } from "../activations/shape.ts";
import { place, type StoredTensor } from "../activations/storedTensor.ts";
import type { NeuronSums } from "../ged/full/moments/scatterMoments.ts";
import { matrix, type Matrix } from "../linalg/matrix.ts";
import { printable } from "../text/printable.ts";
import { basisName, neuronPartNames } from "./documentFormat.ts";
import { damagedMoments } from "./metadata.ts";

/** What of a document tells that its moments are of projections `V'x` of rows x, and what it says of the neurons. */
export interface StoredBasis {
  /** D */
  readonly columns: number;
  /**
   * V', [k, D]
   * @throws EigenlensError "file-format" if its rows are not orthonormal
   */
  read(): Promise<Matrix>;
  /** @throws EigenlensError "file-format" if a value is not finite, or a sum of squares is negative */
  neurons(condition: string): Promise<NeuronSums>;
}

/** The tensors of a document without its basis and what it says of neurons, if there is a basis. */
export function withoutBasis(tensors: readonly StoredTensor[]): readonly StoredTensor[] {
  if (!tensors.some(({ info }) => info.name === basisName)) return tensors;
  const isOfNeurons = (name: string) => neuronPartNames.some((part) => name.endsWith(`.${part}`));
  return tensors.filter(({ info }) => info.name !== basisName && !isOfNeurons(info.name));
}

/**
 * @param tensors all of the document
 * @param dimensions k, the width of its moments
 * @returns undefined if its moments are of neurons
 * @throws EigenlensError "file-format" if a part is missing, doubled, or of another shape
 */
export function findBasis(
  path: string,
  tensors: readonly StoredTensor[],
  conditions: readonly string[],
  dimensions: number,
): StoredBasis | undefined {
  const found = tensors.filter(({ info }) => info.name === basisName);
  if (found.length === 0) return undefined;
  const columns = found[0].info.shape[1] ?? 0;
  const own = withoutBasis(tensors);
  if (tensors.length - own.length !== 1 + neuronPartNames.length * conditions.length) {
    throw damagedMoments(
      path,
      "it does not say one mean and one spread of its neurons per condition",
    );
  }
  const values = (name: string, shape: readonly number[]) => {
    const tensor = tensors.find(({ info }) => info.name === name);
    const fits =
      tensor?.info.elementType === "float64" &&
      tensor.info.shape.length === shape.length &&
      tensor.info.shape.every((extent, i) => extent === shape[i]) &&
      dimensions <= columns;
    if (!fits) {
      const fault =
        tensor === undefined ? "is missing" : `has shape ${shapeText(tensor.info.shape)}`;
      throw damagedMoments(
        path,
        `its tensor ${printable(name, 80)} ${fault}, and should be float64 of ${shapeText(shape)}`,
      );
    }
    return async () => {
      const read = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
      await tensor.readRows?.(0, shape[0], read);
      const odd = read.findIndex((value) => !Number.isFinite(value));
      if (odd < 0) return read;
      throw damagedMoments(place(path, name), `its value ${odd} is ${read[odd]}, not finite`);
    };
  };
  const readBasis = values(basisName, [dimensions, columns]);
  const neurons = new Map(
    conditions.map((condition) => [
      condition,
      neuronPartNames.map((part) => values(`${condition}.${part}`, [columns])),
    ]),
  );
  return {
    columns,
    read: async () => {
      const basis = matrix(dimensions, columns, await readBasis());
      if (isIsometry(basis)) return basis;
      throw damagedMoments(place(path, basisName), "its rows are not orthonormal");
    },
    neurons: async (condition) => {
      const [mean, squares] = await Promise.all(
        (neurons.get(condition) ?? []).map((read) => read()),
      );
      if (squares.every((value) => value >= 0)) return { mean, squares };
      throw damagedMoments(path, `a sum of squares of ${printable(condition)} is negative`);
    },
  };
}

/** Whether rows are orthonormal, by the lengths of a few sums of them: all products would cost k^2 D. */
function isIsometry({ rows, columns, values }: Matrix): boolean {
  const probes = [
    (_i: number) => 1,
    (i: number) => (i % 2 === 0 ? 1 : -1),
    (i: number) => Math.cos(i * i),
    (i: number) => (i === 0 ? 1 : 0),
    (i: number) => (i === rows - 1 ? 1 : 0),
  ];
  return probes.every((weight) => {
    const sum = new Float64Array(columns);
    let expected = 0;
    for (let i = 0; i < rows; i += 1) {
      const by = weight(i);
      expected += by * by;
      if (by === 0) continue;
      for (let j = 0; j < columns; j += 1) sum[j] += by * values[i * columns + j];
    }
    const length = sum.reduce((total, value) => total + value * value, 0);
    return Math.abs(length - expected) <= 1e-8 * expected;
  });
}
