import type { DirectionName } from "../ged/method/directions.ts";
import type { TensorDescription } from "../activations/describeTensor.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { labelColumns } from "../conditions/labelColumns.ts";
import type { LayerPair } from "../conditions/naming/pairLayers.ts";
import {
  proposeConditions,
  type ConditionProposal,
} from "../conditions/naming/proposeConditions.ts";
import { readSteering } from "../directions/steering/readSteering.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { Products } from "../linalg/products.ts";
import type {
  ComponentRequest,
  EngineArgument,
  FileSummary,
  LoadedRun,
  OfLoaded,
  RunRequest,
  SolutionRequest,
} from "../protocol/engine.ts";
import type { ComponentView, Solution } from "../protocol/views/runView.ts";
import type { ComparedPairs, LabelColumn, LabelPairs, PairsRequest } from "../protocol/pairs.ts";
import type { NeuronRequest, NeuronValues } from "../protocol/neuronValues.ts";
import type { ProjectionRequest, RowProjections } from "../protocol/meanProjections.ts";
import type { Lens, LensRequest, SteeringResults } from "../protocol/steering.ts";
import type { SweepRequest, SweptLayers } from "../protocol/sweep.ts";
import type { TransferRequest, TransferResult } from "../protocol/transfer.ts";
import type { FileRows } from "../exports/python/fileRows.ts";
import type { RunComparison } from "../runs/compare/comparison.ts";
import { readDocumentFile, readRecordFile } from "../runs/reading/readDocument.ts";
import type { RunDocument, RunRecord } from "../runs/runDocument.ts";
import type { RunTransfer } from "../runs/runTransfer.ts";
import type { RunSummary } from "../runs/summary.ts";
import { changedSources } from "./changedSources.ts";
import { compareDocuments } from "./compareDocuments.ts";
import type { EngineCall, EngineImplementation } from "./engineCall.ts";
import { findFileRows } from "./fileRows.ts";
import { findLens } from "./lens.ts";
import { proposeMoments } from "./moments/proposeMoments.ts";
import { MomentsRuns } from "./moments/momentsRuns.ts";
import { ProductEngines, type ProductEngineOptions } from "./productEngines.ts";
import { containersAmong, describeTensorOfFile, inspectFile } from "./reading/inspectFiles.ts";
import { KeptRows } from "./reading/keptRows.ts";
import { projectRows } from "./reading/projectRows.ts";
import { RowRuns, type SummaryRequest } from "./rowRuns.ts";
import { readNeuron } from "./reading/readNeuron.ts";
import { comparePairs, findLabelPairs } from "./pairs/comparePairs.ts";
import { OpenRuns } from "./solving/openRuns.ts";
import { SolvableRun } from "./solving/solvableRun.ts";
import { findLayers } from "./sweep/findLayers.ts";
import { sweepLayers } from "./sweep/sweepLayers.ts";
import { transferRunToFiles } from "./transfer/transferRun.ts";
import { transferToFiles } from "./transfer/transferToFiles.ts";

/**
 * Everything that Eigenlens computes, behind one object: used by the editor's worker and by the command
 * line alike.
 */
export class Engine implements EngineImplementation {
  readonly #fileSystem: FileSystem;
  readonly #engines: ProductEngines;
  readonly #rows: KeptRows;
  readonly #fromRows: RowRuns;
  readonly #runs = new OpenRuns();
  /** What is done with moments in place of rows. */
  readonly moments: MomentsRuns;

  constructor(fileSystem: FileSystem, options: ProductEngineOptions = {}) {
    this.#fileSystem = fileSystem;
    this.#engines = new ProductEngines(options);
    this.#rows = new KeptRows(fileSystem);
    this.#fromRows = new RowRuns(this.#rows, this.#engines);
    this.moments = new MomentsRuns(fileSystem, this.#engines);
  }

  /** @throws EigenlensError if the file cannot be read or is of no known format */
  inspect({ path, readings }: EngineArgument<"inspect">): Promise<FileSummary> {
    return inspectFile(path, this.#fileSystem, readings);
  }

  /** Those of some folders that are one container of tensors. */
  containers({ folders }: EngineArgument<"containers">): Promise<readonly string[]> {
    return containersAmong(folders, this.#fileSystem);
  }

  /**
   * What the values of one tensor are like, read in blocks.
   * @throws EigenlensError as {@link describeTensorOfFile} does
   */
  describe(request: EngineArgument<"describe">, call: EngineCall): Promise<TensorDescription> {
    return describeTensorOfFile(request, this.#fileSystem, call);
  }

  /** @throws EigenlensError if a file cannot be read or holds nothing to compare */
  async propose({ paths, readings }: EngineArgument<"propose">): Promise<ConditionProposal> {
    const moments = await proposeMoments(paths, this.#fileSystem);
    return moments ?? proposeConditions(paths, this.#fileSystem, readings);
  }

  /**
   * Compresses and separates, and makes the run's document.
   * @throws EigenlensError as {@link RowRuns} does; nothing is left behind
   */
  async run(request: RunRequest, call: EngineCall): Promise<RunDocument> {
    const fromMoments = await this.moments.run(request, call);
    if (fromMoments !== undefined) return fromMoments;
    return this.#fromRows.run(request, call);
  }

  /**
   * The same figures without a document: nothing is mapped to neurons and no file is hashed.
   * @throws EigenlensError as {@link RowRuns} does
   */
  async summarize(request: SummaryRequest, call: EngineCall): Promise<RunSummary> {
    const fromMoments = await this.moments.summarize(request, call);
    if (fromMoments !== undefined) return fromMoments;
    return this.#fromRows.summarize(request, call);
  }

  /** @throws EigenlensError as {@link changedSources} does */
  changedSources(
    { sources }: EngineArgument<"changedSources">,
    call: EngineCall,
  ): Promise<readonly string[]> {
    return changedSources(sources, this.#fileSystem, call);
  }

  /** @throws EigenlensError as {@link compareDocuments} does */
  compare({ paths }: EngineArgument<"compare">, call: EngineCall): Promise<RunComparison> {
    return compareDocuments(paths, this.#fileSystem, call);
  }

  /** @throws EigenlensError as {@link projectRows} does, or as the files do */
  projectRows(request: ProjectionRequest, call: EngineCall): Promise<RowProjections[]> {
    return this.#rows.use(request, (pair) => projectRows(pair, request, call));
  }

  /** @throws EigenlensError as {@link findLens} does; CancelledError */
  lens(request: LensRequest, call: EngineCall): Promise<Lens> {
    return findLens(request, this.#fileSystem, call);
  }

  /** @throws EigenlensError as {@link readSteering} does */
  steering({ path }: EngineArgument<"steering">): Promise<SteeringResults> {
    return readSteering(path, this.#fileSystem);
  }

  /** The pairs of conditions, one per layer, that the files hold. */
  layers({ paths, readings }: EngineArgument<"layers">): Promise<LayerPair[]> {
    return findLayers(paths, this.#fileSystem, readings);
  }

  /** @throws CancelledError; a layer that fails says why in its place */
  sweep(request: SweepRequest, call: EngineCall): Promise<SweptLayers> {
    return sweepLayers(this, request, call);
  }

  /** @throws EigenlensError as {@link MomentsRuns.prepareCluster} does */
  prepareCluster(
    job: EngineArgument<"prepareCluster">,
    call: EngineCall,
  ): Promise<readonly string[]> {
    return this.moments.prepareCluster(job, call);
  }

  /** @throws EigenlensError as {@link labelColumns} does */
  labelColumns({ path, readings }: EngineArgument<"labelColumns">): Promise<LabelColumn[]> {
    return labelColumns(path, this.#fileSystem, readings);
  }

  /** @throws EigenlensError as {@link findLabelPairs} does */
  labelPairs({ source, column }: EngineArgument<"labelPairs">): Promise<LabelPairs> {
    return findLabelPairs(source, column, this.#fileSystem);
  }

  /** @throws CancelledError; a pair that fails says why in its place */
  comparePairs(request: PairsRequest, call: EngineCall): Promise<ComparedPairs> {
    return comparePairs(this, request, call);
  }

  /** @throws EigenlensError as {@link readDocumentFile} does */
  readDocument({ path }: EngineArgument<"readDocument">): Promise<RunDocument> {
    return readDocumentFile(path, this.#fileSystem);
  }

  /** @throws EigenlensError as {@link readRecordFile} does */
  readRecord({ path }: EngineArgument<"readRecord">): Promise<RunRecord> {
    return readRecordFile(path, this.#fileSystem);
  }

  /** Keeps a run's document, so that the calls below answer for it. */
  async load({ document }: EngineArgument<"load">): Promise<LoadedRun> {
    return this.#runs.load(document, await this.#smallProducts());
  }

  /** Gives the memory of a loaded run back. */
  unload({ run }: EngineArgument<"unload">): void {
    this.#runs.unload(run);
  }

  /** @throws EigenlensError as {@link OpenRuns.resolve} does */
  resolve(request: SolutionRequest): OfLoaded<Solution> {
    return this.#runs.resolve(request);
  }

  /** @throws EigenlensError as {@link OpenRuns.component} does */
  component(request: ComponentRequest): Promise<OfLoaded<ComponentView>> {
    return this.#runs.component(request);
  }

  /**
   * What of a separation survives on held-out rows and under permuted labels.
   * @throws EigenlensError as {@link RowRuns} does; CancelledError
   */
  async validate(request: EngineArgument<"validate">, call: EngineCall): Promise<ValidationReport> {
    const fromMoments = await this.moments.validate(request, call);
    if (fromMoments !== undefined) return fromMoments;
    return this.#fromRows.validate(request, call);
  }

  /** @throws EigenlensError as {@link findFileRows} does */
  fileRows(document: Pick<RunDocument, "sources">): Promise<FileRows> {
    return findFileRows(document, this.#fileSystem);
  }

  /**
   * One neuron's activations of the rows that a run was made from; the next neuron's come from memory if there is room.
   * @throws EigenlensError as {@link readNeuron} does, or as the files do
   */
  neuronValues(request: NeuronRequest, call: EngineCall): Promise<NeuronValues> {
    return this.#rows.use(request, (pair) => readNeuron(pair, request, call));
  }

  /**
   * One component of a run, as it was made.
   * @param index from 0
   * @throws EigenlensError "usage" if there is no such component or its loadings were not stored
   */
  async componentOf(
    document: RunDocument,
    direction: DirectionName,
    index: number,
  ): Promise<ComponentView> {
    const { made } = new SolvableRun("", document, await this.#smallProducts());
    return made.component(direction, index);
  }

  /**
   * One direction of a run, as it was made, on the rows of other files.
   * @param index of the component, from 0
   * @throws EigenlensError as {@link transferToFiles} does, "usage" if there is no such component
   */
  async transfer(
    document: RunDocument,
    direction: DirectionName,
    index: number,
    request: TransferRequest,
    call: EngineCall,
  ): Promise<TransferResult> {
    const component = await this.componentOf(document, direction, index);
    return transferToFiles(component, document.sources, request, this.#rows, call);
  }

  /**
   * The first components of both directions of a run, as it was made, on the rows of other files.
   * @throws EigenlensError as {@link transferRunToFiles} does
   */
  async transferRun(
    { document, ...request }: EngineArgument<"transferRun">,
    call: EngineCall,
  ): Promise<RunTransfer> {
    const run = new SolvableRun("transfer", document, await this.#smallProducts());
    return transferRunToFiles(run, request, this.#rows, call);
  }

  /** Ends every thread; the engine must not be used afterwards. */
  async dispose(): Promise<void> {
    await this.#engines.dispose();
  }

  /** For matrices of some hundreds of rows: threads would cost more than they bring. */
  async #smallProducts(): Promise<Products> {
    return (await this.#engines.for({ engine: "wasm", threads: 1 })).products;
  }
}
