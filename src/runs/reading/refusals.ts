import { EigenlensError } from "../../errors.ts";

/** A file that is none of ours. @param found what it is instead, completing "it ..." */
export function foreign(path: string, found: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} is not an Eigenlens run document: ${found}; open one that Eigenlens saved (NAME.ged.safetensors); if it was one, copy it again, or run the separation again.`,
  );
}

/** A run document that is not as it was written. @param found a clause that says what is wrong */
export function damaged(path: string, found: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} is a damaged run document: ${found}; copy it again, or run the separation again.`,
    { cause },
  );
}
