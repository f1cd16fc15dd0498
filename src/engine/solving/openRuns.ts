import type { Products } from "../../linalg/products.ts";
import type {
  ComponentRequest,
  LoadedRun,
  OfLoaded,
  SolutionRequest,
} from "../../protocol/engine.ts";
import type { ComponentView, Solution } from "../../protocol/views/runView.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { contentKey } from "./contentKey.ts";
import { RecentlyUsed } from "./recentlyUsed.ts";
import { SolvableRun } from "./solvableRun.ts";
import type { SolvedRun } from "./solvedRun.ts";

/** What is kept at most, in bytes; the run and the solution used last always are. */
export interface OpenRunLimits {
  readonly runs: number;
  readonly solutions: number;
}

const defaultLimits: OpenRunLimits = { runs: 2 ** 30, solutions: 2 ** 26 };

/**
 * The runs that the panels' controls ask about, each kept once however many panels show it, and the solutions
 * found last. A request names all that its answer depends on, so that no panel has a part in what another is
 * told; what was let go is said to be "notLoaded", and loading it again gives the same answers.
 */
export class OpenRuns {
  readonly #runs: RecentlyUsed<SolvableRun>;
  readonly #solutions: RecentlyUsed<SolvedRun>;

  constructor(limits: OpenRunLimits = defaultLimits) {
    this.#runs = new RecentlyUsed(limits.runs);
    this.#solutions = new RecentlyUsed(limits.solutions);
  }

  async load(document: RunDocument, products: Products): Promise<LoadedRun> {
    const run = await contentKey(document);
    const known = this.#runs.get(run);
    const loaded = known ?? new SolvableRun(run, document, products);
    // Solutions hold their document: they go with their run, or what it takes would not be counted.
    if (!known) for (const gone of this.#runs.set(run, loaded)) this.#dropSolutions(gone);
    return {
      header: loaded.header,
      solution: loaded.made.solution,
      // The one thing that documents of the same content may differ in.
      validation: document.summary.validation,
    };
  }

  unload(run: string): void {
    this.#runs.deleteWhere((key) => key === run);
    this.#dropSolutions(run);
  }

  #dropSolutions(run: string): void {
    this.#solutions.deleteWhere((key) => key.startsWith(`${run} `));
  }

  /** @throws EigenlensError as {@link SolvableRun.solve} does */
  resolve(request: SolutionRequest): OfLoaded<Solution> {
    const solved = this.#solved(request);
    return solved ? { kind: "answer", answer: solved.solution } : { kind: "notLoaded" };
  }

  /** @throws EigenlensError as {@link SolvableRun.solve} and {@link SolvedRun.component} do */
  async component(request: ComponentRequest): Promise<OfLoaded<ComponentView>> {
    const solved = this.#solved(request);
    if (!solved) return { kind: "notLoaded" };
    return { kind: "answer", answer: await solved.component(request.direction, request.index) };
  }

  #solved({ run, solution }: SolutionRequest): SolvedRun | undefined {
    const loaded = this.#runs.get(run);
    if (!loaded) return undefined;
    const key = `${run} ${solution.shrinkage} ${solution.variance}`;
    const known = this.#solutions.get(key);
    if (known) return known;
    const solved = loaded.solve(solution);
    // The run itself keeps the one that it was made with.
    if (solved !== loaded.made) this.#solutions.set(key, solved);
    return solved;
  }
}
