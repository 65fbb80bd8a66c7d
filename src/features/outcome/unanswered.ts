import type { Action, Engagement } from '../../domain/action.js';
import { addDays } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { listSome, paginate } from '../shared/list.js';
import { readRequests } from '../shared/records.js';
import { describeWhen, readNames, rowTitle } from '../shared/request-view.js';
import { readListed } from './tasks.js';

/** Presences and contradictions of actions before this many days are left alone: their year is closed. */
const daysBack = 400;

interface Unanswered {
  readonly action: Action;
  /** Those who have been asked twice without an answer. */
  readonly engagements: readonly Engagement[];
}

/** The past actions about which somebody has been asked twice without an answer, latest first. */
async function readUnanswered(reader: Reader, services: Services): Promise<Unanswered[]> {
  const today = dayAt(services.clock.now());
  const open = await reader.list('actions', 'byState', 'open', { until: today });
  const held = await reader.list('actions', 'byState', 'held', {
    from: addDays(today, -daysBack),
    until: today,
  });
  const requests = await readRequests(reader, [...open, ...held]);
  const listed = requests.map(async (request) => ({
    action: request.action,
    engagements: await readListed(request, reader, services),
  }));
  return (await Promise.all(listed))
    .filter(({ engagements }) => engagements.length > 0)
    .sort((a, b) => (a.action.lastDay < b.action.lastDay ? 1 : -1));
}

/** The past actions with two answers between which a coordinator has to choose, oldest first. */
export async function readContradictions(reader: Reader, services: Services): Promise<Action[]> {
  const from = addDays(dayAt(services.clock.now()), -daysBack);
  const lists = await Promise.all(
    (['held', 'not-held'] as const).map((state) => reader.list('actions', 'byState', state, { from })),
  );
  return lists.flat().filter(({ contradiction }) => contradiction !== undefined);
}

/** Lists to the coordinators what has had no answer, each with the way to answer for the people. */
export async function unansweredCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const found = await readUnanswered(reader, services);
  if (found.length === 0) return undefined;
  const t = services.textIn(message.lang);
  const { items, paging } = paginate(found, 0, t);
  const name = await readNames(
    reader,
    items.flatMap(({ engagements }) => engagements.map((e) => e.employeeId)),
    t,
  );
  const heading = t('outcome.unanswered', { count: found.length });
  return {
    template: 'outcome-unanswered',
    lang: message.lang,
    summary: heading,
    data: {
      eyebrow: t('outcome.unansweredEyebrow'),
      heading,
      lead: t('outcome.unansweredLead'),
      rows: items.map(({ action, engagements }, i) => {
        const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
        const names = engagements.map((e) => capitaliseFirst(name(e.employeeId)));
        const describe = (who: readonly string[]) =>
          t(action.state === 'held' ? 'outcome.presenceOf' : 'outcome.answerOf', { names: listSome(who, t) });
        return {
          verb: 'outcome.open',
          id: action.id,
          mark: 'warn',
          group: '',
          separated: i > 0,
          title,
          when,
          state: describe(names.map(escapeMarkdown)),
          spoken: `${title}, ${when}. ${describe(names)}`,
        };
      }),
      position: paging.position,
    },
  };
}
