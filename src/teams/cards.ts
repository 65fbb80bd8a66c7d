import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { Card } from '../features/feature.js';
import type { DrawnCard, Lang } from '../ports.js';
import { langs, textTree } from '../text/text.js';
import { progressBar } from './bar.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

export type CardRenderer = (card: Card) => DrawnCard;

/** `${t.host.heading}` in a template is a text of `fr.json` or `en.json`. */
const textReference = /\$\{t\.([\w.-]+)\}/g;

/**
 * Reads the templates of a folder. For each language, parts are put in place and texts filled in once, at the
 * start; what people typed is then expanded exactly once, so that it is never evaluated.
 * @throws when a template names a part or a text that does not exist
 */
export function createCards(folder: string): CardRenderer {
  const files = readdirSync(folder).filter((f) => f.endsWith('.json'));
  const sources = new Map(
    files.map((f) => [basename(f, '.json'), JSON.parse(readFileSync(join(folder, f), 'utf8')) as Json]),
  );
  const marks = sources.get('marks') as JsonObject;
  const templates = new Map<string, Template>();
  for (const [name, source] of sources) {
    if (name === 'marks' || name.startsWith('part-')) continue;
    for (const lang of langs) {
      const prepared = prepare(source, lang, sources, name);
      templates.set(`${name}.${lang}`, new Template(prepared));
    }
  }
  return (card) => {
    const template = templates.get(`${card.template}.${card.lang}`);
    if (!template) throw new Error(`cards/${card.template}.json does not exist`);
    const bar = card.data.bar as Parameters<typeof progressBar>[0] | undefined;
    const $root = { ...card.data, mark: marks, ...(bar ? { barImage: progressBar(bar) } : {}) };
    return { content: finish(template.expand({ $root }) as JsonObject, card), summary: card.summary };
  };
}

/** Puts parts and texts in place: `{"$part": "head"}` becomes `part-head.json`, its `@name@` replaced. */
function prepare(node: Json, lang: Lang, sources: ReadonlyMap<string, Json>, file: string): Json {
  if (typeof node === 'string')
    return node.replace(textReference, (_, path: string) => textAt(path, lang, file));
  if (Array.isArray(node)) {
    return node.flatMap((item) => {
      const done = prepare(item, lang, sources, file);
      // A part that is a list takes its place in the list around it.
      return isPart(item) && Array.isArray(done) ? done : [done];
    });
  }
  if (node === null || typeof node !== 'object') return node;
  if (isPart(node)) {
    const { $part, ...params } = node;
    const part = sources.get(`part-${$part}`);
    if (part === undefined) throw new Error(`cards/${file}.json: there is no cards/part-${$part}.json`);
    return prepare(withParams(part, params), lang, sources, file);
  }
  return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, prepare(v, lang, sources, file)]));
}

const isPart = (node: Json): node is JsonObject & { $part: string } =>
  typeof node === 'object' && node !== null && !Array.isArray(node) && typeof node.$part === 'string';

function withParams(part: Json, params: JsonObject): Json {
  const text = JSON.stringify(part).replace(/@(\w+)@/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : String(value ?? '');
  });
  return JSON.parse(text) as Json;
}

function textAt(path: string, lang: Lang, file: string): string {
  let node: unknown = textTree(lang);
  for (const step of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[step];
  if (typeof node !== 'string')
    throw new Error(`cards/${file}.json: there is no text "${path}" in ${lang}.json`);
  return node;
}

/** Adds what every card has: its language, its views, and for older clients a fallback on each button. */
function finish(card: JsonObject, { lang, summary, refresh }: Card): JsonObject {
  const done = withFallbacks(card) as JsonObject;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang,
    fallbackText: summary,
    ...done,
    ...(refresh && refresh.userIds.length > 0
      ? {
          refresh: {
            action: {
              type: 'Action.Execute',
              title: 'Passerelle',
              verb: refresh.verb,
              data: refresh.data as JsonObject,
            },
            userIds: [...refresh.userIds],
          },
        }
      : {}),
  };
}

function withFallbacks(node: Json): Json {
  if (Array.isArray(node)) return node.map(withFallbacks);
  if (node === null || typeof node !== 'object') return node;
  const done: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    // Nothing to show: an input without a value has no `value` at all.
    if (value === null || (key === 'value' && value === '' && typeof node.id === 'string')) continue;
    done[key] = typeof value === 'object' ? withFallbacks(value) : value;
  }
  if (done.type !== 'Action.Execute') return done;
  const { verb, fallback: _, ...rest } = done;
  const data = { ...(rest.data as JsonObject | undefined), verb: verb as string };
  return { ...done, fallback: { ...rest, type: 'Action.Submit', data } };
}
