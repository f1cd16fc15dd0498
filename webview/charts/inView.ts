/** How far beyond the window's edge a chart counts as seen: it is drawn before it is scrolled to. */
const margin = "300px";

interface Watched {
  seen: boolean;
  readonly onSeen: () => void;
}

const watched = new Map<Element, Watched>();
let observer: IntersectionObserver | undefined;

/**
 * Watches whether an element is in the window, or nearly; until that is known it is taken to be.
 * @param onSeen called when it comes into view
 */
export function watchView(
  element: Element,
  onSeen: () => void,
): { readonly seen: boolean; end(): void } {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const entry = watched.get(target);
        if (!entry) continue;
        entry.seen = isIntersecting;
        if (isIntersecting) entry.onSeen();
      }
    },
    { rootMargin: margin },
  );
  const entry: Watched = { seen: true, onSeen };
  watched.set(element, entry);
  observer.observe(element);
  return {
    get seen() {
      return entry.seen;
    },
    end() {
      watched.delete(element);
      observer?.unobserve(element);
      if (watched.size > 0) return;
      observer?.disconnect();
      observer = undefined;
    },
  };
}

/** Has everything drawn that is out of view: for a picture of the whole page. */
export function drawUnseen(): void {
  for (const { onSeen } of watched.values()) onSeen();
}
