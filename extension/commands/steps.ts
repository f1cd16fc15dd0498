/** What a step comes to: the next step, a result, or one step back; undefined ends the whole choice. */
export type StepOutcome<Result> =
  | { readonly kind: "next"; readonly step: Step<Result> }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "back" }
  | undefined;

export type Step<Result> = (place: StepPlace) => Promise<StepOutcome<Result>>;

/** Where in a choice of several steps a step stands. */
export interface StepPlace {
  /** From 1. */
  readonly number: number;
  readonly canGoBack: boolean;
}

/** Takes one step after the other; "back" returns to the step before. */
export async function takeSteps<Result>(first: Step<Result>): Promise<Result | undefined> {
  const steps: Step<Result>[] = [first];
  for (;;) {
    const step = steps.at(-1);
    if (!step) return undefined;
    const outcome = await step({ number: steps.length, canGoBack: steps.length > 1 });
    if (!outcome) return undefined;
    if (outcome.kind === "done") return outcome.result;
    if (outcome.kind === "next") steps.push(outcome.step);
    else steps.pop();
  }
}
