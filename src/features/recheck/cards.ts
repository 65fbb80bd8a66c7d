import { z } from 'zod';
import { type Action, isPlacement } from '../../domain/action.js';
import { brokenLimit } from '../../domain/limits.js';
import { datesOf } from '../../domain/placement.js';
import type { OutboxMessage, Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, startOfSentence } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { dateFault } from '../host/dates.js';
import { limitText } from '../host/limits.js';
import { readRequest } from '../shared/records.js';
import { eyebrow, namesOf, rowTitle, whatIs, whenIs } from '../shared/request-view.js';
import { placesOf } from '../shared/schools.js';
import { isLive } from './recheck.js';

const told = z.object({
  actionId: z.string(),
  news: z.enum(['broken', 'confirmed']),
  employeeId: z.string(),
});
const listed = z.object({ version: z.string() });

/** Rows of a card that lead somewhere: more of them, and it is taller than a screen. */
const mostRows = 4;

/** The rule that a placement breaks now. */
function brokenBy(action: Action, t: Text, services: Services): string {
  const { kind } = action;
  if (!isPlacement(kind)) return '';
  const fault = dateFault(datesOf(action, kind), placesOf(action, services), t, services);
  const limit = brokenLimit({ ...action, kind }, services.convention);
  return fault?.text ?? (limit ? limitText(limit, t, services.convention) : '');
}

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
  const t = services.textIn(message.lang);
  const today = dayAt(services.clock.now());
  const broken: { action: Action; employeeId: string }[] = [];
  for (const action of await reader.list('actions', 'byState', 'open', { from: today })) {
    if (action.checked?.certainty !== 'refused' || action.checked.since !== version) continue;
    const live = (await reader.list('engagements', 'byAction', action.id)).find(isLive);
    if (live) broken.push({ action, employeeId: live.employeeId });
  }
  if (broken.length === 0) return undefined;
  const shown = broken.slice(0, mostRows);
  const name = await namesOf(
    reader,
    shown.map((b) => b.employeeId),
    t,
  );
  const heading = t('recheck.list.heading', { count: broken.length });
  return {
    template: 'recheck-list',
    lang: message.lang,
    summary: heading,
    data: {
      eyebrow: t('recheck.list.eyebrow'),
      heading,
      lead: t('recheck.list.lead'),
      rows: shown.map(({ action, employeeId }, i) => {
        const [title, when] = [rowTitle(action, t), whenIs(action, t)];
        const [who, why] = [name(employeeId), brokenBy(action, t, services)];
        const drawn = { verb: 'approval.view', id: action.id, mark: 'warn', group: '', separated: i > 0 };
        const state = `${escapeMarkdown(who)} · ${why}`;
        return { ...drawn, title, when, state, spoken: `${title}, ${when}. ${who} · ${why}` };
      }),
      position: broken.length > mostRows ? t('recheck.list.more', { count: broken.length - mostRows }) : '',
    },
  };
}
