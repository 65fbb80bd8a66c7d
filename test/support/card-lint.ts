import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type CardParts,
  isAction,
  isInput,
  isObject,
  readCard,
  type Spot,
  type Words,
} from '../../scripts/gallery/card-json.js';
import { silentCharts } from '../../scripts/gallery/charts.js';

interface ParseEvent {
  readonly event: number;
  readonly message: string;
}

/** What is used of the renderer. Its own types come as sources, which do not compile under this project's rules. */
interface Renderer {
  readonly ValidationEvent: { readonly TooManyActions: number; readonly DuplicateId: number };
  SerializationContext: new () => { readonly eventCount: number; getEventAt(index: number): ParseEvent };
  AdaptiveCard: new () => {
    parse(json: object, context: object): void;
    validateProperties(): { readonly validationEvents: readonly ParseEvent[] };
  };
}

/** The bundle, because the package's main entry (ES modules without file extensions) does not load in node. */
const renderer = createRequire(join(process.cwd(), 'package.json'))(
  'adaptivecards/dist/adaptivecards.js',
) as Renderer;

/** Teams takes 28 KB a message; decimal kilobytes leave room for the envelope. */
const MAX_BYTES = 28_000;
const MAX_HEADING = 60;
const MAX_BUTTON = 32;
/** Longer ones squeeze the values at 320 px. */
const MAX_FACT_TITLE = 11;
/** What Teams' store reviewers accept. */
const MAX_ACTIONS = 6;

type Rule = (card: CardParts) => string[];
type Fault = string | false;

const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
/** Adaptive Cards compare names without case. */
const is = (value: unknown, ...names: string[]) =>
  typeof value === 'string' && names.includes(value.toLowerCase());
const isSet = (value: unknown) => value !== undefined && value !== null && value !== false;
const letters = (markdown: string) =>
  [
    ...markdown
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\\([\\*_[\]()#`~<>|+.-])|\*\*?|\b_|_\b/g, '$1'),
  ].length;

const atEach =
  (...tests: ((spot: Spot, card: CardParts) => Fault)[]): Rule =>
  (card) =>
    tests.flatMap((test) =>
      card.spots.flatMap((spot) => {
        const fault = test(spot, card);
        return fault ? [`${spot.path || 'card'}: ${fault}`] : [];
      }),
    );

const inText =
  (...tests: ((words: Words, card: CardParts) => Fault)[]): Rule =>
  (card) =>
    tests.flatMap((test) =>
      card.words.flatMap((words) => {
        const fault = test(words, card);
        return fault ? [`${words.path}: ${fault} in "${words.text}"`] : [];
      }),
    );

/** Said better below, with a path; and `lang` is judged by a `/g` pattern that fails every other time. */
/** A list that is asked for while a person types has nothing to show before. */
const ASKED_FOR_LATER = /ChoiceSet must have at least one choice/i;

const SAID_BY_US =
  /property "lang"|"(Chart\.\w+|Badge|Icon|ProgressBar)"|should have|must have a unique Id|card version/i;

const rendererFaults: Rule = ({ json, spots }) => {
  const ours = [renderer.ValidationEvent.TooManyActions, renderer.ValidationEvent.DuplicateId];
  const context = new renderer.SerializationContext();
  const card = new renderer.AdaptiveCard();
  card.parse(json, context);
  const lists = spots.filter(({ type }) => type === 'Input.ChoiceSet').map(({ node }) => node);
  const listsHaveChoices = lists.every((l) => l['choices.data'] || (l.choices as unknown[])?.length > 0);
  const parsed = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  const events = [...parsed, ...card.validateProperties().validationEvents];
  return events.flatMap(({ event, message }) => {
    if (ours.includes(event) || SAID_BY_US.test(message)) return [];
    if (ASKED_FOR_LATER.test(message) && listsHaveChoices) return [];
    // An event has no path: the value or type that the message quotes tells where.
    const [value, property = 'type'] = [...message.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
    const spot = spots.find(({ node }) => value !== undefined && String(node[property]) === value);
    return [`${spot?.path || 'card'}: ${message}`];
  });
};

const sameIds: Rule = ({ spots }) => {
  const seen = new Map<string, string>();
  return spots.flatMap(({ node, path, inFallback }) => {
    if (inFallback || typeof node.id !== 'string') return [];
    const first = seen.get(node.id);
    if (first === undefined) seen.set(node.id, path);
    return first === undefined ? [] : [`${path}: id "${node.id}" is taken by ${first}`];
  });
};

/** A button, a row that can be chosen, or an input's own button; `refresh` is none of them. */
const isShown = ({ type, under, inFallback }: Spot) =>
  isAction(type) && !inFallback && ['actions', 'selectAction', 'inlineAction'].includes(under);

const shownActions: Rule = ({ spots }) => {
  // "secondary" folds under "…".
  const shown = spots.filter((spot) => isShown(spot) && !is(spot.node.mode, 'secondary'));
  return [...new Set(shown.map(({ sheet }) => sheet))].flatMap((sheet) => {
    const here = shown.filter((spot) => spot.sheet === sheet);
    const positive = here.filter(({ node }) => is(node.style, 'positive')).length;
    return [
      ...(here.length > MAX_ACTIONS ? [`${here.length} actions shown at once (${MAX_ACTIONS} at most)`] : []),
      ...(positive > 1 ? [`${positive} positive buttons (one at most)`] : []),
    ].map((fault) => `${sheet || 'card'}: ${fault}`);
  });
};

const oneHeading: Rule = ({ spots }) => {
  const headings = spots.filter(({ node, inFallback }) => !inFallback && is(node.style, 'heading'));
  return headings.length === 1 ? [] : [`card: ${headings.length} headings (exactly one)`];
};

const wholeCard: Rule = ({ json }) => {
  const bytes = Buffer.byteLength(JSON.stringify(json));
  return [
    ...(filled(json.fallbackText) ? [] : ['no fallbackText']),
    ...(is(json.lang, 'fr', 'en') ? [] : ['lang is neither fr nor en']),
    ...(json.version === '1.5' ? [] : ['version is not 1.5, the newest that Teams shows']),
    ...(bytes > MAX_BYTES ? [`${bytes} bytes (${MAX_BYTES} at most)`] : []),
  ].map((fault) => `card: ${fault}`);
};

const inputRules = atEach(
  ({ type, node }) => isInput(type) && !filled(node.id) && 'input without id',
  ({ type, node }) => isInput(type) && !filled(node.label) && 'input without label',
  ({ type, node }) =>
    isInput(type) &&
    [node.isRequired, node.regex, node.min, node.max].some(isSet) &&
    !filled(node.errorMessage) &&
    'input that can be refused without errorMessage',
);

const lookRules = atEach(
  ({ type, node }) =>
    (type === 'TextBlock' ||
      type === 'Input.Toggle' ||
      (type === 'Input.ChoiceSet' && is(node.style, 'expanded'))) &&
    node.wrap !== true &&
    `${type} without wrap`,
  ({ type, node }) => type === 'Image' && !filled(node.altText) && 'image without altText',
  ({ type, node }) =>
    type.startsWith('Text') &&
    is(node.color, 'good', 'warning') &&
    `text of color ${node.color}, unreadable on white`,
  ({ type }) => /^(Badge|Icon|ProgressBar|ProgressRing)$/.test(type) && `${type}: no renderer here draws it`,
  ({ type, node }) =>
    (type.startsWith('Layout.') || isSet(node.layouts) || isSet(node.targetWidth)) &&
    'layout by width: renderers disagree on it',
  ({ node }) =>
    isObject(node.msteams) && isSet(node.msteams.width) && 'msteams.width: warned about under the card',
  ({ type, under, node }) =>
    (/^(Container|Column|ColumnSet|Table|TableRow|TableCell)$/.test(type) ||
      /^(columns|rows|cells)$/.test(under)) &&
    isSet(node.style) &&
    !is(node.style, 'default', 'emphasis', 'attention') &&
    `container style ${node.style}`,
  ({ node, inFallback }) =>
    !inFallback &&
    is(node.style, 'heading') &&
    letters(String(node.text)) > MAX_HEADING &&
    `heading of ${letters(String(node.text))} characters (${MAX_HEADING} at most)`,
  ({ under, node }) =>
    under === 'facts' &&
    letters(String(node.title)) > MAX_FACT_TITLE &&
    `fact title of more than ${MAX_FACT_TITLE} letters`,
);

const actionRules = atEach(
  (spot) => isShown(spot) && !filled(spot.node.title) && 'action without title',
  (spot) =>
    isShown(spot) &&
    spot.under !== 'selectAction' &&
    [...String(spot.node.title)].length > MAX_BUTTON &&
    `button title of more than ${MAX_BUTTON} characters`,
  ({ type, node }) =>
    type === 'Action.Execute' &&
    !/^[a-z][\w-]*\.[a-z]\w*$/i.test(String(node.verb)) &&
    `verb "${node.verb}" is not <feature>.<action>`,
  ({ type, node, path }) => {
    if (type !== 'Action.Execute' || path.startsWith('refresh.')) return false;
    const { fallback } = node;
    if (!isObject(fallback) || fallback.type !== 'Action.Submit')
      return 'Execute without a fallback Action.Submit';
    const data = { ...(isObject(node.data) ? node.data : {}), verb: node.verb };
    return !isDeepStrictEqual(fallback.data, data) && 'fallback data is not the data and the verb of Execute';
  },
  ({ type, node, inFallback }, { inputs }) => {
    if (!isAction(type) || inFallback) return false;
    const names = [
      ...Object.keys(isObject(node.data) ? node.data : {}),
      ...(isSet(node.verb) ? ['verb'] : []),
    ];
    if (names.includes('key')) return 'data named "key": the Playground throws on it';
    const taken = names.find((name) => inputs.has(name));
    return taken !== undefined && `data "${taken}" has the name of an input, whose value would overwrite it`;
  },
  ({ type, node }) =>
    type === 'Action.OpenUrl' && !/^https:\/\//.test(String(node.url)) && 'link that is not https',
  ({ type, node }) =>
    type === 'Image' &&
    !/^(https:\/\/|data:image\/png;base64,)/.test(String(node.url)) &&
    'image that is neither https nor a PNG data URI',
);

const LEFTOVER = /\$\{|\{\{|\[object Object\]|\b(undefined|null|NaN|Invalid)\b/;

/** French of ours: an address, an entity and the one English sentence of the welcome keep their own typography. */
const french = ({ ours }: Words, { json }: CardParts) =>
  json.lang === 'fr' ? ours.replace(/\(https:[^)]*\)|&#?\w+;|English: [^.]*\./g, '') : '';

const textRules = inText(
  ({ text }) => LEFTOVER.test(text) && `"${LEFTOVER.exec(text)?.[0]}" left over`,
  ({ ours }) => /\d{4}-\d\d-\d\d/.test(ours) && 'ISO date',
  ({ text }) => /\]\((?!https:\/\/)/.test(text) && 'link that is not https',
  (words, card) => french(words, card).includes("'") && 'straight apostrophe',
  (words, card) =>
    /(?<![\u00a0\u202f;:!?])[;:!?»](?!\/\/)/.test(french(words, card)) &&
    'no no-break space before ; : ! ? or »',
  (words, card) => /«(?![\u00a0\u202f])/.test(french(words, card)) && 'no no-break space after «',
);

const rules = [
  rendererFaults,
  sameIds,
  shownActions,
  oneHeading,
  wholeCard,
  silentCharts,
  inputRules,
  lookRules,
];

/**
 * Every fault of an Adaptive Card's JSON, each with its path: what the renderer refuses, and the rules of the look
 * and of Teams. None: an empty list.
 */
export const lintCard = (card: object): string[] => {
  const parts = readCard(card);
  return [...rules, actionRules, textRules].flatMap((rule) => rule(parts));
};
