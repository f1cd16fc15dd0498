import * as v from "valibot";
import { longestRunName } from "../../runName.ts";

/** A number that must be one: JSON has no words for NaN and infinities. */
export const finite = v.pipe(v.number(), v.finite());
/** A whole number of things, 0 and up. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const positiveCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
/** In [0, 1]. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A sum of shares in [0, 1], which rounding may lead beyond it. */
export const summedShare = v.pipe(v.number(), v.minValue(0), v.maxValue(1 + 1e-9));
export const text = v.string();
export const filledText = v.pipe(v.string(), v.minLength(1));
/** What a user called a run. */
export const runName = v.pipe(filledText, v.maxLength(longestRunName));
/** A moment in UTC, ISO 8601, that there is. */
export const moment = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/),
  v.check((value) => !Number.isNaN(Date.parse(value))),
);

// Long lists are checked in one go: an issue says that the list is at fault, not which of its entries.

export const finites = v.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((entry) => Number.isFinite(entry)),
);
export const counts = v.custom<readonly number[]>(
  (value) =>
    Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0),
);
export const texts = v.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string"),
);

/** A number that may have been NaN or infinite, which JSON writes as null: read as NaN. */
export const statistic = v.pipe(
  v.nullable(finite),
  v.transform((value) => value ?? Number.NaN),
);
export const statistics = v.pipe(
  v.custom<readonly (number | null)[]>(
    (value) =>
      Array.isArray(value) && value.every((entry) => entry === null || Number.isFinite(entry)),
  ),
  v.transform((values) => values.map((value) => value ?? Number.NaN)),
);
/** A {@link statistic} in [0, 1]. */
export const shareStatistic = v.pipe(
  v.nullable(summedShare),
  v.transform((value) => value ?? Number.NaN),
);

/** Rows `start` to `stop`, exclusive. */
export const rowRange = v.pipe(
  v.looseObject({ start: count, stop: count }),
  v.check(({ start, stop }) => start <= stop),
);
