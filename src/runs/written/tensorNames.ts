import { ofDirections, type Directions } from "../../ged/method/directions.ts";

/** Under which names a run document has the tensors of one direction; see {@link RunDocument}. */
export interface DirectionTensorNames {
  readonly eigenvalues: string;
  readonly vectors: string;
  readonly filters: string;
  readonly patterns: string;
  readonly meanDifference: string;
  readonly projections: { readonly target: string; readonly reference: string };
}

export const tensorNames: Directions<DirectionTensorNames> = ofDirections((direction) => {
  const own = direction === "forward" ? "separation" : "swapped";
  const projections = direction === "forward" ? "projections" : "swapped.projections";
  return {
    eigenvalues: `${own}.eigenvalues`,
    vectors: `${own}.vectors`,
    filters: `${own}.filters`,
    patterns: `${own}.patterns`,
    meanDifference: `${projections}.meanDifference`,
    projections: { target: `${projections}.target`, reference: `${projections}.reference` },
  };
});
