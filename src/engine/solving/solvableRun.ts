import { Cancellation } from "../../cancellation.ts";
import { EigenlensError } from "../../errors.ts";
import { leadingBlock } from "../../ged/full/compression.ts";
import { solveBothDirections, type SolvedDirections } from "../../ged/full/solve.ts";
import { ofDirections, type Directions } from "../../ged/method/directions.ts";
import { checkGedOptions } from "../../ged/method/options.ts";
import type { Products } from "../../linalg/products.ts";
import { sameChoice, type RunHeader, type SolutionChoice } from "../../protocol/views/runView.ts";
import {
  compressionFromDocument,
  type DocumentCompression,
} from "../../runs/documentCompression.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { runHeader } from "./runHeader.ts";
import { SolvedRun } from "./solvedRun.ts";

/**
 * One run's document, ready to be solved for any choice from its k x k covariances, never from the files.
 * It remembers no choice: whoever asks says which.
 */
export class SolvableRun {
  readonly document: RunDocument;
  readonly header: RunHeader;
  /** The solution that the run was made with. */
  readonly made: SolvedRun;
  readonly #products: Products;
  readonly #stored: DocumentCompression;

  /** @param run the document's content, as {@link contentKey} names it */
  constructor(run: string, document: RunDocument, products: Products) {
    this.document = document;
    this.header = runHeader(run, document);
    this.#products = products;
    this.#stored = compressionFromDocument(document, products);
    this.made = SolvedRun.made({ run, document, compression: this.#stored }, () =>
      this.#solve(this.#stored, document.summary.shrinkage.gamma),
    );
  }

  /** Bytes of the document's tensors. */
  get bytes(): number {
    const tensors = Object.values(this.document.tensors);
    return tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  }

  /**
   * @throws EigenlensError "numerics" if a shrunk covariance is singular, "usage" if the share is
   *   beyond what is stored or a number has no meaning
   */
  solve(choice: SolutionChoice): SolvedRun {
    if (sameChoice(choice, this.header.made)) return this.made;
    const { shrinkage, variance } = choice;
    checkGedOptions({ ...this.document.options, keep: { share: variance }, shrinkage });
    const { run, maximalVariance } = this.header;
    if (variance > maximalVariance) {
      throw new EigenlensError(
        "usage",
        `This run holds components for ${percent(maximalVariance)} of the variance: run again to keep ${percent(variance)}.`,
      );
    }
    const compression = this.#stored.cutAt(variance);
    const solved = this.#solve(
      compression,
      ofDirections(() => shrinkage),
    );
    const cut = { run, document: this.document, compression };
    return SolvedRun.anew(cut, { shrinkage, variance }, solved);
  }

  #solve(compression: DocumentCompression, gammas: Directions<number>): SolvedDirections {
    const { target, reference } = this.document.summary;
    return solveBothDirections(
      leadingBlock(compression.target, compression.components),
      leadingBlock(compression.reference, compression.components),
      { target: target.name, reference: reference.name },
      gammas,
      { products: this.#products, cancellation: new Cancellation() },
    );
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
