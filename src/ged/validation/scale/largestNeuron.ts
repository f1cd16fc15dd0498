import type { Matrix } from "../../../linalg/matrix.ts";

/**
 * The neuron with the largest share of the variance within conditions.
 * @param rows [N, D]
 * @param labels [N]
 */
export function largestNeuron(rows: Matrix, labels: Uint8Array): { neuron: number; share: number } {
  const { columns, values } = rows;
  const squares = new Float64Array(columns);
  for (const label of [0, 1]) {
    const own = Array.from(labels.keys()).filter((row) => labels[row] === label);
    const mean = new Float64Array(columns);
    for (const row of own) {
      for (let j = 0; j < columns; j += 1) mean[j] += values[row * columns + j] / own.length;
    }
    for (const row of own) {
      for (let j = 0; j < columns; j += 1) {
        squares[j] += (values[row * columns + j] - mean[j]) ** 2 / (own.length - 1);
      }
    }
  }
  const total = squares.reduce((sum, value) => sum + value, 0);
  let neuron = 0;
  squares.forEach((value, j) => {
    if (value > squares[neuron]) neuron = j;
  });
  return { neuron, share: squares[neuron] / total };
}
