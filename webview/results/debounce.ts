/** Calls `action` with the last arguments once `milliseconds` have passed without another call, unless it is stopped. */
export function debounce<Arguments extends readonly unknown[]>(
  action: (...values: Arguments) => void,
  milliseconds: number,
): { call(...values: Arguments): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call(...values) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        action(...values);
      }, milliseconds);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
