import type { SchemaTree } from "hyparquet";
import type { NumericType } from "../../elements/elementType.ts";

/** What is known of one top-level column. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: "number" | "list" | "label" | "other";
  readonly integral: boolean;
  readonly double: boolean;
  /** Set if its values are floats that may be read without the library. */
  readonly floats?: FloatColumn;
}

/** How floats of one column are stored: alone, or in lists. */
export interface FloatColumn {
  readonly elementType: NumericType;
  /** That of a value which is there: how many of its ancestors and itself may be missing or repeated. */
  readonly definitionLevel: number;
  readonly isList: boolean;
}

/**
 * What the schema says of one column.
 * @throws RangeError if it has no name
 */
export function describeColumn(tree: SchemaTree): ParquetColumn {
  // The library hands over whatever a damaged schema holds.
  if (typeof tree.element.name !== "string") throw new RangeError("a column has no name");
  const floats = floatColumn(tree);
  return { ...describe(tree), ...(floats === undefined ? {} : { floats }) };
}

function describe(tree: SchemaTree): ParquetColumn {
  const { element, children } = tree;
  const { name } = element;
  const plain = { name, integral: false, double: false };
  if (children.length > 0) {
    const list = element.converted_type === "LIST" || element.logical_type?.type === "LIST";
    return { ...plain, kind: list ? "list" : "other", double: isDouble(tree) };
  }
  if (element.repetition_type === "REPEATED") {
    return { ...plain, kind: "list", double: isDouble(tree) };
  }
  const half = element.logical_type?.type === "FLOAT16";
  if (element.type === "FLOAT" || element.type === "DOUBLE" || half) {
    return { ...plain, kind: "number", double: element.type === "DOUBLE" };
  }
  if (element.type === "INT32" || element.type === "INT64") {
    return { ...plain, kind: "number", integral: true, double: true };
  }
  return { ...plain, kind: "label" };
}

/** Whether float32 does not hold the numbers of a list. */
function isDouble({ element, children }: SchemaTree): boolean {
  const [child] = children;
  if (child !== undefined) return isDouble(child);
  const isHalf = element.logical_type?.type === "FLOAT16";
  return element.type !== "FLOAT" && element.type !== "BOOLEAN" && !isHalf;
}

function floatColumn(tree: SchemaTree): FloatColumn | undefined {
  let definitionLevel = 0;
  let repetitionLevel = 0;
  for (let at = tree; ;) {
    const { element, children } = at;
    if (element.repetition_type !== "REQUIRED") definitionLevel++;
    if (element.repetition_type === "REPEATED") repetitionLevel++;
    const [child] = children;
    if (child === undefined) {
      const elementType = floatType(element);
      return elementType === undefined || repetitionLevel > 1
        ? undefined
        : { elementType, definitionLevel, isList: repetitionLevel === 1 };
    }
    if (children.length > 1) return undefined;
    at = child;
  }
}

function floatType({ type, logical_type, type_length }: SchemaTree["element"]) {
  if (logical_type?.type === "FLOAT16" && type_length === 2) return "float16";
  if (logical_type !== undefined) return undefined;
  return type === "FLOAT" ? "float32" : type === "DOUBLE" ? "float64" : undefined;
}
