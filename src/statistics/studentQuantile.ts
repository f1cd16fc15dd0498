/** The 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t, by its expansion about the normal one (Abramowitz and Stegun 26.7.5):
 * within 0.5 % from 3 degrees of freedom on.
 * @param freedom degrees of freedom, at least 1
 */
export function studentQuantile(freedom: number): number {
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  const fourth = (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92160;
  return z + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
}
