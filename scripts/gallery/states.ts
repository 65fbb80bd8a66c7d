import { isInput, isObject, type Json, readCard, type Spot } from './card-json.js';

/** One way in which a card can be seen. */
export interface CardState {
  /** Empty for the card as it arrives; `refuser`, `empty-send`, `refuser--empty-send`. */
  readonly name: string;
  readonly card: Json;
  /** Titles of the buttons to click, in order. */
  readonly clicks: readonly string[];
  /** Messages that the last click must bring: those of the required inputs that are empty. */
  readonly expects: readonly string[];
}

const slug = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/**
 * The states that must be looked at: the card as it arrives, each ShowCard open, and each form after it was sent
 * empty.
 */
export function statesOf(card: object): CardState[] {
  const { json, spots } = readCard(card);
  const shown = spots.filter(({ inFallback }) => !inFallback);
  const emptied = withoutValues(json);

  const sheets = [{ path: '', clicks: [] as string[] }];
  for (const { type, node, path, sheet } of shown) {
    if (type !== 'Action.ShowCard') continue;
    const above = sheets.find((s) => s.path === sheet)?.clicks ?? [];
    sheets.push({ path: `${path}.card`, clicks: [...above, String(node.title)] });
  }
  return sheets.flatMap(({ path, clicks }) => {
    const here = shown.filter(({ sheet }) => sheet === path);
    const opened = { name: clicks.map(slug).join('--'), card: json, clicks, expects: [] };
    const send = here.find(sendsForm);
    const expects = here.flatMap(({ type, node }) =>
      isInput(type) && node.isRequired === true ? String(node.errorMessage) : [],
    );
    if (!send || expects.length === 0) return [opened];
    const name = [...clicks.map(slug), 'empty-send'].join('--');
    return [opened, { name, card: emptied, clicks: [...clicks, String(send.node.title)], expects }];
  });
}

const sendsForm = ({ type, under, node }: Spot) =>
  under === 'actions' &&
  (type === 'Action.Execute' || type === 'Action.Submit') &&
  String(node.associatedInputs).toLowerCase() !== 'none';

/** A form that comes filled is emptied too: each message has to be seen. */
function withoutValues(json: Json): Json {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    const input = isInput(String(value.type));
    const kept = Object.entries(value).filter(([key]) => !(input && key === 'value'));
    return Object.fromEntries(kept.map(([key, child]) => [key, copy(child)]));
  };
  const copied = copy(json);
  return isObject(copied) ? copied : json;
}
