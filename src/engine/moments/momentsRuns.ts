import { availableParallelism } from "node:os";
import type { FileSystem } from "../../activations/byteSource.ts";
import { EigenlensError } from "../../errors.ts";
import type { GedOptions } from "../../ged/method/options.ts";
import { planMoments } from "../../ged/method/plan.ts";
import { checkGedOptions } from "../../ged/method/options.ts";
import { runFromMoments, type GedRun } from "../../ged/method/run.ts";
import type { ValidationOptions } from "../../ged/validation/options.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import { buildDocument, sourceRecord } from "../../runs/buildDocument.ts";
import { FingerprintedFiles } from "../../runs/fingerprint/fingerprintedFiles.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { summarizeRun } from "../../runs/summarize.ts";
import type { RunSummary } from "../../runs/summary.ts";
import { version } from "../../version.ts";
import type { RunRequest } from "../../protocol/engine.ts";
import type { KeptRows } from "../../moments/reservoir/keptRows.ts";
import type { ClusterJob, MomentsRequest } from "../../protocol/moments.ts";
import type { EngineCall } from "../engineCall.ts";
import type { ProductEngines } from "../productEngines.ts";
import type { WrittenMoments } from "./makeMoments.ts";
import { countKept, projectingKept } from "./keptPair.ts";
import { withMoments, type MomentsPair } from "./momentsPair.ts";

/** Sentences of the rows that were kept, if they have some. */
function textsOf(kept: KeptRows | undefined): { readonly sentences?: readonly string[] } {
  return kept?.texts === undefined ? {} : { sentences: kept.texts };
}

/** Makes moments documents; runs and validates conditions that are given as moments, without a row. */
export class MomentsRuns {
  readonly #fileSystem: FileSystem;
  readonly #engines: ProductEngines;

  constructor(fileSystem: FileSystem, engines: ProductEngines) {
    this.#fileSystem = fileSystem;
    this.#engines = engines;
  }

  /**
   * Compresses and separates, and makes the run's document.
   * @returns undefined if the sources are no moments
   * @throws EigenlensError as {@link runFromMoments} does; nothing is left behind
   */
  run(request: RunRequest, call: EngineCall): Promise<RunDocument | undefined> {
    return withMoments(request, this.#fileSystem, (pair) =>
      this.#document(pair, request.options, call),
    );
  }

  async #document(pair: MomentsPair, options: GedOptions, call: EngineCall): Promise<RunDocument> {
    const { target, reference } = pair;
    const run = await this.#solve(pair, options, call);
    call.report({ step: "Fingerprinting the files" });
    const paths = [target.provenance.path, reference.provenance.path];
    const prints = new FingerprintedFiles(this.#fileSystem, paths);
    const sources = {
      target: sourceRecord(target, await prints.hash(target.provenance.path)),
      reference: sourceRecord(reference, await prints.hash(reference.provenance.path)),
    };
    call.cancellation.throwIfRequested();
    call.report({ step: "Mapping the components to neurons" });
    const sentences = {
      target: textsOf(pair.kept?.target),
      reference: textsOf(pair.kept?.reference),
    };
    const document = await buildDocument(run, sentences, sources, version);
    call.cancellation.throwIfRequested();
    await pair.checkUnchanged();
    return document;
  }

  /**
   * The same figures without a document.
   * @returns undefined if the sources are no moments
   * @throws EigenlensError as {@link runFromMoments} does
   */
  summarize(request: RunRequest, call: EngineCall): Promise<RunSummary | undefined> {
    return withMoments(request, this.#fileSystem, async (pair) =>
      summarizeRun(await this.#solve(pair, request.options, call)),
    );
  }

  /**
   * What survives in the folds of the document.
   * @returns undefined if the sources are no moments
   * @throws EigenlensError "condition" if there are no common folds; as {@link validateMoments} does
   */
  validate(
    request: RunRequest & { readonly validation: ValidationOptions },
    call: EngineCall,
  ): Promise<ValidationReport | undefined> {
    const { options, validation } = request;
    return withMoments(request, this.#fileSystem, (pair) =>
      this.#validate(pair, options, validation, call),
    );
  }

  async #validate(
    pair: MomentsPair,
    options: GedOptions,
    validation: ValidationOptions,
    call: EngineCall,
  ): Promise<ValidationReport> {
    checkGedOptions(options);
    const { target, reference, folds } = pair;
    if (folds === undefined) {
      const { path } = target.provenance;
      const fault =
        path === reference.provenance.path
          ? `${path} has no folds`
          : `${path} and ${reference.provenance.path} have no folds that were assigned alike`;
      throw new EigenlensError(
        "condition",
        `${fault}, so nothing can be held out: make moments with the same --folds and --seed, or leave --validate out.`,
      );
    }
    const { products } = await this.#engines.for(planMoments(pair.dimensions, options));
    const { validateMoments } = await import("../../ged/validation/moments/validateMoments.ts");
    const report = await validateMoments(folds, options, validation, { products, ...call });
    await pair.checkUnchanged();
    return report;
  }

  /**
   * Sums the moments of conditions and writes their document.
   * @throws EigenlensError as `makeMoments` does
   */
  async make(request: MomentsRequest, call: EngineCall): Promise<WrittenMoments> {
    const threads = availableParallelism();
    const { products } = await this.#engines.for({ engine: "wasm", threads });
    const { makeMoments } = await import("./makeMoments.ts");
    return makeMoments(request, this.#fileSystem, { products, ...call });
  }

  /**
   * The words for the script that sums the same moments on a Dask cluster.
   * @throws EigenlensError as `prepareClusterJob` does
   */
  async prepareCluster(job: ClusterJob, call: EngineCall): Promise<readonly string[]> {
    const { products } = await this.#engines.for({ engine: "wasm", threads: 1 });
    const { prepareClusterJob } = await import("./clusterJob.ts");
    return prepareClusterJob(job, this.#fileSystem, { products, ...call });
  }

  /** @throws EigenlensError as `describeMoments` does */
  async describe(path: string): Promise<WrittenMoments> {
    const { describeMoments } = await import("./makeMoments.ts");
    return describeMoments(path, this.#fileSystem);
  }

  /** @throws EigenlensError as `mergeMoments` does */
  async merge(paths: readonly string[], out: string): Promise<WrittenMoments> {
    const { mergeMoments } = await import("./makeMoments.ts");
    return mergeMoments(paths, out, this.#fileSystem);
  }

  async #solve(pair: MomentsPair, options: GedOptions, call: EngineCall): Promise<GedRun> {
    const intended = planMoments(pair.dimensions, options);
    const { products } = await this.#engines.for(intended);
    call.report({ step: "Reading moments" });
    const moments = await pair.read();
    await pair.checkUnchanged();
    const plan = { ...intended, engine: products.engine, threads: products.threads };
    const run = await runFromMoments(moments, pair, options, plan, { products, ...call });
    const { kept } = pair;
    const atHand = countKept(kept);
    if (kept === undefined) return { ...run, atHand };
    const compression = projectingKept(run.compression, kept, run.moments, products);
    return { ...run, atHand, compression };
  }
}
