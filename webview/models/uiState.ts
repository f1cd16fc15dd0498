import { defaultValidationOptions, type ValidationOptions } from "../../src/protocol/results.ts";
import {
  directionNames,
  ofDirections,
  type DirectionName,
  type Directions,
} from "../../src/protocol/direction.ts";
import { neuronColumns, type NeuronSort } from "./neurons/neuronTable.ts";

/** What the user chose about the display; kept by VS Code over a window reload. */
export interface UiState {
  /** The run that these choices belong to; the host restores it. Empty before the first run. */
  readonly runId: string;
  readonly front: DirectionName;
  readonly sideBySide: boolean;
  /** The component shown of each direction, from 0. */
  readonly component: Directions<number>;
  /** The component on the scatter's other axis, from 0. */
  readonly against: Directions<number>;
  readonly quantity: "filter" | "pattern";
  readonly scale: "log" | "linear";
  readonly neuronsShown: "top" | "all";
  readonly sort: NeuronSort;
  readonly pairLines: boolean;
  readonly clusterLines: boolean;
  /** What is drawn if both are known. */
  readonly evidence: "heldOut" | "inSample";
  /** The names of the figures that are shown as tables. */
  readonly tables: readonly string[];
  readonly diagnosticsOpen: boolean;
  /** Two sets of tokens for the logit lens, as they were typed. */
  readonly lensTokens: string;
  readonly validation: ValidationChoices;
}

export interface ValidationChoices {
  readonly folds: number;
  readonly repeats: number;
  readonly permutations: number;
  readonly seed: number;
  readonly extended: boolean;
  /** Which dependence found in the rows is taken into account. */
  readonly structure: NonNullable<ValidationOptions["structure"]>;
}

export const defaultUiState: UiState = {
  runId: "",
  front: "forward",
  sideBySide: false,
  component: ofDirections(() => 0),
  against: ofDirections(() => 1),
  quantity: "filter",
  scale: "log",
  neuronsShown: "top",
  sort: { column: "loading", descending: true },
  pairLines: false,
  clusterLines: false,
  evidence: "heldOut",
  tables: [],
  diagnosticsOpen: false,
  lensTokens: "",
  validation: {
    ...defaultValidationOptions,
    structure: { repeats: true, templates: true, pairs: true },
  },
};

/**
 * The stored state, each field checked by itself: what an older version wrote, or nobody, becomes
 * the default.
 * @param stored whatever `getState` returned
 */
export function readUiState(stored: unknown): UiState {
  const from = asRecord(stored);
  const defaults = defaultUiState;
  const validation = asRecord(from["validation"]);
  const structure = asRecord(validation["structure"]);
  return {
    runId: typeof from["runId"] === "string" ? from["runId"] : defaults.runId,
    front: oneOf(from["front"], directionNames, defaults.front),
    sideBySide: asBoolean(from["sideBySide"], defaults.sideBySide),
    component: readIndices(from["component"], defaults.component),
    against: readIndices(from["against"], defaults.against),
    quantity: oneOf(from["quantity"], ["filter", "pattern"], defaults.quantity),
    scale: oneOf(from["scale"], ["log", "linear"], defaults.scale),
    neuronsShown: oneOf(from["neuronsShown"], ["top", "all"], defaults.neuronsShown),
    sort: readSort(from["sort"]),
    pairLines: asBoolean(from["pairLines"], defaults.pairLines),
    clusterLines: asBoolean(from["clusterLines"], defaults.clusterLines),
    evidence: oneOf(from["evidence"], ["heldOut", "inSample"], defaults.evidence),
    tables: Array.isArray(from["tables"])
      ? from["tables"].filter((name): name is string => typeof name === "string")
      : defaults.tables,
    diagnosticsOpen: asBoolean(from["diagnosticsOpen"], defaults.diagnosticsOpen),
    lensTokens: typeof from["lensTokens"] === "string" ? from["lensTokens"] : defaults.lensTokens,
    validation: {
      folds: asIndex(validation["folds"], defaults.validation.folds),
      repeats: asIndex(validation["repeats"], defaults.validation.repeats),
      permutations: asIndex(validation["permutations"], defaults.validation.permutations),
      seed: asIndex(validation["seed"], defaults.validation.seed),
      extended: asBoolean(validation["extended"], defaults.validation.extended),
      structure: {
        repeats: asBoolean(structure["repeats"], defaults.validation.structure.repeats),
        templates: asBoolean(structure["templates"], defaults.validation.structure.templates),
        pairs: asBoolean(structure["pairs"], defaults.validation.structure.pairs),
      },
    },
  };
}

/**
 * The state for a run that has just arrived: choices of display stay, while components return to
 * the first where the run is another one, and never exceed what the run has.
 */
export function adoptRun(state: UiState, runId: string, components: Directions<number>): UiState {
  const base =
    state.runId === runId
      ? state
      : { ...state, component: defaultUiState.component, against: defaultUiState.against };
  const within = (index: number, direction: DirectionName): number =>
    Math.max(0, Math.min(index, components[direction] - 1));
  const component = ofDirections((direction) => within(base.component[direction], direction));
  return { ...base, runId, component, against: apart(component, base.against, components) };
}

/**
 * The components on the scatters' other axes: never the one that is chosen, for a component against itself shows
 * nothing. One that would be gives way to its neighbour; only a direction of a single component has no other.
 */
export function apart(
  component: UiState["component"],
  against: UiState["against"],
  components: Directions<number>,
): UiState["against"] {
  return ofDirections((direction) => {
    const last = Math.max(0, components[direction] - 1);
    const wanted = Math.max(0, Math.min(against[direction], last));
    const chosen = component[direction];
    if (wanted !== chosen) return wanted;
    return chosen < last ? chosen + 1 : Math.max(0, chosen - 1);
  });
}

function readIndices(value: unknown, fallback: Directions<number>): Directions<number> {
  const from = asRecord(value);
  return ofDirections((direction) => asIndex(from[direction], fallback[direction]));
}

function readSort(value: unknown): NeuronSort {
  const from = asRecord(value);
  return {
    column: oneOf(from["column"], neuronColumns, defaultUiState.sort.column),
    descending: asBoolean(from["descending"], defaultUiState.sort.descending),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function asBoolean(value: unknown, fallback: boolean): boolean {
  return typeof value === "boolean" ? value : fallback;
}

function asIndex(value: unknown, fallback: number): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : fallback;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((choice) => choice === value) ?? fallback;
}
