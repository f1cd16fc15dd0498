import { chartTheme } from "./theme.ts";

const margin = 24;
const lineHeight = 20;
const captionHeight = 40;

/**
 * All drawings of a page as one picture, two a row, each with its title, below the headline; in the
 * theme's colours and at the screen's resolution.
 * @param page holds `figure` elements with a visible `canvas` and an `h3` each
 * @throws Error where there is nothing to draw or the browser cannot encode it
 */
export async function figuresToPng(page: HTMLElement, headline: string): Promise<Uint8Array> {
  const shown = [...page.querySelectorAll("figure")].flatMap((figure) => {
    const canvas = figure.querySelector("canvas");
    return canvas && canvas.offsetParent !== null
      ? [{ canvas, title: figure.querySelector("h3")?.textContent ?? "" }]
      : [];
  });
  const width = Math.max(...shown.map(({ canvas }) => canvas.clientWidth));
  if (shown.length === 0 || !Number.isFinite(width)) throw new Error("No figure is shown.");
  const height = Math.max(...shown.map(({ canvas }) => canvas.clientHeight)) + captionHeight;
  const columns = Math.min(2, shown.length);
  const rows = Math.ceil(shown.length / columns);
  const theme = chartTheme();
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas to draw on.");
  const pageWidth = columns * (width + margin) + margin;
  context.font = `14px ${theme.fontFamily}`;
  const lines = wrap(context, headline, pageWidth - 2 * margin);
  const top = margin + lines.length * lineHeight + margin / 2;
  picture.width = pageWidth * devicePixelRatio;
  picture.height = (top + rows * (height + margin)) * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = theme.foreground;
  context.textBaseline = "top";
  context.font = `14px ${theme.fontFamily}`;
  lines.forEach((line, i) => context.fillText(line, margin, margin + i * lineHeight));
  context.font = `600 ${String(theme.fontSize + 1)}px ${theme.fontFamily}`;
  shown.forEach(({ canvas, title }, i) => {
    const x = margin + (i % columns) * (width + margin);
    const y = top + Math.floor(i / columns) * (height + margin);
    context.fillText(title, x, y);
    context.drawImage(canvas, x, y + lineHeight, canvas.clientWidth, canvas.clientHeight);
  });
  const blob = await new Promise<Blob | null>((resolve) => {
    picture.toBlob(resolve, "image/png");
  });
  if (!blob) throw new Error("The browser could not encode the picture.");
  return new Uint8Array(await blob.arrayBuffer());
}

function wrap(context: CanvasRenderingContext2D, words: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
