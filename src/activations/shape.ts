/** Number of values in a tensor of this shape; 1 for a scalar. May exceed what a double counts exactly. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Number of values in one row: the product of all axes but the first. */
export function rowLength(shape: readonly number[]): number {
  return valueCount(shape.slice(1));
}

/** `[10, 16]`, as error messages and tables show a shape. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** Whether every extent is a whole number of at least 0 and the count of values is exact in a double. */
export function isAddressable(shape: readonly number[]): boolean {
  return (
    shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0) &&
    Number.isSafeInteger(valueCount(shape) * 8)
  );
}

/** Strides in values of a dense tensor, outermost axis first. */
export function denseStrides(
  shape: readonly number[],
  order: "row-major" | "column-major",
): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  let step = 1;
  const axes = [...shape.keys()];
  if (order === "row-major") axes.reverse();
  for (const axis of axes) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/** Whether both have the same axes. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}
