/** Reading a card's JSON: the lint and the gallery walk it the same way. */

export type Json = Readonly<Record<string, unknown>>;

/** One object of a card, and where it is. */
export interface Spot {
  readonly node: Json;
  readonly type: string;
  /** `body[2].items[0]`; empty for the card itself. */
  readonly path: string;
  /** The property it hangs under: `items`, `selectAction`… */
  readonly under: string;
  /** Path of the card it is shown with: empty, or that of a ShowCard's card. */
  readonly sheet: string;
  readonly inFallback: boolean;
}

/** A text that people see or hear. */
export interface Words {
  readonly path: string;
  readonly text: string;
  /** The same without what a person wrote in « »: their typing is not ours to mend. */
  readonly ours: string;
}

/** A card, read once. */
export interface CardParts {
  readonly json: Json;
  readonly spots: readonly Spot[];
  readonly words: readonly Words[];
  /** Ids of all inputs, ShowCards included. */
  readonly inputs: ReadonlySet<string>;
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
export const isAction = (type: string) => type.startsWith('Action.');
export const isInput = (type: string) => type.startsWith('Input.');
export const isChart = (type: string) => type.startsWith('Chart.');

/** Lists the objects of a card, its texts and its inputs. An action's `data` is the bot's own: nothing there is shown. */
export function readCard(card: object): CardParts {
  const json: Json = { ...card };
  const spots = walk(json, { path: '', under: '', sheet: '', inFallback: false });
  const inputs = new Set(spots.flatMap(({ type, node }) => (isInput(type) ? String(node.id) : [])));
  return { json, spots, words: spots.flatMap(wordsOf), inputs };
}

function walk(value: unknown, at: Omit<Spot, 'node' | 'type'>): Spot[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => walk(item, { ...at, path: `${at.path}[${i}]` }));
  if (!isObject(value)) return [];
  const type = typeof value.type === 'string' ? value.type : '';
  const sheet = at.under === 'card' ? at.path : at.sheet;
  const children = Object.entries(value).filter(([under]) => !(under === 'data' && isAction(type)));
  const below = children.flatMap(([under, child]) =>
    walk(child, {
      path: at.path ? `${at.path}.${under}` : under,
      under,
      sheet,
      inFallback: at.inFallback || under === 'fallback',
    }),
  );
  return [{ ...at, node: value, type, sheet }, ...below];
}

const TEXT_KEYS = [
  'text',
  'title',
  'label',
  'placeholder',
  'errorMessage',
  'altText',
  'fallbackText',
  'legend',
];

function wordsOf({ node, type, path, under, inFallback }: Spot): Words[] {
  // A button's fallback repeats its words.
  if (isAction(type) && inFallback) return [];
  if (type === 'RichTextBlock' && Array.isArray(node.inlines)) {
    // Runs are read as one sentence: "Motif" and " :" are often two of them.
    const text = node.inlines.map((run) => (isObject(run) ? String(run.text) : String(run))).join('');
    return [{ path, text, ours: text.replace(/«(\s)[^»]*(\s)»/gu, '«$1$2»') }];
  }
  if (under === 'inlines') return [];
  const keys = under === 'facts' ? ['title', 'value'] : TEXT_KEYS;
  return keys.flatMap((key) => {
    const text = node[key];
    return typeof text === 'string' ? [{ path: path ? `${path}.${key}` : key, text, ours: text }] : [];
  });
}
