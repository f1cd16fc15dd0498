/** Calls `action` with the last arguments once `milliseconds` have passed without another call. */
export function debounce<Arguments extends readonly unknown[]>(
  action: (...values: Arguments) => void,
  milliseconds: number,
): (...values: Arguments) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      action(...values);
    }, milliseconds);
  };
}
