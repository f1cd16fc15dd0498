import type { RunTransfer, ValidationReport } from "../../src/protocol/results.ts";
import type { HostToPanel } from "../../src/protocol/panel.ts";
import {
  runView,
  sameChoice,
  type ComponentView,
  type RunHeader,
  type RunView,
  type Solution,
  type SolutionChoice,
} from "../../src/protocol/views/runView.ts";
import { byCondition, withAnswer } from "./neurons/neuronColours.ts";
import { answered, noHistory, refused } from "./choices.ts";
import { adoptRun } from "./uiState.ts";
import { componentKey, noTransfers, type PanelModel } from "./panelModel.ts";
import { select } from "./select.ts";
import { noSteering, withLens, withSteering } from "./steering/steeringState.ts";

/** The model after a message of the host's. */
export function receive(model: PanelModel, message: HostToPanel): PanelModel {
  switch (message.kind) {
    case "state":
      return { ...model, state: message.state };
    case "run": {
      const { runId, header, solution, validation, saved } = message;
      const same = runId === model.run?.runId && header.run === model.header?.run;
      return {
        ...withSolution(model, header, runId, solution, validation),
        transfers: runId === model.run?.runId ? model.transfers : noTransfers,
        meanProjections: same ? model.meanProjections : "notAsked",
        steering: runId === model.run?.runId ? model.steering : noSteering,
        resolving: { ...model.resolving, asked: undefined, wanted: undefined },
        history: same ? model.history : noHistory,
        colour: same ? model.colour : byCondition,
        validation: {
          report: validation,
          progress: undefined,
          starting: false,
          gaveUp: undefined,
          solution: solution.choice,
          shown: validation,
          saved,
        },
      };
    }
    case "resolved": {
      const { request, solution, components, validation } = message;
      const { run, header, resolving } = model;
      if (request !== resolving.request || !run || !header || solution.run !== header.run) {
        return model;
      }
      const solved = withSolution(model, header, run.runId, solution, validation);
      return {
        ...components.reduce(withComponent, solved),
        resolving: answered(resolving, solution.choice),
        validation: withReportOf(model, solution.choice, validation),
      };
    }
    case "neuronValues":
      return { ...model, colour: withAnswer(model.colour, message) };
    case "meanProjections":
      return {
        ...model,
        meanProjections: "why" in message ? { why: message.why } : message.projections,
      };
    case "lens":
      return { ...model, steering: withLens(model.steering, message) };
    case "steering":
      return { ...model, steering: withSteering(model.steering, message) };
    case "component":
      return withComponent(model, message.view);
    case "validation":
      return { ...model, validation: withReport(model, message) };
    case "transfers":
      return {
        ...model,
        transfers: {
          list: withKnown(model.transfers.list, message.transfers),
          kept: message.kept,
          progress: message.progress,
          reveals: model.transfers.reveals + (message.reveal ? 1 : 0),
        },
      };
    case "problem":
      return {
        ...model,
        problem: message.message,
        ...(message.request === undefined
          ? // One that runs tells its end by itself, whatever else failed.
            { validation: { ...model.validation, starting: false } }
          : { resolving: refused(model.resolving, message.request, model.run?.controls) }),
      };
    case "select":
      return select(model, message.selection);
    default:
      return message satisfies never;
  }
}

function withSolution(
  model: PanelModel,
  header: RunHeader,
  runId: string,
  solution: Solution,
  validation: ValidationReport | null,
): PanelModel {
  return {
    ...model,
    header,
    run: runView(runId, header, solution, validation),
    components: new Map(),
    requested: new Set(),
    problem: undefined,
    ui: adoptRun(model.ui, runId, solution.mappedComponents),
  };
}

/** A component of another run or solution than the one shown is none of ours. */
function withComponent(model: PanelModel, view: ComponentView): PanelModel {
  const { run, header } = model;
  if (!run || view.run !== header?.run || !sameChoice(view.choice, run.controls)) return model;
  const key = componentKey(view.direction, view.index);
  return {
    ...model,
    components: new Map(model.components).set(key, view),
    requested: new Set(model.requested).add(key),
  };
}

/** Each message brings copies: what is known already stays the same object, so that nothing is drawn twice. */
function withKnown(
  known: readonly RunTransfer[],
  come: readonly RunTransfer[],
): readonly RunTransfer[] {
  const list = come.map((each) => known.find(({ created }) => created === each.created) ?? each);
  return list.length === known.length && list.every((each, i) => each === known[i]) ? known : list;
}

/** The report on a solution that is shown again; without one, or while one is made, the last stays readable. */
function withReportOf(
  { validation }: PanelModel,
  solution: SolutionChoice,
  report: ValidationReport | null,
): PanelModel["validation"] {
  const known = { ...validation, shown: report };
  const running = validation.starting || validation.progress !== undefined;
  return running || report === null ? known : { ...known, report, solution };
}

/** While a validation starts over, the last report stays readable until there is something new. */
function withReport(
  { header, run, validation }: PanelModel,
  {
    report,
    progress,
    solution,
    gaveUp: how,
  }: Extract<HostToPanel, { readonly kind: "validation" }>,
): PanelModel["validation"] {
  const news = report ?? progress?.partial;
  const isFinal = progress === undefined;
  const saved = isFinal && header && sameChoice(header.made, solution) ? report : validation.saved;
  const shown = isFinal && run && sameChoice(run.controls, solution) ? report : validation.shown;
  const gaveUp = how && { how, solution };
  const still = { ...validation, progress, starting: false, gaveUp, shown, saved };
  if (news) return { ...still, report: news, solution };
  if (!isFinal) return still;
  // Of what was cancelled nothing is left; what is known of the solution shown is.
  return { ...still, report: shown, ...(shown && run ? { solution: choiceOf(run) } : {}) };
}

function choiceOf({ controls: { shrinkage, variance } }: RunView): SolutionChoice {
  return { shrinkage, variance };
}
