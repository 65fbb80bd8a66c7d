import { emptyTally } from '../../src/domain/engagements/tally.js';
import type { RecordKind, Records } from '../../src/records.js';
import { anAction, anEngagement } from './builders.js';

const at = '2026-11-23T08:00:00.000Z';
const contradiction = { state: 'not-held', pupils: 0, by: 'ines', at } as const;
// Nothing real is all of it; a record must be in every index.
const action = anAction({
  firstDay: '2026-12-08',
  halfDays: ['am'],
  availability: 'period',
  contradiction,
  series: 'talk',
});
const engagement = anEngagement(action, 'ines');

/** A record of each kind that is in every index of its kind: the compiler asks for one when a kind is added. */
export const aRecordOf: { readonly [K in RecordKind]: Records[K] } = {
  people: { id: 'ines', teamsId: '29:ines', name: 'Inès Exemple', lang: 'fr', conversationId: 'a:ines' },
  conversations: {
    id: '19:coordination',
    kind: 'channel',
    serviceUrl: 'https://example.invalid/',
    botId: '28:bot',
    teamId: '19:team',
    active: true,
  },
  actions: action,
  engagements: engagement,
  history: {
    id: 'form-1',
    actionId: action.id,
    engagementId: engagement.id,
    move: 'offer',
    from: 'none',
    to: 'pending',
    by: 'ines',
    at,
  },
  posts: {
    id: 'request:talk',
    actionId: action.id,
    conversationId: '19:coordination',
    activityId: '1700000000001',
    message: 'approval.request',
    lang: 'fr',
  },
  outbox: {
    id: 'request:talk',
    conversationId: '19:coordination',
    op: 'post',
    message: 'approval.request',
    lang: 'fr',
    data: {},
    actionId: action.id,
    by: 'ines',
    state: 'unknown',
    attempts: 1,
    dueAt: at,
    order: '01J000000000000000000000AA',
    createdAt: at,
    error: 'the connection was cut',
  },
  channels: {
    id: 'coordinators',
    conversationId: '19:coordination',
    teamId: '19:team',
    lang: 'fr',
    by: 'hugo',
    at,
  },
  jobs: { id: 'weekly:2026-11-23:coordinators', at },
  tasks: {
    id: `agreements.due:${action.id}:ines:2026-12-08:3`,
    name: 'agreements.due',
    actionId: action.id,
    employeeId: 'ines',
    dueAt: at,
    until: at,
    state: 'waiting',
  },
  links: {
    id: 'ThisIsATokenOf32CharactersForYou',
    file: 'reminders.calendar',
    personId: 'ines',
    about: action.id,
    expiresAt: at,
  },
  exports: { id: 'export', personId: 'hugo', file: 'report.table', about: '2026-09-01', at },
  words: { id: 'person:exemple:ines', of: 'person', word: 'exemple', subject: 'ines' },
  invitations: {
    id: `${action.id}:ines`,
    actionId: action.id,
    employeeId: 'ines',
    state: 'sent',
    by: 'hugo',
    at,
    askedOn: '2026-11-23',
    availability: 'period',
    revision: 0,
  },
  terms: { id: 'convention', signature: { signedOn: '2024-11-05', by: 'hugo', at }, countedBy: 'kinds' },
  amendments: {
    id: 'amendment',
    number: 1,
    state: 'signed',
    subject: 'Un objectif de 15 personnes',
    from: '2027-01-01',
    change: { commitment: 'mobilised-employees', target: 15, kinds: ['classroom-talk'] },
    signature: { by: 'Les deux parties', on: '2026-12-01' },
    moved: { by: 'hugo', at },
    revision: 2,
  },
  deadlines: { id: 'committee:2027-07-05', done: { by: 'hugo', at, evidence: 'Bilan envoyé.' } },
  counters: { id: 'actions', value: 1 },
  leases: { id: 'sender', holder: 'a process', renewals: 3 },
  tallies: emptyTally('2026'),
  mobilised: { id: '2026:ines', attended: 1, approved: 0 },
};
