import { escapeUTF8 } from 'entities';
import type { Lang } from '../records.js';

export interface FilePage {
  readonly heading: string;
  readonly lines: readonly string[];
  /** The title of the button that downloads the file. */
  readonly button?: string;
}

const css = `
body { max-width: 32rem; margin: 12vh auto; padding: 0 1.5rem; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif; }
:root { color-scheme: light dark; }
h1 { font-size: 1.4rem; line-height: 1.3; }
button { padding: 0.6rem 1.2rem; border: 0; border-radius: 4px; background: #5b5fc7; color: #fff; font: inherit; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }`;

/** The page of a link, without script and without anything from elsewhere. */
export function drawFilePage(lang: Lang, { heading, lines, button }: FilePage): string {
  const paragraphs = lines.map((line) => `<p>${escapeUTF8(line)}</p>`).join('\n');
  const form = button ? `<form method="post"><button>${escapeUTF8(button)}</button></form>` : '';
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeUTF8(heading)} · Passerelle</title>
<style>${css}</style>
</head>
<body>
<main>
<h1>${escapeUTF8(heading)}</h1>
${paragraphs}
${form}
</main>
</body>
</html>
`;
}
