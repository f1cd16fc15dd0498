import type { Keep } from "../../ged/method/keep.ts";
import { defaultShare, type GedOptions } from "../../ged/method/options.ts";

/** The options of a run as its document has them. */
export type WrittenOptions = Omit<GedOptions, "keep"> & {
  readonly variance: number;
  /** Exactly this many components, or at most this many if `componentsAreCap`. */
  readonly components?: number;
  readonly componentsAreCap?: boolean;
};

export function writtenOptions({ keep, ...rest }: GedOptions): WrittenOptions {
  // A reader wants a share, though an exact number leaves it without meaning.
  if ("count" in keep) return { variance: defaultShare, components: keep.count, ...rest };
  const { share, atMost } = keep;
  return {
    variance: share,
    ...(atMost === undefined ? {} : { components: atMost, componentsAreCap: true }),
    ...rest,
  };
}

/** What {@link writtenOptions} was given; entries that are not known stay as they are. */
export function optionsOf(written: WrittenOptions): GedOptions {
  const { variance, components, componentsAreCap, ...rest } = written;
  return { keep: keepOf(variance, components, componentsAreCap === true), ...rest };
}

function keepOf(share: number, components: number | undefined, isCap: boolean): Keep {
  if (components === undefined) return { share };
  return isCap ? { share, atMost: components } : { count: components };
}
