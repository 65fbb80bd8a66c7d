/** What Teams sends when all is well: each is changed in many ways. */
import { features } from '../../src/features/index.js';
import type { Link } from '../../src/records.js';
import { announcements, coordination, hugo, ines, type TestPerson } from '../support/bot.js';
import { fileMessage } from '../support/dropped-files.js';
import { dataOf } from '../support/permission-data.js';
import { recordFor } from '../support/permissions.js';
import { samples } from '../support/ways.js';

/** What is sent, as far as it is not said by who sends it, and where. */
export interface Seed {
  readonly name: string;
  /** The activity's own part, for whoever sends it. */
  readonly of: (who: TestPerson) => object;
}

export const places = ['personal', coordination, announcements, '19:autre@thread.tacv2'];

const execute = (verb: string, data: object) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
});

/** The links of files that there are: one of a coordinator, one of somebody else, and one that was used. */
export const links: readonly Link[] = [
  { id: 'a'.repeat(32), file: 'report.workbook', personId: hugo.aadObjectId, about: '2026-09-01' },
  { id: 'b'.repeat(32), file: 'data.everything', personId: ines.aadObjectId, about: ines.aadObjectId },
  {
    id: 'c'.repeat(32),
    file: 'data.everything',
    personId: ines.aadObjectId,
    about: ines.aadObjectId,
    usedAt: '2026-11-23T07:10:00.000Z',
  },
].map((link) => ({ ...link, expiresAt: '2026-11-23T19:00:00.000Z' }));

const upload = {
  uploadUrl: 'https://exemple-my.sharepoint.com/upload/1',
  contentUrl: 'https://exemple-my.sharepoint.com/personal/file.xlsx',
  uniqueId: 'U-1',
  name: 'file.xlsx',
  fileType: 'xlsx',
};

const verbs = features.flatMap((f) => Object.keys(f.actions).map((name) => `${f.name}.${name}`));

/** Sentences of all kinds: what they ask for is read by rules. */
const sentences = [
  'je peux accueillir 2 élèves de seconde à Issy en juin',
  'dispo pour parler de mon métier en 4e le 12 mars à Lyon',
  'annule ma visite de mardi',
  'qui vient jeudi ?',
  'I can host two interns in January',
  'approuve toutes les demandes',
  'bonjour',
  '<at>Passerelle</at> aide',
];
const words = features.flatMap(({ commands }) => [...commands.fr, ...commands.en]);

/** Every way in, with every button and form as the tables of permissions send them. */
export const seeds: readonly Seed[] = [
  ...verbs.map((verb) => ({
    name: `button ${verb}`,
    of: (who: TestPerson) => execute(verb, dataOf(verb, who)),
  })),
  ...verbs
    .filter((verb) => /submit|save|approve|decline|withdraw|sign|choose/.test(verb))
    .map((verb) => ({
      name: `older client ${verb}`,
      of: (who: TestPerson) => ({ type: 'message', value: { verb, ...dataOf(verb, who) } }),
    })),
  ...[...words, ...sentences].map((text) => ({ name: 'message', of: () => ({ type: 'message', text }) })),
  ...Object.entries(samples).flatMap(([way, activities]) =>
    Object.values(activities).map((more) => ({ name: way as string, of: () => more })),
  ),
  ...links.flatMap(({ id }) =>
    ['accept', 'decline'].map((action) => ({
      name: 'consent',
      of: () => ({
        type: 'invoke',
        name: 'fileConsent/invoke',
        value: { type: 'fileUpload', action, context: { link: id }, uploadInfo: upload },
      }),
    })),
  ),
  ...['engagements.csv', 'engagements.xlsx'].map((name) => ({
    name: 'dropped file',
    of: () => ({ type: 'message', ...fileMessage(name, 'https://exemple-my.sharepoint.com/0') }),
  })),
];

/** The same buttons as cards send them that have become outdated, or that are about something else. */
const turns = [
  'gone',
  'sent',
  'moved',
  'crossed',
  'session',
  'offer',
  'known',
  'answered',
  'early',
  'marked',
  'own',
];
export const outdated: readonly Seed[] = verbs.flatMap((verb) =>
  turns.map((turn) => ({
    name: `outdated ${verb}`,
    of: (who: TestPerson) => execute(verb, dataOf(`${verb}:${turn}`, who)),
  })),
);

/** Ids of people, records and places that a sender may have no business with. */
export const foreignIds: readonly string[] = [
  ...[hugo, ines].flatMap((who) => [
    who.aadObjectId,
    who.id,
    recordFor(who, 'talk'),
    recordFor(who, 'placement'),
  ]),
  ...(['past', 'hosted', 'counted', 'free', 'dated'] as const).map((kind) => recordFor(ines, kind)),
  `${recordFor(ines, 'talk')}:${ines.aadObjectId}`,
  ...links.map(({ id }) => id),
  ...places,
  'coordinators',
  'convention',
  'report.workbook',
];
