import type {
  DirectionReport,
  ScoredComponent,
  SeparationScore,
  ValidationReport,
} from "../../ged/validation/report.ts";
import { rolesVarianceOf, writtenVariances, type WrittenVariances } from "./variances.ts";

export type WrittenScore = WrittenVariances<SeparationScore>;

type Scored<Own extends ScoredComponent> = Omit<Own, "inSample" | "heldOut"> & {
  readonly inSample: WrittenScore;
  readonly heldOut: WrittenScore | null;
};

export type WrittenComponent = Scored<ScoredComponent>;

export type WrittenDirection = Omit<Scored<DirectionReport>, "components"> & {
  readonly components: readonly WrittenComponent[];
};

/** A report as it is written: what is said of the direction that carries the target stands at its top. */
export type WrittenReport = Omit<ValidationReport, "directions" | "baselines"> &
  WrittenDirection & {
    readonly swapped: WrittenDirection;
    readonly baselines?: {
      readonly meanDifference: WrittenComponent;
      readonly linearDiscriminant: WrittenComponent;
    };
  };

export function writtenReport(report: ValidationReport): WrittenReport {
  const { directions, baselines, ...shared } = report;
  return {
    ...writtenDirection(directions.forward),
    ...shared,
    swapped: writtenDirection(directions.swapped),
    ...(baselines === undefined
      ? {}
      : {
          baselines: {
            meanDifference: writtenScores(baselines.meanDifference),
            linearDiscriminant: writtenScores(baselines.linearDiscriminant),
          },
        }),
  };
}

/** What {@link writtenReport} was given; entries that are not known stay as they are. */
export function reportOf(written: WrittenReport): ValidationReport {
  const { swapped, baselines, ...rest } = written;
  const { forward, shared } = takeApart(rest);
  return {
    ...shared,
    directions: { forward: directionOf(forward), swapped: directionOf(swapped) },
    ...(baselines === undefined
      ? {}
      : {
          baselines: {
            meanDifference: scoresOf(baselines.meanDifference),
            linearDiscriminant: scoresOf(baselines.linearDiscriminant),
          },
        }),
  };
}

function writtenDirection({ components, ...own }: DirectionReport): WrittenDirection {
  return { ...writtenScores(own), components: components.map(writtenScores) };
}

function directionOf({ components, ...own }: WrittenDirection): DirectionReport {
  return { ...scoresOf(own), components: components.map(scoresOf) };
}

function writtenScores<Own extends ScoredComponent>(own: Own): Scored<Own> {
  const { inSample, heldOut, ...rest } = own;
  return {
    ...rest,
    inSample: writtenVariances(inSample),
    heldOut: heldOut === null ? null : writtenVariances(heldOut),
  };
}

function scoresOf<Own extends Pick<WrittenComponent, "inSample" | "heldOut">>(
  own: Own,
): Omit<Own, "inSample" | "heldOut"> & Pick<ScoredComponent, "inSample" | "heldOut"> {
  const { inSample, heldOut, ...rest } = own;
  return {
    ...rest,
    inSample: rolesVarianceOf(inSample),
    heldOut: heldOut === null ? null : rolesVarianceOf(heldOut),
  };
}

/** Every entry of one direction: a new one must be listed here to be read back. */
const entriesOfDirection: Readonly<Record<keyof WrittenDirection, true>> = {
  inSample: true,
  heldOut: true,
  heldOutRatioInterval: true,
  heldOutAucInterval: true,
  eigenvalue: true,
  correctedP: true,
  verdict: true,
  relativeRatio: true,
  relativeRatioInterval: true,
  randomDirections: true,
  silence: true,
  permutedHeldOut: true,
  heldOutScores: true,
  heldOutScoreRanges: true,
  noiseEdge: true,
  analyticEdge: true,
  learningCurve: true,
  stability: true,
  estimand: true,
  components: true,
  permutation: true,
};

type Shared = Omit<ValidationReport, "directions" | "baselines">;

function takeApart(written: Shared & WrittenDirection): {
  readonly forward: WrittenDirection;
  readonly shared: Shared;
} {
  const entries = Object.entries(written);
  const isOfDirection = ([key]: [string, unknown]) => Object.hasOwn(entriesOfDirection, key);
  return {
    forward: Object.fromEntries(entries.filter(isOfDirection)) as unknown as WrittenDirection,
    shared: Object.fromEntries(
      entries.filter((entry) => !isOfDirection(entry)),
    ) as unknown as Shared,
  };
}
