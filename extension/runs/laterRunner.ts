import type { Runner } from "./separationRunner.ts";

/** @param load gives the runner; called once, for the first run */
export function laterRunner(load: () => Promise<Runner>): Runner {
  let loaded: Promise<Runner> | undefined;
  const runner = () => (loaded ??= load());
  return {
    run: async (...run) => (await runner()).run(...run),
    runBy: async (...run) => (await runner()).runBy(...run),
  };
}
