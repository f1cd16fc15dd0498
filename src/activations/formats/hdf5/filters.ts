import { printable } from "../../../text/printable.ts";

/** One step of packing a dataset's chunks: its registered number, and what the file calls it. */
export interface Hdf5Filter {
  readonly id: number;
  readonly name: string;
}

/** The library's own, and those that are bundled with it: deflate, shuffle, ..., and registered ones. */
const read: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 307, 32000, 32001, 32004, 32008, 32013, 32015, 32022, 32023, 32026,
]);

/** The HDF Group's register of filters, as far as arrays of numbers may meet them. */
const registered: ReadonlyMap<number, string> = new Map([
  [1, "gzip"],
  [2, "shuffle"],
  [3, "fletcher32"],
  [4, "szip"],
  [5, "nbit"],
  [6, "scaleoffset"],
  [305, "lzo"],
  [307, "bzip2"],
  [32000, "lzf"],
  [32001, "blosc"],
  [32002, "mafisc"],
  [32003, "snappy"],
  [32004, "lz4"],
  [32005, "apax"],
  [32006, "cbf"],
  [32007, "jpeg-xr"],
  [32008, "bitshuffle"],
  [32009, "spdp"],
  [32010, "lpc-rice"],
  [32011, "ccsds-123"],
  [32012, "jpeg-ls"],
  [32013, "zfp"],
  [32014, "fpzip"],
  [32015, "zstd"],
  [32016, "b3d"],
  [32017, "sz"],
  [32018, "fcidecomp"],
  [32019, "jpeg"],
  [32020, "vbz"],
  [32021, "fapec"],
  [32022, "bitgroom"],
  [32023, "granular bitround"],
  [32024, "sz3"],
  [32025, "delta-rice"],
  [32026, "blosc2"],
  [32027, "flac"],
  [32028, "sperr"],
  [32029, "terse"],
  [32030, "ffmpeg"],
]);

/** Why a dataset cannot be unpacked, by the name of the filter; undefined if all of its filters are known. */
export function unreadFilter(filters: readonly Hdf5Filter[]): string | undefined {
  const unread = filters.find(({ id }) => !read.has(id));
  if (unread === undefined) return undefined;
  const given = printable(unread.name, 60);
  const name = registered.get(unread.id) ?? (given === "" ? "of no known name" : given);
  return `its chunks are packed with the filter ${name} (HDF5 filter ${unread.id}), which is not read: rewrite it with gzip.`;
}
