import { createReplacer } from '../../domain/erasure/identity.js';
import type { Reader } from '../../ports.js';
import type { JobRun, OutboxMessage } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { describeContent } from '../pending/undelivered.js';
import { readMonthlyRun } from '../regional/runs.js';
import { areaName } from '../shared/area.js';
import type { Said, Say } from './fields.js';
import type { Own } from './read.js';

/** What no list leads to: the file is made outside of a turn, and may look through everything. */
export async function sayOthers(reader: Reader, { person }: Own, say: Say, t: Text, services: Services) {
  const { id, conversationId, earlierChats = [], teamsId, name } = person;
  const ownChats = new Set([conversationId, ...earlierChats]);
  const { mentions } = createReplacer({ ids: [id, teamsId], name }, '');
  const describe = async (message: Pick<OutboxMessage, 'message' | 'data' | 'actionId'>) =>
    describeContent(reader, message, t, services);
  const [outbox, posts, tasks, closings, parts, waiting, jobs] = await Promise.all([
    reader.all('outbox'),
    reader.all('posts'),
    reader.all('tasks'),
    reader.all('closings'),
    reader.all('closedlines'),
    reader.all('importparts'),
    reader.all('jobs'),
  ]);
  const sent = new Set(outbox.map((message) => message.id));
  const isOwnChat = (message: { readonly conversationId: string }) => ownChats.has(message.conversationId);
  const closed = closings.filter((closing) =>
    parts.some((part) => part.id.startsWith(`${closing.id}:`) && part.people.includes(id)),
  );
  const named = waiting.filter(({ actions = [] }) =>
    actions.some(({ people }) => people.some((each) => each.id === id)),
  );
  return {
    closedYears: closed.map(({ year, version, at }) => say({ year, version, at })),
    messages: [
      ...(await Promise.all(
        outbox.filter(isOwnChat).map(async (message) =>
          say({
            what: await describe(message),
            state: t.at(`data.message.${message.state}`),
            at: message.dueAt,
          }),
        ),
      )),
      ...(await Promise.all(
        posts
          .filter((post) => isOwnChat(post) && !sent.has(post.id))
          .map(async (post) =>
            say({ what: await describe({ ...post, data: {} }), state: t('data.message.sent') }),
          ),
      )),
    ],
    caused: await Promise.all(
      outbox
        .filter(
          (message) => !isOwnChat(message) && (message.by === id || mentions([message.id, message.data])),
        )
        .map(async (message) =>
          say({
            what: await describe(message),
            state: t.at(`data.message.${message.state}`),
            at: message.dueAt,
          }),
        ),
    ),
    reminders: await Promise.all(
      tasks
        .filter((task) => task.employeeId === id)
        .map(async ({ actionId, dueAt, state }) =>
          say({
            number: (await reader.get('actions', actionId))?.number,
            dueAt,
            state: t.at(`data.task.${state}`),
          }),
        ),
    ),
    monthlyCards: jobs.flatMap((run) => sayMonthlyCard(run, id, say, t, services)),
    imports: named.length > 0 ? named.length : undefined,
  };
}

/** That they got the card of an area of a month, of which they are named for the area. */
function sayMonthlyCard(run: JobRun, personId: string, say: Say, t: Text, services: Services): Said[] {
  const card = readMonthlyRun(run.id);
  if (card?.personId !== personId) return [];
  return [say({ month: card.month, academies: areaName(card.area, t, services), at: run.at })];
}
