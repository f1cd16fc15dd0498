import type { ConditionSource } from "../condition.ts";
import { guessName } from "./guessName.ts";
import { parseSource } from "../parseSource.ts";
import { isAbsolutePath } from "./paths.ts";
import { EigenlensError } from "../../errors.ts";

/**
 * A condition as somebody wrote it, in the command line's way: "layers.safetensors#him[rows=0:53]".
 * @param role for the message
 * @param folder that relative paths start from; undefined if no folder is open
 * @throws EigenlensError "usage" if it is empty, cannot be read, or is relative to nothing
 */
export function typedSource(
  role: string,
  text: unknown,
  folder: string | undefined,
): ConditionSource {
  if (typeof text !== "string" || text.trim() === "") {
    throw new EigenlensError(
      "usage",
      `No ${role} was given: name an activation file, "file.npy" or "file.safetensors#tensor".`,
    );
  }
  const source = parseSource(text.trim());
  const { token } = source;
  return {
    ...source,
    path: below(folder, source.path),
    ...(token?.kind === "indexFile"
      ? { token: { ...token, path: below(folder, token.path) } }
      : {}),
    name: guessName(source),
  };
}

function below(folder: string | undefined, path: string): string {
  if (isAbsolutePath(path)) return path;
  if (folder !== undefined) return `${folder}/${path}`;
  throw new EigenlensError(
    "usage",
    `"${path}" is relative and no folder is open: give the whole path.`,
  );
}
