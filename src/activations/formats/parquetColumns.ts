import type { SchemaTree } from "hyparquet";

/** What is known of one top-level column. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: "number" | "list" | "label" | "other";
  readonly integral: boolean;
  readonly double: boolean;
}

/** What the schema says of one column. */
export function describeColumn(tree: SchemaTree): ParquetColumn {
  const { element, children } = tree;
  const { name } = element;
  const plain = { name, integral: false, double: false };
  if (children.length > 0) {
    const list = element.converted_type === "LIST" || element.logical_type?.type === "LIST";
    return { ...plain, kind: list ? "list" : "other", double: leafType(tree) !== "FLOAT" };
  }
  if (element.repetition_type === "REPEATED") {
    return { ...plain, kind: "list", double: element.type !== "FLOAT" };
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

function leafType(tree: SchemaTree): string | undefined {
  const [child] = tree.children;
  return child === undefined ? tree.element.type : leafType(child);
}
