import { EigenlensError } from "../../../errors.ts";

/**
 * Calls what may find the bytes damaged.
 * @param where the file, and its column
 * @throws EigenlensError "file-format" in one line, whatever it threw
 */
export async function guard<Result>(where: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof EigenlensError && cause.code !== "file-access") throw cause;
    const reason = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
    throw new EigenlensError(
      "file-format",
      `${where}: not readable as parquet (${reason.slice(0, 160)}): the file is cut short, damaged or packed in an unknown way; save it again.`,
      { cause },
    );
  }
}
