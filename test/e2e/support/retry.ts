/**
 * Repeats what may fail while the editor is still busy.
 * @throws Error with the last failure, once the time is over
 */
export async function retry<Result>(
  what: string,
  milliseconds: number,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (Date.now() > end) {
        throw new Error(`Waited ${milliseconds / 1000} s until ${what}: ${reason}`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}
