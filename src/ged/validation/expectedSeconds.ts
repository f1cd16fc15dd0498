/** What a validation's time depends on. */
export interface ValidationSize {
  readonly targetRows: number;
  readonly referenceRows: number;
  readonly neurons: number;
  /** k */
  readonly components: number;
}

/** Processor seconds that a validation takes, part by part; within about a factor of two. */
export interface ExpectedSeconds {
  /** The splits of each repeat: decomposed once. */
  readonly splits: number;
  /** One permutation. */
  readonly permutation: number;
  /** Bootstrap, learning curve, and shrinkage x share. */
  readonly extended: number;
}

/** Rows that are reduced are decomposed at so many operations a second of one processor, */
const decompositionSpeed = 1e10;
/** and labellings fitted at so many, besides what no size changes. */
const fitSpeed = 8e9;
const fitOverhead = 5e-4;
/** The same if the conditions count different numbers of rows: no labelling is then a small correction of another. */
const generalOverhead = 2e-3;
/** Terms of the correction that a labelling is, and steps of its eigensolver. */
const terms = 25;
const steps = 60;
/** Fits of the extended part on about as many rows as a split has. */
const extendedFits = 300;

/** @param repeats of five folds */
export function expectedSeconds(size: ValidationSize, repeats: number): ExpectedSeconds {
  const { targetRows, referenceRows, neurons, components: k } = size;
  const trained = 0.8 * (targetRows + referenceRows);
  const order = Math.min(trained, neurons);
  const fits = 5 * repeats + 1;
  const decomposition = (4 * order ** 3 + 2 * trained * order ** 2) / decompositionSpeed;
  const products = trained * order * terms + (trained / 2) * k ** 2;
  const solutions = (2 / 3) * k ** 3 + 8 * steps * k ** 2;
  const balanced = fitOverhead + (products + solutions) / fitSpeed;
  const fit = targetRows === referenceRows ? balanced : generalOverhead + decomposition;
  return {
    splits: 2 * fits * decomposition,
    permutation: fits * fit,
    extended: extendedFits * decomposition,
  };
}
