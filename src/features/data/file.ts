import type { Action, Engagement } from '../../domain/action.js';
import { passerelle } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import type { Link } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { tellEntries } from '../audit/told.js';
import type { MakeFile, Services } from '../feature.js';
import { fileTexts } from '../files/make.js';
import { describeMutes, isNamed, showMutes } from '../preferences/mutes.js';
import type { MadeFile } from '../shared/files.js';
import { langOf } from '../shared/people.js';
import { schoolNames } from '../shared/schools.js';
import { employeeOf } from '../story/card.js';
import { tellMove } from '../story/sentences.js';
import { languageName, type Said, type Say, sayIn } from './fields.js';
import { sayOthers } from './others.js';
import { type Own, readOwn } from './read.js';
import { readWritten, typedIn } from './written.js';

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
    engagements: own.engagements.map((each) => sayEngagement(each, own, say, t, services)),
    written: (await readWritten(reader, own)).map(({ action, typed }) =>
      say({
        number: action.number,
        kind: t.at(`kind.${action.kind}`),
        firstDay: action.firstDay,
        ...typed,
      }),
    ),
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
    audit: await sayAudit(reader, own, say, t, services),
  });
}

/** What the trail keeps of their decisions, in words: what they did, and what it was about. */
async function sayAudit(reader: Reader, own: Own, say: Say, t: Text, services: Services): Promise<Said[]> {
  const told = await tellEntries(reader, own.audit, t, services, plainName(own, t));
  return own.audit.map(({ number, kind, at, from, to }, i) =>
    say({
      number,
      what: t.at(`audit.kind.${kind}`),
      text: told[i]?.what,
      title: told[i]?.about,
      before: from,
      after: to,
      at,
    }),
  );
}

async function sayIdentity(reader: Reader, { person }: Own, say: Say, t: Text, services: Services) {
  const words = await reader.all('words');
  return say({
    name: person.name,
    aadId: person.id,
    teamsId: person.teamsId,
    chat: person.earlierChats ? [person.conversationId ?? '', ...person.earlierChats] : person.conversationId,
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
  { person, moves }: Own,
  say: Say,
  t: Text,
  services: Services,
) {
  const { state, since, decision, proposal } = engagement;
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
    answer: decision?.text,
    answeredAt: decision?.at,
    askedOn: engagement.askedOn,
    confirmBy: engagement.confirmBy,
    rank: engagement.rank,
    proposal: proposal && say({ firstDay: proposal.firstDay, remark: proposal.remark, at: proposal.at }),
    pupils: action.outcome?.pupils,
    ...typedIn(action, person.id, moves),
  });
}

/** Their own name; others did something, and are not named. */
const plainName =
  ({ person }: Own, t: Text) =>
  (id: string): string => {
    if (id === person.id) return person.name ?? t('data.you');
    return id === passerelle.id ? 'Passerelle' : t('data.somebody');
  };

/** What they did and what was done about them, as the story of a request tells it, without the names of others. */
async function sayHistory(reader: Reader, own: Own, say: Say, t: Text): Promise<Said[]> {
  const name = plainName(own, t);
  return Promise.all(
    own.moves.map(async (row) =>
      say({
        at: row.at,
        number: (await reader.get('actions', row.actionId))?.number,
        what: tellMove(row, employeeOf(row) ?? row.by, name, t),
        why: row.why,
      }),
    ),
  );
}

/** A link without its token, which would give the file. */
const sayLink = ({ file, expiresAt, usedAt }: Link, say: Say, t: Text) =>
  say({ file: t.at(`${fileTexts(file)}.what`), expiresAt, usedAt });
