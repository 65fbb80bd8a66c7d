import type { Look } from './browser.js';
import { frameFile, sheetFile } from './plan.js';

/** A card longer than two screens of a phone (667 px each) is worth a second thought. */
const TWO_SCREENS = 2 * 667;

/** Each fault once, with the themes and widths that have it. */
export function faultLines(looks: readonly Look[]): string[] {
  const where = new Map<string, string[]>();
  for (const { sheet, frame, faults } of looks) {
    for (const fault of faults) {
      const key = `${frame.label} ${sheet.lang}: ${fault}`;
      where.set(key, [...(where.get(key) ?? []), `${sheet.theme} ${sheet.width}`]);
    }
  }
  return [...where].map(([key, places]) => `${key} (${places.sort().join(', ')})`).sort();
}

/** Cards that are long on a phone. */
export function noteLines(looks: readonly Look[]): string[] {
  const long = looks.filter(
    ({ sheet, cardHeight }) => sheet.width === 320 && sheet.theme === 'light' && cardHeight > TWO_SCREENS,
  );
  return long
    .map(({ frame, sheet, cardHeight }) => `${frame.label} ${sheet.lang}: ${cardHeight} px high on a phone`)
    .sort();
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const list = (title: string, lines: readonly string[]) =>
  lines.length
    ? `<h2>${title}</h2><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
    : '';

/** The page to review: faults, contact sheets, then each card in all its looks. */
export function galleryPage(
  looks: readonly Look[],
  faults: readonly string[],
  notes: readonly string[],
): string {
  const sheets = [...new Set(looks.map(({ sheet }) => sheet))].map((sheet) => sheetFile(sheet)).sort();
  const labels = [...new Set(looks.map(({ frame }) => frame.label))];
  const sections = labels.map((label) => {
    const seen = looks.filter(({ frame }) => frame.label === label);
    const pictures = seen.map(({ frame, sheet }) => {
      const { lang, theme, width } = sheet;
      const file = encodeURI(frameFile(frame, sheet));
      const about = `${label}, ${lang}, ${theme}, ${width} px`;
      return `<a href="${file}" data-lang="${lang}" data-theme="${theme}" data-width="${width}"><img src="${file}" alt="${escapeHtml(about)}" title="${escapeHtml(about)}" width="${width}" loading="lazy"></a>`;
    });
    return `<section><h2 id="${escapeHtml(label)}">${escapeHtml(label)}</h2><div>${pictures.join('')}</div></section>`;
  });
  const choice = (name: string, values: readonly (string | number)[]) =>
    `<label>${name} <select data-for="${name}"><option value="">all</option>${values.map((v) => `<option>${v}</option>`).join('')}</select></label>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards of Passerelle</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 24px; background: #e8e8e8 }
div { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start }
nav { position: sticky; top: 0; background: #e8e8e8; padding: 8px 0; display: flex; gap: 16px }
</style>
<h1>${labels.length} cards and states</h1>
${list('Faults', faults)}${list('Notes', notes)}
<h2>Contact sheets</h2><p>${sheets.map((file) => `<a href="${file}">${file.slice(7, -4)}</a>`).join(' · ')}</p>
<nav>${choice('lang', ['fr', 'en'])}${choice('theme', ['light', 'dark', 'contrast'])}${choice('width', [640, 320])}</nav>
${sections.join('\n')}
<script>
const selects = [...document.querySelectorAll('select')];
for (const select of selects) select.onchange = () => {
  for (const a of document.querySelectorAll('a[data-lang]'))
    a.hidden = selects.some((s) => s.value && a.dataset[s.dataset.for] !== s.value);
};
</script></html>`;
}
