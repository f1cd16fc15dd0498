import { freemem, totalmem } from "node:os";

/** What the system says about its memory, in bytes. */
export interface MemoryFigures {
  readonly platform: NodeJS.Platform;
  /** `os.totalmem()` */
  readonly total: number;
  /** `os.freemem()` */
  readonly free: number;
  /** `process.constrainedMemory()`: a container's limit; 0, undefined or more than there is where it has none. */
  readonly constrained: number | undefined;
  /** `process.availableMemory()`; undefined before Node 20.13. */
  readonly available: number | undefined;
}

/** What a program may use, in bytes. */
export interface Memory {
  /** The most that the machine or the container can give, whatever else runs on it now. */
  readonly limit: number;
  /** What it gives without putting anything else aside; never more than `limit`. */
  readonly free: number;
}

/**
 * Reads the figures as each system means them.
 *
 * macOS counts pages of files that it would give away at once as used, so that little seems free on any machine that
 * has run for an hour: half of all memory is taken to be free there where the figure says less. A container's usage
 * counts such pages, too, so its limit alone decides what it can give.
 * @param figures bytes
 */
export function memoryFrom(figures: MemoryFigures): Memory {
  const { platform, total, constrained = 0 } = figures;
  const limit = constrained > 0 ? Math.min(constrained, total) : total;
  const reported = figures.available ?? figures.free;
  const free = platform === "darwin" ? Math.max(reported, limit / 2) : reported;
  return { limit, free: Math.min(free, limit) };
}

/** The memory of the machine or container that this runs on. */
export function thisMemory(): Memory {
  return memoryFrom({
    platform: process.platform,
    total: totalmem(),
    free: freemem(),
    constrained: process.constrainedMemory?.(),
    available: process.availableMemory?.(),
  });
}
