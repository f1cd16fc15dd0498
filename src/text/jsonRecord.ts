import { isRecord } from "../lookup.ts";

/** The object that a text of JSON holds; undefined if it is no JSON, or holds anything else. */
export function jsonRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
