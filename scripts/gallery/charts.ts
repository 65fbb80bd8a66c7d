import { type CardParts, isChart, isObject, readCard } from './card-json.js';

/** Drawing bounds are no figures that people read. */
const NOT_FIGURES = new Set(['fallback', 'min', 'width', 'height', 'barWidth', 'maxWidth', 'yMin', 'yMax']);

function figuresOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(figuresOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => (NOT_FIGURES.has(key) ? [] : figuresOf(child)));
}

const evenSpaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

function says(text: string, figure: number): boolean {
  const forms = [String(figure), figure.toLocaleString('fr'), figure.toLocaleString('en')].map(evenSpaces);
  // 6 is not said by "16", "6,5" or "1.6", but by "6." at the end of a sentence.
  return forms.some((form) => new RegExp(`(?<!\\d[.,]?)${form.replace('.', '\\.')}(?![.,]?\\d)`).test(text));
}

/**
 * Charts without a fallback, or with figures that no text outside the chart says: on a phone that shows no chart
 * the news would be lost.
 */
export function silentCharts({ spots, words }: CardParts): string[] {
  return spots.flatMap(({ type, node, path }) => {
    if (!isChart(type)) return [];
    const around = words.flatMap((w) => (w.path.startsWith(`${path}.`) ? [] : w.text)).join(' | ');
    const missing = [...new Set(figuresOf(node))].filter((figure) => !says(evenSpaces(around), figure));
    // What the chart shows stands beside it: a client that draws none need not show anything in its place.
    const fallback = isObject(node.fallback) || node.fallback === 'drop';
    return [
      ...(fallback ? [] : [`${path}: chart without a fallback`]),
      ...(missing.length ? [`${path}: no text outside the chart says ${missing.join(', ')}`] : []),
    ];
  });
}

/** The same, of a card's JSON. */
export const chartFaults = (card: object): string[] => silentCharts(readCard(card));
