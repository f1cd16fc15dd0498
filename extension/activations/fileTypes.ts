/**
 * Endings of files that hold activations. Endings that mostly mean something else (`.json`, `.bin`)
 * are opened when chosen by hand, but not offered. The manifest's menu conditions list the same.
 */
export const activationExtensions: readonly string[] = [
  "npy",
  "npz",
  "safetensors",
  "pt",
  "pth",
  "h5",
  "hdf5",
  "zarr",
  "parquet",
  "arrow",
  "feather",
  "mat",
  "csv",
  "tsv",
];

/** Documents of runs: results, not activations. */
const runDocuments = /\.ged\.safetensors$/i;

/** Whether a path looks like a file (or a zarr folder) of activations, or of their moments. */
export function isActivationPath(path: string): boolean {
  const lower = path.toLowerCase();
  return !runDocuments.test(lower) && activationExtensions.some((end) => lower.endsWith(`.${end}`));
}

/** Whether a path looks like a moments document. */
export function isMomentsPath(path: string): boolean {
  return /\.moments\.safetensors$/i.test(path);
}

/** The pattern for the workspace search; matches files only, so zarr folders are found by their metadata. */
export const activationFilesPattern = `**/*.{${activationExtensions.filter((end) => end !== "zarr").join(",")}}`;
export const zarrMetadataPattern = "**/*.zarr/{.zgroup,.zarray,zarr.json}";

/** Folders of tools, in which activations are not looked for. */
export const excludedPattern = "**/{node_modules,.git,.venv,venv,__pycache__,.cache}/**";

/** Formats of which one file holds exactly one matrix, so that there is nothing to expand. */
export function holdsOneTensor(path: string): boolean {
  return /\.(npy|csv|tsv)$/i.test(path);
}

/** File dialogs want endings without the dot, under a name. */
export const dialogExtensions: readonly string[] = [
  ...activationExtensions.filter((end) => end !== "zarr"),
  "json",
  "jsonl",
  "bin",
];
