import { resolve } from "node:path";
import type { ConditionSource } from "../../conditions/condition.ts";
import { isAbsolutePath } from "../../conditions/naming/paths.ts";
import { typedSource } from "../../conditions/naming/typedSource.ts";
import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { isAddress } from "./roots.ts";

/**
 * A path as it was written, made absolute, `.` and `..` resolved.
 * @param folder that relative paths start from; undefined if there is none
 * @throws EigenlensError "usage" for a relative path without a folder
 */
export function settledPath(path: string, folder: string | undefined): string {
  if (isAddress(path)) return path;
  if (isAbsolutePath(path)) return resolve(path);
  if (folder === undefined) {
    throw new EigenlensError(
      "usage",
      `"${printable(path)}" is relative and no folder is open: give the whole path.`,
    );
  }
  return isAddress(folder) ? `${folder}/${path}` : resolve(folder, path);
}

/**
 * A condition as it was written, its paths made absolute.
 * @param role for the message
 * @throws EigenlensError "usage" as {@link typedSource} and {@link settledPath} do
 */
export function settledSource(
  role: string,
  text: string,
  folder: string | undefined,
): ConditionSource {
  const source = typedSource(role, text, folder);
  const { token } = source;
  return {
    ...source,
    path: settledPath(source.path, folder),
    ...(token?.kind === "indexFile"
      ? { token: { ...token, path: settledPath(token.path, folder) } }
      : {}),
  };
}
