import type { Action, Engagement } from '../../domain/action.js';
import { passerelle } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import type { Link, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { MakeFile, Services } from '../feature.js';
import { fileTexts } from '../files/make.js';
import { describeContent } from '../pending/undelivered.js';
import { describeMutes, isNamed, showMutes } from '../preferences/mutes.js';
import type { MadeFile } from '../shared/files.js';
import { langOf } from '../shared/people.js';
import { schoolNames } from '../shared/schools.js';
import { employeeOf } from '../story/card.js';
import { tellMove } from '../story/sentences.js';
import { languageName, type Said, type Say, sayIn } from './fields.js';
import { type Own, readOwn } from './read.js';

/**
 * Everything that is kept of a person as JSON, in their language. Of others it says that they did something, and neither
 * names nor ids; of ids it has only the person's own.
 */
export const makeEverything: MakeFile = async ({ personId }, services): Promise<MadeFile | undefined> => {
  const content = await services.store.read(async (reader) => {
    if (!(await reader.get('people', personId))) return undefined;
    const own = await readOwn(reader, personId, services);
    const t = services.textIn(langOf(own.person));
    return { t, said: await sayEverything(reader, own, t, services) };
  });
  if (!content) return undefined;
  return {
    name: `${content.t('data.fileName')}.json`,
    type: 'application/json; charset=utf-8',
    content: `${JSON.stringify(content.said, null, 2)}\n`,
  };
};

async function sayEverything(reader: Reader, own: Own, t: Text, services: Services): Promise<Said> {
  const say = sayIn(t);
  const others = await sayOthers(reader, own, say, t, services);
  return say({
    made: t.dates.instant(services.clock.now()),
    identity: await sayIdentity(reader, own, say, t, services),
    engagements: own.engagements.map((each) => sayEngagement(each, own.person.id, say, t, services)),
    invitations: own.invitations.map(({ invitation, action }) =>
      say({
        number: action?.number,
        state: t.at(`data.invitation.${invitation.state}`),
        at: invitation.at,
        askedOn: invitation.askedOn,
        notBefore: invitation.notBefore,
      }),
    ),
    history: await sayHistory(reader, own, say, t),
    noted: own.noted.map(({ what, at, title, day, text }) =>
      say({ what: t.at(`data.noted.${what}`, { count: 1 }), at, title, day, text }),
    ),
    years: own.years.map(({ year, attended, approved }) => say({ year, attended, approved })),
    ...others,
    links: own.links.map((link) => sayLink(link, say, t)),
    downloads: own.exports.map(({ file, about, at }) =>
      say({ file: t.at(`${fileTexts(file)}.what`), text: about, at }),
    ),
    audit: own.audit.map(({ number, kind, at }) => say({ number, what: t.at(`audit.kind.${kind}`), at })),
  });
}

async function sayIdentity(reader: Reader, { person }: Own, say: Say, t: Text, services: Services) {
  const words = await reader.all('words');
  return say({
    name: person.name,
    aadId: person.id,
    teamsId: person.teamsId,
    chat: person.conversationId,
    language: languageName(person.lang, t),
    chosenLanguage: person.chosenLang && languageName(person.chosenLang, t),
    timeZone: person.timeZone,
    lastActivity: person.activeOn,
    messagesWanted: describeMutes(
      showMutes(person, dayAt(services.clock.now())),
      isNamed(person.id, services),
      t,
    ),
    searchWords: words.flatMap(({ of, subject, word }) =>
      of === 'person' && subject === person.id ? word : [],
    ),
  });
}

function sayEngagement(
  { action, engagement }: { readonly action: Action; readonly engagement: Engagement },
  id: string,
  say: Say,
  t: Text,
  services: Services,
) {
  const { state, since, decision, proposal } = engagement;
  const { outcome } = action;
  return say({
    number: action.number,
    kind: t.at(`kind.${action.kind}`),
    level: action.level && t.at(`level.${action.level}`),
    state: t.at(state === 'pending' ? 'state.pending-author' : `state.${state}`),
    since,
    firstDay: action.firstDay,
    lastDay: action.lastDay,
    from: action.hours?.from,
    until: action.hours?.until,
    halfDays: action.halfDays?.map((h) => t.at(`halfDay.${h}`)),
    schools: schoolNames(action, services),
    academies: action.academies.map(
      (code) => services.calendar.academies.find((academie) => academie.code === code)?.name ?? code,
    ),
    site: services.convention.sites.find((site) => site.id === action.site)?.name,
    places: action.places,
    remark: action.createdBy === id ? action.remark : undefined,
    answer: decision?.text,
    answeredAt: decision?.at,
    askedOn: engagement.askedOn,
    confirmBy: engagement.confirmBy,
    rank: engagement.rank,
    proposal: proposal && say({ firstDay: proposal.firstDay, remark: proposal.remark, at: proposal.at }),
    pupils: outcome?.pupils,
    text: outcome?.by === id ? outcome.remark : undefined,
    why: action.corrected?.by === id ? action.corrected.why : undefined,
  });
}

/** What they did and what was done about them, as the story of a request tells it, without the names of others. */
async function sayHistory(reader: Reader, { person, moves }: Own, say: Say, t: Text): Promise<Said[]> {
  const name = (id: string): string => {
    if (id === person.id) return person.name ?? t('data.you');
    return id === passerelle.id ? 'Passerelle' : t('data.somebody');
  };
  return Promise.all(
    moves.map(async (row) =>
      say({
        at: row.at,
        number: (await reader.get('actions', row.actionId))?.number,
        what: tellMove(row, employeeOf(row) ?? row.by, name, t),
        why: row.why,
      }),
    ),
  );
}

/** What no list leads to: the file is made outside of a turn, and may look through everything. */
async function sayOthers(reader: Reader, { person }: Own, say: Say, t: Text, services: Services) {
  const { id, conversationId } = person;
  const describe = async (message: Pick<OutboxMessage, 'message' | 'data' | 'actionId'>) =>
    describeContent(reader, message, t, services);
  const [outbox, posts, tasks, closings, parts, waiting] = await Promise.all([
    reader.all('outbox'),
    reader.all('posts'),
    reader.all('tasks'),
    reader.all('closings'),
    reader.all('closedlines'),
    reader.all('importparts'),
  ]);
  const sent = new Set(outbox.map((message) => message.id));
  const isOwnChat = (message: { readonly conversationId: string }) =>
    message.conversationId === conversationId;
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
        .filter((message) => message.by === id && !isOwnChat(message))
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
    imports: named.length > 0 ? named.length : undefined,
  };
}

/** A link without its token, which would give the file. */
const sayLink = ({ file, expiresAt, usedAt }: Link, say: Say, t: Text) =>
  say({ file: t.at(`${fileTexts(file)}.what`), expiresAt, usedAt });
