/** A 95 % interval; what it is over is said where it stands. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
