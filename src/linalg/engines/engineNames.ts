/** What a plan may count on from an engine before it is started. */
interface EngineTraits {
  /** `decompose`: does everything. `multiply`: takes the product over all rows from the default engine, if it can be had. */
  readonly role: "decompose" | "multiply";
  /** Whether it has the capability `holdRows`. */
  readonly holdsRows: boolean;
  /** Whether float32 products save time on it. */
  readonly isFastInSingle: boolean;
  /** Whether the editor's settings offer it. */
  readonly isOffered: boolean;
}

/**
 * Every engine by the name that options and run documents call it: `wasm` (threads on shared memory), `tensorflow`
 * (an accelerator that may be installed), `script` (plain TypeScript, for tests, tiny sizes and as a last resort).
 */
const engines = {
  wasm: { role: "decompose", holdsRows: true, isFastInSingle: true, isOffered: true },
  tensorflow: { role: "multiply", holdsRows: false, isFastInSingle: true, isOffered: true },
  script: { role: "decompose", holdsRows: false, isFastInSingle: false, isOffered: false },
} as const satisfies Record<string, EngineTraits>;

export type EngineName = keyof typeof engines;

/** The engine that decomposes, unless another one is asked for. */
export const defaultEngine = "wasm" satisfies EngineName;

/** The engine that takes the product over very many rows, if it can be had. */
export const defaultAccelerator = "tensorflow" satisfies EngineName;

/** What a plan may count on from an engine. */
export function engineTraits(name: EngineName): EngineTraits {
  return engines[name];
}

const engineNames = Object.keys(engines) as readonly EngineName[];

/** What an option may say: the planner's choice, or an engine. */
export const engineChoices: readonly ["auto", ...EngineName[]] = ["auto", ...engineNames];

/** As {@link engineChoices}, of the engines that the editor's settings offer. */
export const offeredEngineChoices: readonly ["auto", ...EngineName[]] = [
  "auto",
  ...engineNames.filter((name) => engines[name].isOffered),
];
