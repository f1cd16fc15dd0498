import { directionNames, rolesOfDirection } from "../../src/protocol/direction.ts";
import type { RunView, SourceView } from "../../src/protocol/views/runView.ts";
import { engineText, text } from "../text.ts";
import {
  formatBytes,
  formatChosen,
  formatCount,
  formatProse,
  formatSeconds,
  formatTable,
} from "../../src/protocol/words/numbers.ts";

/** One line of "how it was computed". */
export interface DiagnosticFact {
  readonly label: string;
  readonly value: string;
}

/** Ranks of S, R and their average: at full width, in the kept dimensions, after shrinkage. */
export function rankRows(view: RunView): string[][] {
  const { rank, target, reference } = view.summary;
  const full = (value: number): string =>
    rank.fullWidth.kind === "exact"
      ? formatCount(value)
      : text("diagnostics.upperBound", { rank: formatCount(value) });
  return [
    [
      target.name,
      full(rank.fullWidth.target),
      formatCount(rank.target),
      formatCount(rank.targetShrunk),
    ],
    [
      reference.name,
      full(rank.fullWidth.reference),
      formatCount(rank.reference),
      formatCount(rank.referenceShrunk),
    ],
    [
      text("diagnostics.average"),
      formatCount(rank.average),
      formatCount(view.summary.compression.components),
      text("validation.none"),
    ],
  ];
}

/** Condition numbers of S and R in the kept dimensions, before and after shrinkage. */
export function conditionRows(view: RunView): string[][] {
  const { conditionNumber, target, reference } = view.summary;
  const cell = (value: number | null): string =>
    value === null ? text("diagnostics.singular") : formatTable(value);
  return [
    [target.name, cell(conditionNumber.target), cell(conditionNumber.targetShrunk)],
    [reference.name, cell(conditionNumber.reference), cell(conditionNumber.referenceShrunk)],
  ];
}

/** One γ that was chosen, or that of each condition as it was estimated. */
function shrinkageFacts({ summary }: RunView): DiagnosticFact[] {
  const { estimator, gamma } = summary.shrinkage;
  if (estimator === undefined) {
    return [{ label: text("diagnostics.gamma"), value: formatChosen(gamma.forward) }];
  }
  return directionNames.map((direction) => ({
    label: text("diagnostics.gamma.of", {
      name: summary[rolesOfDirection[direction].silenced].name,
    }),
    value: text("diagnostics.gamma.estimated", {
      gamma: formatTable(gamma[direction]),
      estimator: text(`facts.estimator.${estimator}`),
    }),
  }));
}

/** Shrinkage, route, engine, precision and time, one fact a line. */
export function computationFacts(view: RunView): DiagnosticFact[] {
  const { plan, shrinkage, seconds, target, reference, neurons } = view.summary;
  const engine = {
    engine: plan.engine,
    threads: plan.threads,
    bytes: formatBytes(plan.bytes),
    expected: formatSeconds(plan.expectedSeconds),
  };
  const route = text(`facts.route.${plan.route}`);
  return [
    ...shrinkageFacts(view),
    ...directionNames.map((direction) => ({
      label: text("diagnostics.alpha", {
        name: view.summary[rolesOfDirection[direction].silenced].name,
      }),
      value: formatTable(shrinkage.alpha[direction]),
    })),
    { label: text("diagnostics.route"), value: `${route}. ${engineText(plan.reason)}` },
    {
      label: text("diagnostics.engine"),
      value:
        plan.threads === 1
          ? text("diagnostics.engine.one", engine)
          : text("diagnostics.engine.value", engine),
    },
    {
      label: text("diagnostics.precision"),
      value:
        plan.precision === "double"
          ? text("diagnostics.precision.double")
          : text("diagnostics.precision.single", { error: formatProse(plan.errorEstimate) }),
    },
    {
      label: text("diagnostics.seconds"),
      value: text("diagnostics.seconds.value", {
        read: formatSeconds(seconds.read),
        compress: formatSeconds(seconds.compress),
        separate: formatSeconds(seconds.separate),
        total: formatSeconds(seconds.total),
      }),
    },
    { label: text("diagnostics.constant"), value: formatCount(neurons.constant) },
    {
      label: text("diagnostics.sources"),
      value: `${target.name}: ${sourceText(view.sources.target)}\n${reference.name}: ${sourceText(view.sources.reference)}`,
    },
    { label: text("diagnostics.created"), value: view.created },
  ];
}

/** The path of a file, or the variable of a notebook, whose file is gone. */
function sourceText({ path, origin }: SourceView): string {
  return origin === undefined ? path : text("diagnostics.notebook", { ...origin });
}
