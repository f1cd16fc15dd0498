import { targetLabel } from "../../reduced/labelledRows.ts";

/**
 * The rows of a unit that change labels together. Rows of one pair or group and condition may share what no other
 * row has (a subject's answer to a condition), so that only the whole of one condition may change with the whole of
 * the other. If one side has more counted rows, as many of them change as the other has, repeats together, so that
 * a permutation leaves each condition its number of rows.
 * @param unit rows of both conditions
 * @param labels [N]
 * @param atomOf [N], rows that repeat each other have the same number
 * @param counted [N], 1 for rows that count
 */
export function turningRows(
  unit: readonly number[],
  labels: Uint8Array,
  atomOf: Int32Array,
  counted: Uint8Array,
): number[] {
  const sides = [targetLabel, 1 - targetLabel].map((label) =>
    unit.filter((row) => labels[row] === label),
  );
  const [few, many] = size(sides[0], counted) <= size(sides[1], counted) ? sides : sides.reverse();
  if (size(few, counted) === size(many, counted)) return [...unit];
  const opposite = new Set(few.map((row) => atomOf[row]));
  const atoms = new Map<number, number[]>();
  for (const row of many) {
    const own = atoms.get(atomOf[row]);
    if (own === undefined) atoms.set(atomOf[row], [row]);
    else own.push(row);
  }
  // Rows that repeat one of the other side first: both copies must turn.
  const order = [...atoms.entries()].sort(
    ([a], [b]) => Number(opposite.has(b)) - Number(opposite.has(a)),
  );
  const chosen = [...few];
  let left = size(few, counted);
  for (const [, rows] of order) {
    if (left <= 0) break;
    chosen.push(...rows);
    left -= size(rows, counted);
  }
  return chosen.sort((a, b) => a - b);
}

function size(rows: readonly number[], counted: Uint8Array): number {
  return rows.reduce((sum, row) => sum + counted[row], 0);
}
