import type { Day } from '../../domain/days.js';
import { compareUrgency, dueDay, type Entry, ownTool } from '../../domain/registers/entry.js';
import { entryShapes, kindsOf, type Register, registers } from '../../domain/registers/kinds.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { dueLine, isLate, markOf, stateWord, titleOf } from './words.js';

/** Entries from which nothing is expected any more are listed up to this many, the latest first. */
const mostDone = 400;
/** A row has room for so much. */
const longestTitle = 80;

/** What is expected of somebody in a register, the most urgent first. */
async function readWaiting(reader: Reader, register: Register): Promise<Entry[]> {
  const stored = await reader.list('entries', 'byRegister', `${register}|waiting`);
  const isMoved = register !== entryShapes.tool.register || (await reader.get('entries', ownTool.id));
  return [...stored, ...(isMoved ? [] : [ownTool])].sort(compareUrgency);
}

/** The registers of the convention, with what waits in each; amendments have a feature of their own. */
export async function menuCard({ lang }: Pick<Actor, 'lang'>, services: Services): Promise<Card> {
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader) => {
    const all = await Promise.all(registers.map((register) => readWaiting(reader, register)));
    const drafts = await reader.list('amendments', 'byState', 'drafted');
    const count = all.reduce((sum, { length }) => sum + length, drafts.length);
    const [notice] = all[registers.indexOf('notices')] ?? [];
    const heading = notice ? t('registers.noticeRuns') : t('registers.waiting', { count });
    return {
      template: 'registers-menu',
      lang,
      summary: heading,
      data: {
        heading,
        lead: notice ? dueLine(notice, today, t) : t('registers.lead'),
        rows: [
          ...registers.map((register, i) => menuRow(register, all[i] ?? [], i > 0, today, t)),
          amendmentsRow(drafts.length, t),
        ],
        position: '',
      },
    };
  });
}

function menuRow(register: Register, waiting: readonly Entry[], separated: boolean, today: Day, t: Text) {
  const [first] = waiting;
  const title = t.at(`registers.name.${register}`);
  const when = first ? t('registers.waiting', { count: waiting.length }) : t('registers.nothing');
  const [kind] = kindsOf(register);
  const article = kind && t('registers.article', { article: String(entryShapes[kind].article) });
  const state = (first && dueLine(first, today, t)) || article || '';
  const mark = first ? urgencyMark(first, today) : 'good';
  return { ...toRow({ title, when, state }), separated, verb: 'registers.list', id: register, mark };
}

function amendmentsRow(count: number, t: Text) {
  const title = t('amendments.title');
  const when = count > 0 ? t('registers.waiting', { count }) : t('registers.nothing');
  const state = t('registers.article', { article: '8' });
  const mark = count > 0 ? 'wait' : 'good';
  return { ...toRow({ title, when, state }), separated: true, verb: 'amendments.open', id: '', mark };
}

const toRow = (said: { readonly title: string; readonly when: string; readonly state: string }) => ({
  group: '',
  ...said,
  spoken: `${said.title}. ${said.when}. ${said.state}`,
});

/** Something is late, or runs out soon. */
const urgencyMark = (entry: Entry, today: Day) =>
  entry.kind === 'formal-notice' || isLate(entry, today) ? 'warn' : 'wait';

/** A page of a register: what waits, the most urgent first, then all else, the latest first. */
export async function listCard(
  { lang }: Pick<Actor, 'lang'>,
  register: Register,
  page: number,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader) => {
    const waiting = await readWaiting(reader, register);
    const latest = { reverse: true, limit: mostDone + 1 };
    const done = await reader.list('entries', 'byRegister', `${register}|done`, latest);
    const shown = [...waiting, ...done.slice(0, mostDone)];
    const list = paginate(shown, page, t);
    const groupAt = (i: number) => (i < waiting.length ? 'waiting' : 'done');
    const heading =
      waiting.length > 0 ? t('registers.waiting', { count: waiting.length }) : t('registers.nothing');
    const [kind, ...others] = kindsOf(register).map((k) => ({ kind: k, title: t.at(`registers.new.${k}`) }));
    return {
      template: 'registers-list',
      lang,
      summary: heading,
      data: {
        id: register,
        eyebrow: t.at(`registers.name.${register}`),
        heading,
        lead: t.at(`registers.rule.${register}`),
        rows: list.items.map((entry, i) => {
          const at = list.start + i;
          const isFirst = i === 0 || groupAt(at) !== groupAt(at - 1);
          const group = isFirst && waiting.length > 0 ? t(`registers.group.${groupAt(at)}`) : '';
          return { ...entryRow(entry, today, t), group, separated: !isFirst };
        }),
        note: done.length > mostDone ? t('registers.latest', { count: mostDone }) : '',
        first: [kind],
        others,
        ...list.paging,
      },
    };
  });
}

function entryRow(entry: Entry, today: Day, t: Text) {
  const title = shorten(titleOf(entry, t), longestTitle);
  const kind = t.at(`registers.kind.${entry.kind}`);
  const last = entry.history.findLast(({ day }) => day)?.day ?? entry.day;
  const when = dueDay(entry) ? dueLine(entry, today, t) : last ? t.dates.long(last) : kind;
  const word = stateWord(entry, today, t);
  const state = when === kind ? word : `${kind} · ${word}`;
  return {
    verb: 'registers.view',
    id: entry.id,
    mark: isLate(entry, today) ? 'warn' : markOf(entry),
    title: escapeMarkdown(title),
    when,
    state,
    spoken: `${title}, ${when}. ${state}`,
  };
}
