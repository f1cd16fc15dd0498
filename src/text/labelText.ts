/** A value of a file as a label: as it is printed, structures as JSON, nothing as the empty text. */
export function labelText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "" : JSON.stringify(value, plainJson);
    default:
      return "";
  }
}

/** JSON knows no bigint. */
function plainJson(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
