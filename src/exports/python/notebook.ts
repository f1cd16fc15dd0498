import type { RunDocument } from "../../runs/runDocument.ts";
import { entryAt } from "../../lookup.ts";
import { printable } from "../../text/printable.ts";
import { version } from "../../version.ts";
import { escapeMarkdown } from "../escapeMarkdown.ts";
import type { FileRows } from "./fileRows.ts";
import { reproduction } from "./reproduceScript.ts";

interface Cell {
  readonly id: string;
  readonly cell_type: "markdown" | "code";
  readonly text: string;
}

/**
 * The script that makes the run again as a Jupyter notebook that was not executed yet, with what Eigenlens found
 * above it.
 * Source: the notebook format, version 4.5 (nbformat).
 * @param rows what the selections of each source came down to
 * @throws EigenlensError as {@link reproduction} does
 */
export function reproduceNotebook(document: RunDocument, rows: FileRows): string {
  const { introduction, run, body } = reproduction(document, rows);
  const cells: Cell[] = [
    { id: "introduction", cell_type: "markdown", text: introductionOf(document, introduction) },
    { id: "run", cell_type: "code", text: run },
    { id: "script", cell_type: "code", text: body },
  ];
  const notebook = {
    cells: cells.map(cellJson),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function introductionOf({ summary }: RunDocument, introduction: string): string {
  const { target, reference, compression, directions } = summary;
  const name = (text: string) => escapeMarkdown(printable(text));
  const [first, swapped] = [directions.forward, directions.swapped].map(({ eigenvalues }) =>
    String(entryAt(eigenvalues, 0)),
  );
  return [
    `# ${name(target.name)} vs ${name(reference.name)}`,
    summary.atHand === undefined
      ? `${introduction} It needs NumPy and SciPy, and checks that it has the rows that the run had.`
      : `${introduction} It needs NumPy, and checks that it has the moments that the run had.`,
    `Eigenlens ${version} found ${compression.components} components and leading eigenvalues of ${first} and, swapped, ${swapped}.`,
  ].join("\n\n");
}

/** What code cells must have is there even though nothing was executed. */
function cellJson({ id, cell_type, text }: Cell): object {
  const source = text.trimEnd().split(/(?<=\n)/);
  return cell_type === "code"
    ? { cell_type, execution_count: null, id, metadata: {}, outputs: [], source }
    : { cell_type, id, metadata: {}, source };
}
