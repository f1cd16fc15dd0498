import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { debounce } from "../../../../webview/results/debounce.ts";

describe("what is typed", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("counts once, with what came last", () => {
    const typed: string[] = [];
    const last = debounce((value: string) => typed.push(value), 250);
    last.call("0.");
    vi.advanceTimersByTime(249);
    last.call("0.1");
    vi.advanceTimersByTime(249);
    expect(typed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(typed).toEqual(["0.1"]);
  });

  it("and never once it is stopped", () => {
    const typed: string[] = [];
    const last = debounce((value: string) => typed.push(value), 250);
    last.call("0.1");
    last.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.runAllTimers();
    expect(typed).toEqual([]);
  });
});
