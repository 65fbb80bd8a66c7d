import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Card } from '../features/feature.js';
import type { DrawnCard } from '../ports.js';
import type { Lang } from '../records.js';
import { langs, textTree } from '../text/text.js';
import { type Progress, progressBar } from './progress-bar.js';
import { cutAtMarks, fillTexts, maskTexts, type Skeleton, toShape } from './skeleton.js';
import type { Template } from './template.js';
import { type TimelineData, timelinePicture } from './timeline-picture.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** A rendered card, and its JSON text for the response. */
export interface RenderedCard extends DrawnCard {
  readonly json: string;
}
export type CardRenderer = (card: Card) => Promise<RenderedCard>;

/** `${t.host.heading}` in a template is a text of `fr.json` or `en.json`. */
const textReference = /\$\{t\.([\w.-]+)\}/g;

/** Templates may select values and ask whether there are any; every other decision belongs in the data. */
const allowedExpression = /^(!?[$\w.]+|[$\w.]+ != ''|count\([$\w.]+\) (==|>) 0|[$\w.]+\[([\w.]+)\])$/;

/** Lists vary in length, so shapes would accumulate. */
const maxSkeletons = 500;

/**
 * Reads the templates of a folder. At start, each language gets its parts and texts, and the expressions are checked.
 * A template is expanded once per shape of data, without the data's texts (expanding takes a tenth of a turn); these
 * are inserted afterwards, so what people typed is never evaluated.
 * @throws Error if a template names an unknown part or text, or uses more than the allowed expressions
 */
export function createCards(folder: string): CardRenderer {
  const files = readdirSync(folder).filter((f) => f.endsWith('.json'));
  const sources = new Map(
    files.map((f) => [basename(f, '.json'), JSON.parse(readFileSync(join(folder, f), 'utf8')) as Json]),
  );
  const marks = sources.get('marks') as JsonObject;
  const templates = new Map<string, () => Promise<Template>>();
  const choosing = new Set<string>();
  for (const [name, source] of sources) {
    if (name === 'marks' || name.startsWith('part-')) continue;
    for (const lang of langs) {
      const prepared = prepare(source, lang, sources, name);
      for (const chooses of findChoosingNames(prepared, name)) choosing.add(chooses);
      templates.set(
        `${name}.${lang}`,
        memoise(async () => {
          const { Template } = await import('./template.js');
          return new Template(prepared);
        }),
      );
    }
  }
  const skeletons = new Map<string, Skeleton>();

  return async ({ template: name, lang, data, summary, refresh }) => {
    const template = templates.get(`${name}.${lang}`);
    if (!template) throw new Error(`cards/${name}.json does not exist`);
    const shown = withPictures(data);
    const given = { data: shown, summary, refresh };
    const { shape, texts } = toShape(given, choosing);
    const key = `${name}.${lang} ${shape}`;
    let skeleton = skeletons.get(key);
    if (!skeleton) {
      const { data: blank, ...rest } = maskTexts(given, choosing) as Pick<
        Card,
        'data' | 'summary' | 'refresh'
      >;
      const expanded = (await template()).expand({ $root: { ...blank, mark: marks } }) as JsonObject;
      skeleton = cutAtMarks(JSON.stringify(addEnvelope(expanded, { lang, ...rest })));
      if (skeletons.size >= maxSkeletons) skeletons.clear();
      skeletons.set(key, skeleton);
    }
    const json = fillTexts(skeleton, texts);
    return {
      json,
      summary,
      get content() {
        return JSON.parse(json) as object;
      },
    };
  };
}

/** The data of a card with the pictures that are drawn from it. */
function withPictures(data: Card['data']): Card['data'] {
  const bar = data.bar as Progress | undefined;
  const timeline = data.timeline as TimelineData | undefined;
  if (bar) return { ...data, barImage: progressBar(bar) };
  // The picture says all that there is in these numbers.
  return timeline ? { ...data, timeline: '', timelineImage: timelinePicture(timeline) } : data;
}

/** Parsing all templates takes half a second, so each is parsed when it is first used. */
function memoise<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The names of values that select others, such as `mark` in `${marks[state.mark]}`. */
function findChoosingNames(node: Json, file: string): string[] {
  if (typeof node === 'string') {
    return [...node.matchAll(/\$\{([^}]*)\}/g)].flatMap(([whole, asked = '']) => {
      const allowed = allowedExpression.exec(asked);
      if (!allowed) throw new Error(`cards/${file}.json: ${whole} is more than a template may ask`);
      return allowed[3]?.split('.').slice(-1) ?? [];
    });
  }
  if (node === null || typeof node !== 'object') return [];
  return Object.values(node).flatMap((item) => findChoosingNames(item, file));
}

/** Inserts parts and texts: `{"$part": "head"}` becomes `part-head.json` with its `@name@` replaced. */
function prepare(node: Json, lang: Lang, sources: ReadonlyMap<string, Json>, file: string): Json {
  if (typeof node === 'string')
    return node.replace(textReference, (_, path: string) => textAt(path, lang, file));
  if (Array.isArray(node)) {
    return node.flatMap((item) => {
      const done = prepare(item, lang, sources, file);
      // A part that is a list is spliced into the list around it.
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
function addEnvelope(
  card: JsonObject,
  { lang, summary, refresh }: Pick<Card, 'lang' | 'summary' | 'refresh'>,
): JsonObject {
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
    // An empty input has no `value` at all.
    if (value === null || (key === 'value' && value === '' && typeof node.id === 'string')) continue;
    done[key] = typeof value === 'object' ? withFallbacks(value) : value;
  }
  if (done.type !== 'Action.Execute') return done;
  const { verb, fallback: _, ...rest } = done;
  const data = { ...(rest.data as JsonObject | undefined), verb: verb as string };
  return { ...done, fallback: { ...rest, type: 'Action.Submit', data } };
}
