import { fitsSingle } from "../activations/elements/elementType.ts";
import { checkComparable } from "../conditions/checkComparable.ts";
import type { Condition } from "../conditions/condition.ts";
import { checkGedOptions, type GedOptions } from "../ged/method/options.ts";
import { expectedOn, planRun, type Plan } from "../ged/method/plan.ts";
import { runGed, type GedRun } from "../ged/method/run.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { EngineArgument, RunRequest } from "../protocol/engine.ts";
import { buildDocument, sourceRecord } from "../runs/buildDocument.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { summarizeRun } from "../runs/summarize.ts";
import type { RunSummary } from "../runs/summary.ts";
import { version } from "../version.ts";
import type { EngineCall } from "./engineCall.ts";
import { rowNames } from "./openBoth.ts";
import type { EnginePair, ProductEngines } from "./productEngines.ts";
import type { ConditionPair } from "./reading/conditionPair.ts";
import type { KeptRows } from "./reading/keptRows.ts";

/** A run of which figures are wanted only. */
export interface SummaryRequest extends RunRequest {
  /** Whether a validation of the same rows follows: they then stay in memory if there is room, else they do not. */
  readonly again?: boolean;
}

/** Runs and validations of the rows of two conditions; those of moments are made by `MomentsRuns`. */
export class RowRuns {
  readonly #rows: KeptRows;
  readonly #engines: ProductEngines;

  constructor(rows: KeptRows, engines: ProductEngines) {
    this.#rows = rows;
    this.#engines = engines;
  }

  /**
   * Compresses and separates, and makes the run's document.
   * @throws EigenlensError as {@link runGed} does; nothing is left behind
   */
  run(request: RunRequest, call: EngineCall): Promise<RunDocument> {
    return this.#rows.use(request, async (pair) => {
      const { target, reference } = pair;
      const run = await this.#solve(pair, request.options, call);
      try {
        if (!(await pair.isHashed())) call.report({ step: "Fingerprinting the files" });
        const sources = {
          target: sourceRecord(target, await pair.hashOf(target)),
          reference: sourceRecord(reference, await pair.hashOf(reference)),
        };
        call.cancellation.throwIfRequested();
        call.report({ step: "Mapping the components to neurons" });
        const document = await buildDocument(run, { target, reference }, sources, version);
        call.cancellation.throwIfRequested();
        await pair.checkUnchanged();
        return document;
      } finally {
        run.release();
      }
    });
  }

  /**
   * The same figures without a document: nothing is mapped to neurons and no file is hashed.
   * @throws EigenlensError as {@link runGed} does
   */
  summarize(request: SummaryRequest, call: EngineCall): Promise<RunSummary> {
    const summarizePair = async (pair: ConditionPair): Promise<RunSummary> => {
      const run = await this.#solve(pair, request.options, call);
      run.release();
      return summarizeRun(run);
    };
    return request.again === true
      ? this.#rows.use(request, summarizePair)
      : this.#rows.borrow(request, summarizePair);
  }

  /**
   * What of a separation survives on held-out rows and under permuted labels.
   * @throws EigenlensError as `validateConditions` does; CancelledError
   */
  validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport> {
    return this.#rows.use(request, async ({ target, reference, checkUnchanged }) => {
      checkGedOptions(request.options);
      checkComparable(target, reference);
      const { products } = await this.#planned(target, reference, request.options);
      const { validateConditions } = await import("../ged/validation/validateConditions.ts");
      return validateConditions(
        target,
        reference,
        rowNames(target, reference),
        request.options,
        request.validation,
        {
          products,
          cancellation: call.cancellation,
          report: (progress) => call.report(progress),
          rowsRead: checkUnchanged,
        },
      );
    });
  }

  async #solve(
    { target, reference, checkUnchanged }: ConditionPair,
    options: GedOptions,
    call: EngineCall,
  ): Promise<GedRun> {
    const { plan, products, bulk } = await this.#planned(target, reference, options);
    const run = await runGed(target, reference, options, plan, { products, bulk, ...call });
    try {
      await checkUnchanged();
      return run;
    } catch (error) {
      run.release();
      throw error;
    }
  }

  /** The plan for two conditions and the engine that it names, as it really started. */
  async #planned(
    target: Condition,
    reference: Condition,
    options: GedOptions,
  ): Promise<EnginePair & { plan: Plan }> {
    const shape = {
      targetRows: target.rows,
      referenceRows: reference.rows,
      columns: target.columns,
      fitsSingle: [target, reference].every(({ provenance }) => fitsSingle(provenance.elementType)),
    };
    const intended = planRun(shape, options);
    const { products, bulk } = await this.#engines.for(intended);
    const started = { ...intended, engine: bulk.engine, threads: bulk.threads };
    const plan = expectedOn(started, shape, bulk);
    return { plan, products, bulk };
  }
}
