/** Whether something thrown is an error with this code of the system's, as "ENOENT". */
export function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}
