import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { startsWith } from "../../latin1.ts";
import { activationFile, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { classNames, indexColumns } from "../classNames.ts";
import { assignColumns, labelName, matrixName, type ColumnChoice } from "../columnRoles.ts";
import { ArrowTable } from "./arrowTable.ts";
import { findMessages } from "./messages.ts";
import type { ArrowField, ArrowSchema } from "./schema.ts";

/**
 * Arrow and Feather (version 2), one record batch at a time: every column of lists is a matrix (of lists of lists:
 * `[rows, tokens, columns]`), all columns of plain numbers together make another, columns of texts are labels.
 * @param choice which columns are neurons, if the user says so
 * @throws EigenlensError "file-format"; "usage" as {@link assignColumns}
 */
export async function openArrow(
  source: ByteSource,
  choice?: ColumnChoice,
): Promise<ActivationFile> {
  const { path, byteLength } = source;
  const head = await source.read(0, Math.min(4, byteLength));
  if (startsWith(head, "FEA1")) {
    throw new EigenlensError(
      "file-format",
      `${path} is Feather version 1, which is no longer read: save it with pyarrow.feather.write_feather(version=2).`,
    );
  }
  const library = await import("../../libraries/arrow.ts");
  const messages = await findMessages(source, library);
  const table = new ArrowTable(source, library, messages);
  return activationFile({
    path,
    format: "arrow",
    byteLength,
    tensors: await tensorsOf(table, messages.schema, path, choice),
    close: () => source.close(),
  });
}

async function tensorsOf(
  table: ArrowTable,
  { fields, metadata }: ArrowSchema,
  path: string,
  choice: ColumnChoice | undefined,
): Promise<StoredTensor[]> {
  const isLists = (field: ArrowField) => field.type.kind === "lists";
  const lists: StoredTensor[] = [];
  for (const [at, field] of fields.entries()) {
    if (isLists(field)) lists.push(await table.listTensor(field, at));
  }
  const classes = classNames(metadata.get("huggingface"));
  const label = (field: ArrowField, at: number): StoredTensor => {
    const { type } = field;
    const name = labelName(field.name);
    if (type.kind !== "other") return table.labelVector(field, at, name, classes.get(field.name));
    const reason = `its values (${type.name}) are neither numbers nor texts: it is not read.`;
    return unreadableTensor(name, [table.rows], reason);
  };
  if (lists.length > 0) {
    // Beside lists, plain numbers (a score, a loss) say something of the row.
    const others = [...fields.entries()].filter(([, field]) => !isLists(field));
    return [...lists, ...others.map(([at, field]) => label(field, at))];
  }
  const indices = indexColumns(metadata.get("pandas"));
  const columns = fields.map(({ name, type }) => {
    const numeric = type.kind === "numbers" && !classes.has(name);
    const whole = type.kind === "numbers" && !type.elementType.startsWith("float");
    const index = indices.has(name);
    return { name, numeric, integral: whole, whole, typed: true, index };
  });
  const sampled = await table.wholeFloats(columns, fields);
  const roles = assignColumns(sampled, path, choice);
  const labels = roles.labels.flatMap((at) => {
    const field = fields[at];
    return field === undefined ? [] : [label(field, at)];
  });
  if (roles.neurons.length === 0) return labels;
  const name = matrixName(labels.map(({ info }) => info.name));
  return [table.wideTensor(name, roles), ...labels];
}
