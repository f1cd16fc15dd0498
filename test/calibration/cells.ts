import { drawNull, largerScale, nulls, type NullData } from "./nulls.ts";
import { plainNulls } from "./nulls/plain.ts";
import { withGap } from "./nulls/plain.ts";
import { judge } from "./calibrate.ts";
import { readVerdict, validateNull, type NullVerdict } from "./judgeNull.ts";
import { judgeTransfer } from "./judgeTransfer.ts";

/** What one data set says of the direction that carries the target, and of the swapped one. */
export interface Outcome {
  readonly forward: NullVerdict;
  readonly swapped: NullVerdict;
}

/** One row of the tables: a kind of data sets, each judged by its seed. */
export interface Cell {
  readonly name: string;
  readonly part: "plain" | "hostile" | "scale" | "transfer" | "power";
  readonly judge: (seed: number) => Promise<Outcome>;
}

const effort = { repeats: 3, permutations: 99, threads: 1 };

async function judgeNull(draw: Parameters<typeof drawNull>[0], seed: number): Promise<Outcome> {
  const report = await validateNull(drawNull(draw, seed), seed, effort);
  return {
    forward: readVerdict(report.directions.forward, report.omitted),
    swapped: readVerdict(report.directions.swapped, report.omitted),
  };
}

/** S = 4 R: everything larger by a constant, rows alone, in pairs, and unequally many. */
const scaled: Readonly<Record<string, (data: NullData) => NullData>> = {
  "S = 4 R": (data) => data,
  "S = 4 R, pairs": (data) => ({
    ...data,
    names: { groups: Array.from({ length: 48 }, (_, row) => `pair ${row % 24}`) },
  }),
};

/** The planted variance ratios of the power curves. */
export const strengths = [2, 4, 8, 16, 32];

export function powerName(strength: number, paired: boolean): string {
  return `${strength} x, ${paired ? "pairs" : "rows"}`;
}

export const cells: readonly Cell[] = [
  ...Object.entries(nulls).map(([name, draw]): Cell => {
    const part = name in plainNulls ? "plain" : "hostile";
    return { name, part, judge: (seed) => judgeNull(draw, seed) };
  }),
  ...Object.entries(scaled).map(([name, names]): Cell => {
    const draw: typeof largerScale = (random, deviate) => names(largerScale(random, deviate));
    return { name, part: "scale", judge: (seed) => judgeNull(draw, seed) };
  }),
  ...[0, 4, 8].map((gap): Cell => {
    const draw = withGap(gap);
    return {
      name: `transfer, gap ${gap}`,
      part: "transfer",
      judge: (seed) => Promise.resolve(judgeTransfer(drawNull(draw, seed), seed)),
    };
  }),
  ...[true, false].flatMap((paired) =>
    strengths.map((planted): Cell => ({
      name: powerName(planted, paired),
      part: "power",
      judge: (seed) =>
        judge(
          { seed: 1000 + seed, rows: 53, rank: 40, paired, planted },
          { repeats: 3, permutations: 99, threads: 1 },
        ),
    })),
  ),
];
