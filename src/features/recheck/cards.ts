import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { type Area, everywhere } from '../../domain/report/area.js';
import type { Reader } from '../../ports.js';
import type { Lang, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { describeBrokenRule } from '../host/broken-rule.js';
import { noCalendarWays } from '../reminders/calendar-link.js';
import { chooseArea } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { readRequest, readRequests } from '../shared/records.js';
import { describeAction, describeWhen, eyebrow, readNames, rowTitle } from '../shared/request-view.js';
import { isLive } from './recheck.js';

const changeData = z.object({
  actionId: z.string(),
  news: z.enum(['broken', 'confirmed']),
  employeeId: z.string(),
});
const listData = z.object({ version: z.string() });

/** Tells an employee that their offer is no longer possible, or is certain at last. */
export async function changeCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, news, employeeId } = changeData.parse(message.data);
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
      lead: capitaliseFirst(`${describeAction(action, t)}, ${describeWhen(action, t)}.`),
      state: { mark: news === 'broken' ? 'warn' : 'good', word: t.at(`recheck.${news}.word`), rest: '' },
      reason: '',
      duties: '',
      next: [news === 'broken' ? describeBrokenRule(action, t, services) : '', t.at(`recheck.next.${next}`)]
        .filter(Boolean)
        .join(' '),
      note: t('recheck.note'),
      form: 'host',
      edit,
      again: next === 'again',
      ...noCalendarWays,
    },
  };
}

/** Tells the coordinators which planned placements a new version of the rules and their data has broken. */
export async function listCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { version } = listData.parse(message.data);
  const broken = await readBrokenSince(version, reader, services);
  return broken.length > 0
    ? listPage(broken, { version, page: 0, area: everywhere }, message.lang, reader, services)
    : undefined;
}

interface BrokenPlacement {
  readonly action: Action;
  readonly employeeId: string;
}

/** The planned placements that have been impossible since this version, with their authors. */
export async function readBrokenSince(
  version: string,
  reader: Reader,
  { clock }: Services,
): Promise<BrokenPlacement[]> {
  const open = await reader.list('actions', 'byState', 'open', { from: dayAt(clock.now()) });
  const refused = open.filter((a) => a.checked?.certainty === 'refused' && a.checked.since === version);
  return (await readRequests(reader, refused)).flatMap(({ action, engagements }) => {
    const live = engagements.find(isLive);
    return live ? { action, employeeId: live.employeeId } : [];
  });
}

/** A page of them, each with the reason. */
export async function listPage(
  broken: readonly BrokenPlacement[],
  { version, page, area }: { readonly version: string; readonly page: number; readonly area: Area },
  lang: Lang,
  reader: Reader,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const chosen = chooseArea(broken, ({ action }) => action, area, t, services);
  const { items, paging } = paginate(chosen.items, page, t);
  const name = await readNames(
    reader,
    items.map((b) => b.employeeId),
    t,
  );
  const heading = t('recheck.list.heading', { count: chosen.items.length });
  return {
    template: 'recheck-list',
    lang,
    summary: heading,
    data: {
      eyebrow: t('recheck.list.eyebrow'),
      heading,
      lead: [t('recheck.list.lead'), chosen.line].filter(Boolean).join(' '),
      rows: items.map(({ action, employeeId }, i) => {
        const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
        const [who, why] = [capitaliseFirst(name(employeeId)), describeBrokenRule(action, t, services)];
        const drawn = { verb: 'approval.view', id: action.id, mark: 'warn', group: '', separated: i > 0 };
        const state = `${escapeMarkdown(who)} · ${why}`;
        return { ...drawn, title, when, state, spoken: `${title}, ${when}. ${who} · ${why}` };
      }),
      ...paging,
      ...chosen.data,
      version,
    },
  };
}
