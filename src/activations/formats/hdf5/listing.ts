import type * as h5wasm from "h5wasm";
import { Hdf5Limit, type Hdf5Listing } from "./messages.ts";
import { matlabAttributes, type Library } from "./texts.ts";

const mostObjects = 20_000;
/** Looking an object up takes the library time with the square of how many groups it lies in: about 1 µs each. */
const mostSteps = 3_000_000;
const mostDeadLinks = 100;
const mostFilters = 32;
const mostFields = 8;

/** What is said of files whose groups lie too deep in each other. */
export const tooDeep =
  "its groups lie too deep in each other: save the arrays in fewer groups, or each in the first one";

/**
 * All datasets of a file. The library visits each group once, whatever circles its links make; links out of the file
 * are not followed.
 * @param matlab whether MATLAB's attributes are told
 * @param onObject called for each of them
 * @throws Error if they are too many, or lie too deep
 */
export function listDatasets(
  library: Library,
  file: bigint,
  matlab: boolean,
  onObject: () => void,
): Hdf5Listing[] {
  const { Module } = library;
  const names = Module.get_names(file, "/", true);
  if (names.length > mostObjects) {
    throw new Hdf5Limit(
      `it holds ${names.length} groups and datasets, more than the ${mostObjects} that are listed: save those that are needed in a file of their own`,
    );
  }
  // What has something below it is a group.
  const groups = new Set(names.map((name) => name.slice(0, Math.max(0, name.lastIndexOf("/")))));
  let steps = 0;
  let dead = 0;
  const isDataset = (name: string): boolean => {
    onObject();
    steps += name.split("/").length ** 2;
    if (steps > mostSteps) throw new Hdf5Limit(tooDeep);
    try {
      return Module.get_type(file, name) === Module.H5G_DATASET;
    } catch (cause) {
      // Links that lead nowhere, to themselves or out of the file; each costs the library memory.
      const isLink = cause instanceof Error && /\blinks?\b/.test(cause.message);
      if (!isLink || ++dead > mostDeadLinks) throw cause;
      return false;
    }
  };
  return names
    .filter((name) => !groups.has(name) && isDataset(name))
    .map((name) => {
      onObject();
      return datasetOf(library, file, name, matlab);
    });
}

function datasetOf(library: Library, file: bigint, name: string, matlab: boolean): Hdf5Listing {
  const { Module } = library;
  const metadata: h5wasm.Metadata = Module.get_dataset_metadata(file, name);
  const { type, size, signed, littleEndian, shape, chunks, enum_type, compound_type } = metadata;
  const filters = chunks === null ? [] : Module.get_dataset_filters(file, name);
  return {
    name,
    type,
    size,
    signed,
    littleEndian,
    shape: shape ?? [],
    chunks,
    filters: filters.slice(0, mostFilters).map(({ id, name: called }) => ({ id, name: called })),
    members: Object.entries(enum_type?.members ?? {}),
    fields: compound_type?.members.slice(0, mostFields).map((member) => member.name) ?? [],
    isVirtual: (metadata.virtual_sources?.length ?? 0) > 0,
    ...(matlab ? matlabClassOf(library, file, name) : {}),
  };
}

/** What MATLAB says of a dataset: its class, and whether it is an object of that class. */
function matlabClassOf(library: Library, file: bigint, name: string) {
  const { matlabClass, isObject } = matlabAttributes(library, file, name);
  return { isObject, ...(matlabClass === undefined ? {} : { matlabClass }) };
}
