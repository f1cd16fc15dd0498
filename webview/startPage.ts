import { watchTheme } from "./charts/theme.ts";
import type { View } from "./components/dom.ts";
import { installExactCopy } from "./components/exactCopy.ts";
import { registerToolkit } from "./components/toolkit.ts";
import { connectHost, listen, reportFaults, type Host } from "./host.ts";
import { writeNumbersAsTexts } from "./text.ts";

type Sent = { readonly kind: "ready" } | Parameters<Parameters<typeof reportFaults>[0]>[0];

/** Makes a page ready to be drawn: its controls, theme, numbers and clipboard; its faults go to the host's log. */
export function openPage<Outgoing>(): Host<Outgoing | Sent> {
  const host = connectHost<Outgoing | Sent>();
  reportFaults((fault) => {
    host.post(fault);
  });
  registerToolkit();
  watchTheme();
  writeNumbersAsTexts();
  installExactCopy(document);
  return host;
}

/**
 * Starts a page of one view: what the host sends brings it up to date, and its faults go to the log.
 * @param make builds the view, given how to tell the host something
 * @param kept what of a message a window reload brings back; undefined if nothing
 */
export function startPage<Incoming extends { readonly kind: string }, Outgoing>(
  make: (send: (message: Outgoing) => void) => View<Incoming>,
  kept: (message: Incoming) => object | undefined = () => undefined,
): void {
  const host = openPage<Outgoing>();
  const view = make((message) => {
    host.post(message);
  });
  document.body.append(view.element);
  listen<Incoming>((message) => {
    const state = kept(message);
    if (state !== undefined) host.setState(state);
    view.update(message);
  });
  host.post({ kind: "ready" });
}
