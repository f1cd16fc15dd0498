import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import python from "./python/variables.py";

/** What the notebook's Python is asked; see `python/variables.py`. */
export type KernelRequest =
  | { readonly kind: "list" }
  | (OfVariable & {
      readonly kind: "write";
      readonly path: string;
      readonly probe: string;
      readonly secret: string;
    })
  | (OfVariable & { readonly kind: "digest" })
  | (OfVariable & { readonly kind: "read"; readonly start: number; readonly stop: number });

interface OfVariable {
  readonly name: string;
  /** For the file's header. */
  readonly metadata: Readonly<Record<string, string>>;
}

const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]{0,199}$/u;

/**
 * The code that asks for something in a notebook. It runs with names of its own, so that none is left among the
 * notebook's, and what is asked reaches it as data: no name becomes part of the code.
 * @param mark begins the line of the answer
 * @throws EigenlensError "usage" if a variable's name is no identifier of Python
 */
export function requestCode(request: KernelRequest, mark: string): string {
  if (request.kind !== "list") checkName(request.name);
  // A literal of JSON in ASCII is one of Python, too.
  const literal = (text: string) => asciiJson(text);
  const asked = asciiJson({ ...request, mark });
  return `exec(${literal(python)}, {"namespace": globals(), "request": ${literal(asked)}})`;
}

function asciiJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}

function checkName(name: string): void {
  if (identifier.test(name)) return;
  throw new EigenlensError(
    "usage",
    `"${printable(name, 60)}" is no name of a variable in Python: assign the array to a variable first.`,
  );
}
