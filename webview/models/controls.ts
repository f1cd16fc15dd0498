/** The smallest shrinkage that the slider reaches; 0 itself is its left end. */
const smallestShrinkage = 1e-4;

/** A typed number; undefined if it is none. A comma counts as the decimal point. */
export function readNumber(typed: string): number | undefined {
  const trimmed = typed.trim().replace(",", ".");
  if (trimmed === "") return undefined;
  const percent = trimmed.endsWith("%");
  const value = Number(percent ? trimmed.slice(0, -1) : trimmed);
  if (!Number.isFinite(value)) return undefined;
  return percent ? value / 100 : value;
}

/** A typed whole number within bounds; undefined if it is none. */
export function readWhole(typed: string, minimum: number, maximum: number): number | undefined {
  const value = readNumber(typed);
  return value !== undefined && Number.isInteger(value) && value >= minimum && value <= maximum
    ? value
    : undefined;
}

/** Where a shrinkage in [0, 1] stands on a logarithmic slider from 0 to 100. */
export function shrinkageToSlider(shrinkage: number): number {
  if (shrinkage < smallestShrinkage) return 0;
  return 100 * (1 - Math.log10(shrinkage) / Math.log10(smallestShrinkage));
}

/** The inverse, rounded to two significant digits so that the field shows a number one would type. */
export function sliderToShrinkage(place: number): number {
  if (place <= 0) return 0;
  return Number((smallestShrinkage ** (1 - place / 100)).toPrecision(2));
}
