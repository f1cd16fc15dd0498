import { drawUnseen } from "./inView.ts";
import { chartTheme } from "./theme.ts";

const margin = 24;
const lineHeight = 20;
const titleHeight = 20;

/**
 * All drawings of a page as one picture, two a row, each with its title, below the headline; in the
 * theme's colours and at the screen's resolution.
 * @param page holds `figure` elements with a visible `canvas` and an `h3` or `h5` each
 * @throws Error if there is nothing to draw or the browser cannot encode it
 */
export async function figuresToPng(page: HTMLElement, headline: string): Promise<Uint8Array> {
  drawUnseen();
  const shown = [...page.querySelectorAll("figure")].flatMap((figure) => {
    const canvas = figure.querySelector("canvas");
    return canvas && canvas.offsetParent !== null
      ? [{ canvas, title: figure.querySelector("h3, h5")?.textContent ?? "" }]
      : [];
  });
  const width = Math.max(...shown.map(({ canvas }) => canvas.clientWidth));
  if (shown.length === 0 || !Number.isFinite(width)) throw new Error("No figure is shown.");
  const columns = Math.min(2, shown.length);
  const theme = chartTheme();
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas to draw on.");
  const pageWidth = columns * (width + margin) + margin;
  context.font = `14px ${theme.fontFamily}`;
  const lines = wrap(context, headline, pageWidth - 2 * margin);
  const top = margin + lines.length * lineHeight + margin / 2;
  const rows = chunk(shown, columns);
  const heights = rows.map(
    (row) => Math.max(...row.map(({ canvas }) => canvas.clientHeight)) + titleHeight + margin,
  );
  const total = heights.reduce((sum, height) => sum + height, top);
  picture.width = pageWidth * devicePixelRatio;
  picture.height = total * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = theme.foreground;
  context.textBaseline = "top";
  context.font = `14px ${theme.fontFamily}`;
  lines.forEach((line, i) => context.fillText(line, margin, margin + i * lineHeight));
  context.font = `600 ${String(theme.fontSize + 1)}px ${theme.fontFamily}`;
  let y = top;
  rows.forEach((row, i) => {
    row.forEach(({ canvas, title }, column) => {
      const x = margin + column * (width + margin);
      context.fillText(title, x, y);
      context.drawImage(canvas, x, y + titleHeight, canvas.clientWidth, canvas.clientHeight);
    });
    y += heights[i] ?? 0;
  });
  const blob = await new Promise<Blob | null>((resolve) => {
    picture.toBlob(resolve, "image/png");
  });
  if (!blob) throw new Error("The browser could not encode the picture.");
  return new Uint8Array(await blob.arrayBuffer());
}

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
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
