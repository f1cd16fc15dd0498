/**
 * Variances of both conditions on a direction, as they are written: "target" is the condition in the target's role,
 * S, which is carried, and "reference" that in the role of R, which is silenced.
 */
export type WrittenVariances<Own extends RolesVariances> = Omit<Own, keyof RolesVariances> & {
  readonly targetVariance: Own["carriedVariance"];
  readonly referenceVariance: Own["silencedVariance"];
};

interface RolesVariances {
  readonly carriedVariance: unknown;
  readonly silencedVariance: unknown;
}

export function writtenVariances<Own extends RolesVariances>(own: Own): WrittenVariances<Own> {
  const { carriedVariance, silencedVariance, ...rest } = own;
  return { ...rest, targetVariance: carriedVariance, referenceVariance: silencedVariance };
}

/** What {@link writtenVariances} was given. */
export function rolesVarianceOf<
  Variance,
  Written extends { readonly targetVariance: Variance; readonly referenceVariance: Variance },
>(
  written: Written,
): Omit<Written, "targetVariance" | "referenceVariance"> & {
  readonly carriedVariance: Written["targetVariance"];
  readonly silencedVariance: Written["referenceVariance"];
} {
  const { targetVariance, referenceVariance, ...rest } = written;
  return { ...rest, carriedVariance: targetVariance, silencedVariance: referenceVariance };
}
