import type { ChosenRows, ReservoirDesign } from "./keptRows.ts";

/** The samples that a document will hold: all but the values of their rows, which come with the sums. */
export interface ReservoirLayout {
  readonly design: ReservoirDesign;
  /** By condition. */
  readonly chosen: ReadonlyMap<string, ChosenRows>;
}

/** As entries of `__metadata__`. */
export function reservoirMetadata({ design, chosen }: ReservoirLayout): Record<string, string> {
  const lists = [...chosen].flatMap(([condition, { texts, parts }]) => [
    ...(texts === undefined ? [] : [[`${condition}.reservoir.texts`, JSON.stringify(texts)]]),
    ...(parts === undefined ? [] : [[`${condition}.reservoir.parts`, JSON.stringify(parts)]]),
  ]);
  const { seed, size } = design;
  return { reservoir: JSON.stringify({ seed, size }), ...Object.fromEntries(lists) };
}

/** One tensor of eight bytes a value. */
export interface ReservoirTensor {
  readonly name: string;
  readonly dtype: "F64" | "I64";
  readonly shape: readonly number[];
}

/** The tensors of one condition's sample, in the order of {@link reservoirBytes}. @param columns D */
export function reservoirTensors(
  condition: string,
  { index, folds }: ChosenRows,
  columns: number,
): ReservoirTensor[] {
  const m = index.length;
  const name = (kind: string) => `${condition}.reservoir.${kind}`;
  return [
    { name: name("rows"), dtype: "F64", shape: [m, columns] },
    { name: name("index"), dtype: "I64", shape: [m] },
    ...(folds === undefined ? [] : [{ name: name("fold"), dtype: "I64" as const, shape: [m] }]),
  ];
}

/** The bytes of the same tensors. @param values [m, D] */
export function reservoirBytes({ index, folds }: ChosenRows, values: Float64Array): Uint8Array[] {
  const whole = (numbers: readonly number[]) => BigInt64Array.from(numbers, BigInt);
  return [values, whole(index), ...(folds === undefined ? [] : [whole(folds)])].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
}
