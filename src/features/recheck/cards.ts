import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import type { Lang, OutboxMessage, Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown, startOfSentence } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { brokenBy } from '../host/broken.js';
import { pageOf } from '../shared/list.js';
import { readRequest, requestsOf } from '../shared/records.js';
import { eyebrow, namesOf, rowTitle, whatIs, whenIs } from '../shared/request-view.js';
import { isLive } from './recheck.js';

const told = z.object({
  actionId: z.string(),
  news: z.enum(['broken', 'confirmed']),
  employeeId: z.string(),
});
const listed = z.object({ version: z.string() });

/** What an employee is told when their offer is possible no more, or sure at last. */
export async function toldCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, news, employeeId } = told.parse(message.data);
  const request = await readRequest(reader, actionId);
  const engagement = request?.engagements.find((e) => e.employeeId === employeeId);
  // Withdrawn, declined or corrected meanwhile: there is nothing left to say.
  if (!request || !engagement || !isLive(engagement)) return undefined;
  const { action } = request;
  if ((action.checked?.certainty === 'refused') !== (news === 'broken')) return undefined;
  const t = services.textIn(message.lang);
  const heading = t.at(`recheck.${news}.heading`);
  const edit = news === 'broken' && engagement.state !== 'approved';
  const next = news === 'confirmed' ? 'nothing' : edit ? 'edit' : 'again';
  return {
    template: 'request-told',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      lead: startOfSentence(`${whatIs(action, t)}, ${whenIs(action, t)}.`),
      state: { mark: news === 'broken' ? 'warn' : 'good', word: t.at(`recheck.${news}.word`), rest: '' },
      reason: '',
      duties: '',
      next: [news === 'broken' ? brokenBy(action, t, services) : '', t.at(`recheck.next.${next}`)]
        .filter(Boolean)
        .join(' '),
      note: t('recheck.note'),
      form: 'host',
      edit,
      again: next === 'again',
    },
  };
}

/** What the coordinators are told: the planned placements that a version of the rules and their data broke. */
export async function listCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { version } = listed.parse(message.data);
  const broken = await brokenSince(version, reader, services);
  return broken.length > 0
    ? listPage(broken, { version, page: 0 }, message.lang, reader, services)
    : undefined;
}

interface BrokenPlacement {
  readonly action: Action;
  readonly employeeId: string;
}

/** The planned placements that are possible no more since this version, and whose they are. */
export async function brokenSince(
  version: string,
  reader: Reader,
  { clock }: Services,
): Promise<BrokenPlacement[]> {
  const open = await reader.list('actions', 'byState', 'open', { from: dayAt(clock.now()) });
  const refused = open.filter((a) => a.checked?.certainty === 'refused' && a.checked.since === version);
  return (await requestsOf(reader, refused)).flatMap(({ action, engagements }) => {
    const live = engagements.find(isLive);
    return live ? { action, employeeId: live.employeeId } : [];
  });
}

/** A page of them, each with the reason. */
export async function listPage(
  broken: readonly BrokenPlacement[],
  { version, page }: { readonly version: string; readonly page: number },
  lang: Lang,
  reader: Reader,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const { items, paging } = pageOf(broken, page, t);
  const name = await namesOf(
    reader,
    items.map((b) => b.employeeId),
    t,
  );
  const heading = t('recheck.list.heading', { count: broken.length });
  return {
    template: 'recheck-list',
    lang,
    summary: heading,
    data: {
      eyebrow: t('recheck.list.eyebrow'),
      heading,
      lead: t('recheck.list.lead'),
      rows: items.map(({ action, employeeId }, i) => {
        const [title, when] = [rowTitle(action, t), whenIs(action, t)];
        const [who, why] = [startOfSentence(name(employeeId)), brokenBy(action, t, services)];
        const drawn = { verb: 'approval.view', id: action.id, mark: 'warn', group: '', separated: i > 0 };
        const state = `${escapeMarkdown(who)} · ${why}`;
        return { ...drawn, title, when, state, spoken: `${title}, ${when}. ${who} · ${why}` };
      }),
      ...paging,
      version,
    },
  };
}
