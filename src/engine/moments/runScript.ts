import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { EigenlensError } from "../../errors.ts";
import { hasCode } from "../../files/hasCode.ts";
import { jsonRecord } from "../../text/jsonRecord.ts";
import { printable } from "../../text/printable.ts";

/** What Python is called if nobody says otherwise. */
export const defaultPython = process.platform === "win32" ? "python" : "python3";

/**
 * Runs `eigenlens_dask.py` until it ends. Its words reach it as they are: no shell reads them.
 * @param python a program, such as that of a virtual environment
 * @param report is told how many parts are summed, a line each time
 * @throws EigenlensError "usage" if Python is missing; "condition" with the script's own line if it fails
 */
export async function runScript(
  python: string,
  script: string,
  words: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const child = spawn(python, [script, "--json", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    // Its cluster gets the interrupt of the terminal, as we do.
    windowsHide: true,
  });
  let fault: string | undefined;
  let lastWords = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    // Some other line is a library's.
    const told = jsonRecord(line);
    if (typeof told?.["error"] === "string") fault = told["error"];
    const { done, of, step } = told ?? {};
    if (typeof done === "number" && typeof of === "number" && typeof step === "string") {
      report(`${done} of ${of} ${step}`);
    }
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.trim() !== "") lastWords = line;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => reject(unstarted(python, error)));
    child.on("close", resolve);
  });
  if (code === 0) return;
  const said = fault ?? (lastWords === "" ? `it ended with code ${code}` : lastWords);
  throw new EigenlensError(
    "condition",
    fault === undefined ? `${printable(python, 200)} failed: ${said}` : said,
  );
}

function unstarted(python: string, error: Error): EigenlensError {
  const reason = hasCode(error, "ENOENT") ? "is not found" : `cannot be started (${error.message})`;
  return new EigenlensError(
    "usage",
    `Python ${reason} as ${printable(python, 200)}: install Python 3.10 or later with dask[distributed], or say which one to take (--python, or the setting eigenlens.python).`,
  );
}
