/** The value of `format` in a run document's `__metadata__`. */
export const formatName = "eigenlens.run";

/**
 * What {@link formatName}'s `version` is now. A reader refuses what is higher; a change that this reader
 * would misunderstand therefore needs a higher number, while a further optional entry does not.
 *
 * 1: `version` was that of Eigenlens, as text, and there were no checksums. 2: as {@link documentParts} says.
 */
export const formatVersion = 2;

/** Entries of `__metadata__` about the file itself; all others belong to the run. */
export const formatKeys = {
  format: "format",
  version: "version",
  /** The version of Eigenlens that made the run. */
  maker: "eigenlens",
  /** SHA-256 of each tensor's bytes, by name. */
  tensorSums: "sha256.tensors",
  /** SHA-256 of everything else in the header. */
  metadataSum: "sha256.metadata",
} as const;

/**
 * The longest header: the limit of safetensors' own library (`MAX_HEADER_SIZE`), so that what is written
 * opens in Python and what is read asks for a bounded amount of memory.
 */
export const longestHeader = 100_000_000;
