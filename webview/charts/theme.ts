/** The colours and fonts of the user's theme, as a canvas needs them. */
export interface ChartTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly target: string;
  readonly reference: string;
  /** The strong end of a scale that begins at the background. */
  readonly sequential: string;
  readonly grid: string;
  readonly background: string;
  readonly tooltipBackground: string;
  readonly tooltipForeground: string;
  readonly tooltipBorder: string;
  readonly fontFamily: string;
  readonly fontSize: number;
  readonly highContrast: boolean;
}

let current: ChartTheme | undefined;
const listeners = new Set<(theme: ChartTheme) => void>();

/** The theme as it is now. */
export function chartTheme(): ChartTheme {
  current ??= readTheme();
  return current;
}

/** Calls `listener` whenever the user changes the theme; the returned function ends it. */
export function onThemeChange(listener: (theme: ChartTheme) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Watches for theme changes: VS Code rewrites the root's style and the body's class, the operating
 * system switches forced colours. Call it once.
 */
export function watchTheme(): void {
  const refresh = (): void => {
    current = readTheme();
    for (const listener of listeners) listener(current);
  };
  const observer = new MutationObserver(refresh);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  matchMedia("(forced-colors: active)").addEventListener("change", refresh);
}

function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const forced = matchMedia("(forced-colors: active)").matches;
  const variable = (name: string, forcedColor: string, ...fallbacks: string[]): string => {
    if (forced) return canvasColor(forcedColor);
    const names = [name, ...fallbacks];
    const value = names.map((each) => style.getPropertyValue(each).trim()).find((each) => each);
    return canvasColor(value ?? style.color);
  };
  const classes = document.body.classList;
  const highContrast =
    forced ||
    classes.contains("vscode-high-contrast") ||
    classes.contains("vscode-high-contrast-light");
  const foreground = variable("--vscode-foreground", "CanvasText");
  return {
    foreground,
    muted: variable("--vscode-descriptionForeground", "CanvasText"),
    target: variable("--vscode-charts-blue", "LinkText"),
    reference: variable("--vscode-charts-orange", "CanvasText"),
    sequential: variable("--vscode-charts-purple", "CanvasText", "--vscode-foreground"),
    grid: highContrast ? withAlpha(foreground, 0.25) : withAlpha(foreground, 0.12),
    background: pageColor(style, variable("--vscode-editor-background", "Canvas")),
    tooltipBackground: variable("--vscode-editorHoverWidget-background", "Canvas"),
    tooltipForeground: variable(
      "--vscode-editorHoverWidget-foreground",
      "CanvasText",
      "--vscode-foreground",
    ),
    tooltipBorder: variable(
      "--vscode-editorHoverWidget-border",
      "CanvasText",
      "--vscode-contrastBorder",
    ),
    fontFamily: style.getPropertyValue("--vscode-font-family").trim() || style.fontFamily,
    // Labels in a drawing are a step smaller than the text around it, as in VS Code's own views.
    fontSize: Math.max(10, (Number.parseFloat(style.fontSize) || 13) - 2),
    highContrast,
  };
}

let probe: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour as `#rrggbb` or `rgba(...)`: Chart.js reads no system names and no `color-mix`. */
function canvasColor(value: string): string {
  probe ??= document.createElement("canvas").getContext("2d");
  if (!probe) return value;
  probe.fillStyle = "#000000";
  probe.fillStyle = value;
  return probe.fillStyle;
}

/** A colour as {@link canvasColor} gives it, its opacity multiplied by `alpha` in [0, 1]. */
export function withAlpha(color: string, alpha: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex) {
    const [red, green, blue] = hex.slice(1).map((part) => Number.parseInt(part, 16));
    return `rgba(${String(red)}, ${String(green)}, ${String(blue)}, ${String(alpha)})`;
  }
  const rgba = /^rgba\(([^,]+),([^,]+),([^,]+),([^)]+)\)$/.exec(color);
  if (!rgba) return color;
  const [red = "", green = "", blue = "", opacity = "1"] = rgba.slice(1).map((part) => part.trim());
  return `rgba(${red}, ${green}, ${blue}, ${String(Number(opacity) * alpha)})`;
}

/** `share` in [0, 1] of the way from one colour to another, both as {@link canvasColor} gives opaque ones. */
export function mixed(from: string, to: string, share: number): string {
  const [start, end] = [from, to].map((color) =>
    (/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? [])
      .slice(1)
      .map((part) => Number.parseInt(part, 16)),
  );
  if (start?.length !== 3 || end?.length !== 3) return withAlpha(to, share);
  const parts = start.map((part, i) => Math.round(part + share * ((end[i] ?? part) - part)));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** What drawings stand on: the page's own background, for the side bar has another than the editor. */
function pageColor(style: CSSStyleDeclaration, fallback: string): string {
  const color = canvasColor(style.backgroundColor);
  return color.startsWith("rgba") ? fallback : color;
}
