import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { isUnknown } from "../activations/captureProvenance.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { shapeText } from "../activations/shape.ts";
import { place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import { rowLayout } from "./axes/rowLayout.ts";
import type { RowChoice } from "./axes/rowReader.ts";
import { viewTensor, type TensorView } from "./axes/tensorView.ts";
import { chooseTensor, settleName } from "./chooseTensor.ts";
import type { Condition, ConditionSource } from "./condition.ts";
import { ConditionReader } from "./conditionReader.ts";
import { locateSource } from "./locateSource.ts";
import { conditionNames } from "./naming/guessName.ts";
import { findProvenance } from "./provenance/findProvenance.ts";
import { readOptions } from "./selection/readOptions.ts";
import { selectRows } from "./selection/selectRows.ts";
import { findMask, readMask } from "./tokens/ownTokens.ts";
import { tokenIndex, tokenRule } from "./tokens/tokenRule.ts";

/**
 * Opens one condition: the file, its tensor, the rows that belong to it and the token position, with each
 * row's sentence and pair where they are found. No activation is read yet.
 * @throws EigenlensError "condition" if the tensor is no matrix, holds no row or only one, or several
 *   tensors would do; "usage" for a selection without meaning; "file-access" and "file-format" as the file
 */
export async function openCondition(
  written: ConditionSource,
  fileSystem: FileSystem,
): Promise<Condition> {
  const source = await locateSource(written, fileSystem);
  const file = await openActivationFile(source.path, fileSystem, readOptions(source));
  try {
    return await fromFile(file, source, fileSystem);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function fromFile(
  opened: ActivationFile,
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<Condition> {
  const { settled, stored } = chooseTensor(opened, settleName(opened, source));
  const view = await viewTensor(opened, stored, settled);
  const { file, info } = view;
  const where = place(file.path, info.name);
  const named = info.name === "" ? settled : { ...settled, tensor: info.name };
  const { columns } = rowLayout(view.names, info.shape.slice(1), view.chosen);
  if (columns === 0) {
    throw new EigenlensError(
      "condition",
      `${where} has no columns, shape ${shapeText(stored.shape)}.`,
    );
  }
  checkRowCount(where, info.shape[0] ?? 0, stored);
  const { rows, description, meant } = await selectRows(file, info, named, fileSystem);
  checkRowCount(where, rows.length, stored);
  const names = conditionNames(named);
  const choice = await chooseTokens(view, named, rows, names, fileSystem);
  const stat = await fileSystem.stat(source.path);
  const reader = new ConditionReader(view, rows, columns, choice);
  const { sentences, groups, clusters } = description;
  const found = await findProvenance(file, info, named, fileSystem);
  const { capture } = found;
  const notes = [
    ...found.notes,
    ...(info.notes ?? []).map((note) => `${file.path}: ${note}`),
    ...description.notes,
  ];
  return {
    name: names[0],
    rows: rows.length,
    columns,
    fileRows: rows,
    source: { ...named, ...meant },
    provenance: {
      path: file.path,
      format: file.format,
      byteLength: file.byteLength,
      modified: stat?.modified ?? 0,
      tensor: info.name,
      elementType: info.elementType,
    },
    ...(isUnknown(capture) ? {} : { capture }),
    ...(sentences === undefined ? {} : { sentences }),
    ...(groups === undefined ? {} : { groups }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(notes.length === 0 ? {} : { notes }),
    readRows: (start, stop, destination) => reader.readRows(start, stop, destination),
    close: () => opened.close(),
  };
}

function checkRowCount(where: string, rows: number, info: TensorInfo): void {
  const shape = shapeText(info.shape);
  if (rows === 0) {
    throw new EigenlensError(
      "condition",
      `${where} has no rows (shape ${shape}): a condition needs at least two sentences.`,
    );
  }
  if (rows === 1) {
    throw new EigenlensError(
      "condition",
      `${where} gives one row only (shape ${shape}): one observation has no covariance, a condition needs at least two sentences.`,
    );
  }
}

async function chooseTokens(
  { file, info, names: axes, chosen }: TensorView,
  source: ConditionSource,
  rows: Uint32Array,
  names: readonly string[],
  fileSystem: FileSystem,
): Promise<RowChoice> {
  const where = place(file.path, info.name);
  const { token } = source;
  const axis = axes.indexOf("token");
  if (axis === -1) {
    if (token === undefined) return { chosen, where };
    throw new EigenlensError(
      "condition",
      `${where} is [rows, columns] ${shapeText(info.shape)}, without tokens: leave [token=...] out.`,
    );
  }
  const tokens = info.shape[axis + 1] ?? 0;
  if (token === undefined) {
    const described = axes.length === 2 ? "[rows, tokens, columns]" : `row x ${axes.join(" x ")},`;
    const doubt =
      source.axes === undefined && info.axes !== undefined
        ? ` (${info.axes.reason}; if not, name the axes, as in [axes=row:neuron])`
        : "";
    throw new EigenlensError(
      "condition",
      `${where} is ${described} ${shapeText(info.shape)}${doubt}: choose a token with [token=last], [token=mean], [token=index:0] or [token=file:ids.json].`,
      {
        detail: {
          path: file.path,
          tensor: info.name,
          found: shapeText(info.shape),
          wanted: "[rows, columns]",
          remedy: { kind: "chooseToken", tokens },
        },
      },
    );
  }
  if (tokens === 0) throw new EigenlensError("condition", `${where} has no tokens.`);
  const fileRows = info.shape[0] ?? 0;
  const rule = await tokenRule(token, fileRows, rows, where, names, fileSystem, file.path);
  const mask = findMask(file, info, tokens);
  const own = mask && (await readMask(file, mask, rows));
  if (own === undefined && info.ragged === undefined && rule.kind === "position") {
    for (const [position, row] of rows.entries()) {
      const isOne = token.kind === "index";
      tokenIndex(rule.of(position), tokens, where, isOne ? undefined : row);
      if (isOne) break;
    }
  }
  return { chosen, where, rule, ...(own === undefined ? {} : { own }) };
}
