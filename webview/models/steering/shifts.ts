import type {
  AddedResults,
  MeanOfPrompts,
  MeasuredChange,
  MeasuredStep,
} from "../../../src/protocol/steering.ts";

/** The collateral KL, in nats, at which directions are compared. */
export const fixedKl = 0.1;

/**
 * The shift at which the collateral KL is as given, between the two steps around it, with their interval's ends.
 * @param sign of the steps that count
 * @returns undefined if no step reaches that KL
 */
export function shiftAtKl(
  steps: readonly MeasuredStep[],
  kl: number,
  sign: 1 | -1,
): MeanOfPrompts | undefined {
  const none = { mean: 0, interval: { low: 0, high: 0 } };
  const own = steps
    .filter(({ step }) => sign * step > 0)
    .sort((a, b) => Math.abs(a.step) - Math.abs(b.step));
  let low: MeasuredChange = { shift: none, kl: none };
  for (const high of own) {
    const [a, b] = [low.kl.mean, high.kl.mean];
    if (a <= kl && kl <= b && b > a) return between(low.shift, high.shift, (kl - a) / (b - a));
    low = high;
  }
  return undefined;
}

function between(from: MeanOfPrompts, to: MeanOfPrompts, share: number): MeanOfPrompts {
  const mix = (a: number, b: number): number => a + share * (b - a);
  return {
    mean: mix(from.mean, to.mean),
    ...(from.interval && to.interval
      ? {
          interval: {
            low: mix(from.interval.low, to.interval.low),
            high: mix(from.interval.high, to.interval.high),
          },
        }
      : {}),
  };
}

/** The least and the largest shift of random directions; undefined without any. */
export function randomRange(
  random: readonly MeasuredChange[],
): { readonly low: number; readonly high: number } | undefined {
  if (random.length === 0) return undefined;
  const shifts = random.map(({ shift }) => shift.mean);
  return { low: Math.min(...shifts), high: Math.max(...shifts) };
}

/** The shift of one whole step, with which random directions are compared; undefined if none was taken. */
export function oneStep({ steps }: AddedResults): MeanOfPrompts | undefined {
  return steps.find(({ step }) => step === 1)?.shift;
}
