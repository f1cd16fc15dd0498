/** One file of a set whose names count the parts: `acts-00001-of-00003.npy`. */
export interface ShardName {
  readonly name: string;
  /** `acts`. */
  readonly stem: string;
  /** As the name has it. */
  readonly index: number;
  readonly count: number;
  /** With the separators as written, for the name of a missing part. */
  readonly write: (index: number) => string;
  /** In lower case, without the dot. */
  readonly extension: string;
}

/** A hash may stand behind the count, as older versions of datasets write it. */
const pattern = /^(.*?)([-_.]?)(\d{1,9})([-_]of[-_])(\d{1,9})(-[0-9a-f]{8,64})?\.([A-Za-z0-9]+)$/s;

/** The parts of a name that counts one; undefined for any other name. */
export function shardName(name: string): ShardName | undefined {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  const [, stem = "", separator = "", digits = "", of = "", total = "", , extension = ""] = match;
  const write = (index: number) =>
    `${stem}${separator}${String(index).padStart(digits.length, "0")}${of}${total}.${extension}`;
  return {
    name,
    stem,
    index: Number(digits),
    count: Number(total),
    write,
    extension: extension.toLowerCase(),
  };
}
