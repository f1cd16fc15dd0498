import type { FileSystem } from "../../activations/byteSource.ts";
import type { LensLogits } from "./lensLogits.ts";
import { logitLens, type LensOptions } from "./logitLens.ts";
import type { NormKind } from "./normKinds.ts";
import { readTokenNames } from "./vocabulary.ts";
import { withWeight, type Weight, type WeightSource } from "./weights.ts";

/** Where the weights of a lens and the names of its tokens stand. */
export interface LensFiles {
  readonly unembedding: WeightSource;
  /** The final norm, of which the weights are used as its kind says. */
  readonly norm?: { readonly weight: WeightSource; readonly kind: NormKind };
  /** Of an MLP site: its projection to the residual stream. */
  readonly down?: WeightSource;
  /** Path of the names of the tokens. */
  readonly vocabulary: string;
}

/**
 * {@link logitLens} with weights and names from files, which are open no longer than it takes.
 * @param directions [D] each, by name
 * @throws EigenlensError as {@link logitLens}, {@link withWeight} and {@link readTokenNames} do
 */
export async function lensOfFiles<Name extends string>(
  directions: Readonly<Record<Name, Float64Array>>,
  files: LensFiles,
  options: LensOptions,
  fileSystem: FileSystem,
): Promise<Record<Name, LensLogits>> {
  const names = await readTokenNames(files.vocabulary, fileSystem);
  const { unembedding, norm, down } = files;
  const optionally = <Result>(
    source: WeightSource | undefined,
    use: (weight?: Weight) => Promise<Result>,
  ): Promise<Result> => (source === undefined ? use() : withWeight(source, fileSystem, use));
  return withWeight(unembedding, fileSystem, (opened) =>
    optionally(norm?.weight, (normWeight) =>
      optionally(down, (downWeight) =>
        logitLens(
          directions,
          {
            unembedding: opened,
            ...(norm && normWeight ? { norm: { weight: normWeight, kind: norm.kind } } : {}),
            ...(downWeight ? { down: downWeight } : {}),
          },
          names,
          options,
        ),
      ),
    ),
  );
}
