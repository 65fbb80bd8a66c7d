import { readdirSync, readFileSync } from 'node:fs';
import type { CardJson } from './bot.js';

const isNode = (value: unknown): value is CardJson => typeof value === 'object' && value !== null;

/** Every object inside a card or template, the cards that open in it among them. */
function* nodes(node: unknown): Generator<CardJson> {
  if (!isNode(node)) return;
  if (!Array.isArray(node)) yield node;
  for (const inner of Object.values(node)) yield* nodes(inner);
}

/** The templates of `cards/` that people can type a text into, each with the names of its fields. */
export function textFields(): Record<string, string[]> {
  const read = (file: string): unknown => JSON.parse(readFileSync(`cards/${file}.json`, 'utf8'));
  const fieldsOf = (file: string): string[] =>
    [...nodes(read(file))].flatMap((node) => {
      if (node.type === 'Input.Text') return [String(node.id)];
      return typeof node.$part === 'string' ? fieldsOf(`part-${node.$part}`) : [];
    });
  const templates = readdirSync('cards').map((file) => file.replace(/\.json$/, ''));
  const withText = templates
    .filter((template) => !template.startsWith('part-'))
    .map((template) => [template, [...new Set(fieldsOf(template))].sort()] as const);
  return Object.fromEntries(withText.filter(([, fields]) => fields.length > 0));
}

/** A button that sends inputs along: what it sends, and which of its inputs are texts and which are not. */
export interface Sender {
  readonly verb: string;
  readonly data: object;
  readonly texts: readonly string[];
  readonly others: readonly string[];
}

/** The buttons of a card, and of the cards that open in it, that send what was typed. */
export function sendersIn(card: unknown): Sender[] {
  const cards = [...nodes(card)].filter((node) => node.type === 'AdaptiveCard');
  return cards.flatMap((one) => {
    const inputs = [...nodes(one.body)].filter((node) => String(node.type).startsWith('Input.'));
    const ids = (text: boolean) =>
      inputs.filter((i) => (i.type === 'Input.Text') === text).map((i) => String(i.id));
    const buttons = [...nodes(one.body), ...(Array.isArray(one.actions) ? one.actions : [])];
    return buttons
      .filter((b) => b.type === 'Action.Execute' && b.associatedInputs !== 'none' && inputs.length > 0)
      .map((b) => ({
        verb: String(b.verb),
        data: (b.data ?? {}) as object,
        texts: ids(true),
        others: ids(false),
      }));
  });
}
