import { escapeUTF8 } from 'entities';
import type { Lang } from '../records.js';

export interface Page {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly sections?: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** The title of the button that downloads a file. */
  readonly button?: string;
  /** The same page in the other language. */
  readonly other?: { readonly href: string; readonly lang: Lang; readonly title: string };
}

/** A page has no script and nothing from elsewhere, whatever gets into its texts. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const css = `
body { max-width: 32rem; margin: 12vh auto; padding: 0 1.5rem; font: 1rem/1.5 "Segoe UI", system-ui, sans-serif; }
:root { color-scheme: light dark; }
h1 { font-size: 1.4rem; line-height: 1.3; }
h2 { margin-top: 2rem; font-size: 1.1rem; line-height: 1.3; }
button { padding: 0.6rem 1.2rem; border: 0; border-radius: 4px; background: #5b5fc7; color: #fff; font: inherit; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }`;

const paragraphs = (lines: readonly string[]): string =>
  lines.map((line) => `<p>${escapeUTF8(line)}</p>`).join('\n');

/** A page for a browser as HTML. Texts are escaped here. */
export function drawPage(lang: Lang, { heading, lines, sections = [], button, other }: Page): string {
  const parts = [
    `<h1>${escapeUTF8(heading)}</h1>`,
    paragraphs(lines),
    ...sections.map((section) => `<h2>${escapeUTF8(section.heading)}</h2>\n${paragraphs(section.lines)}`),
    button ? `<form method="post"><button>${escapeUTF8(button)}</button></form>` : '',
    other
      ? `<p><a href="${escapeUTF8(other.href)}" hreflang="${other.lang}" lang="${other.lang}">${escapeUTF8(other.title)}</a></p>`
      : '',
  ];
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
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}
