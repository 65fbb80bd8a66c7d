/** What buttons and forms send, for the cases of the table of permissions. */
import { ines, louis, type TestPerson, zoe } from './bot.js';
import { placement, talk } from './flows.js';
import {
  amendment,
  answeredAt,
  closed,
  committee,
  doneDeadline,
  entry,
  givenFile,
  type Owned,
  printYear,
  proposedAt,
  recordFor,
  sentWith,
  session,
  signedAmendment,
  undelivered,
  unmoved,
  unreachable,
  version,
} from './permissions.js';
import { entryInputs, noted } from './register-flows.js';

const newRecord = '01NEWREC0RD000000000000000';
/** Since when the records are as they are. */
const since = '2026-09-01T08:00:00.000Z';
/** Of a record that is not stored, and not about to be. */
const gone = '01G0NE00000000000000000000';
const newForm = '01NEWF0RM00000000000000000';

/** The record that a form or button is for, by the feature. */
const owned: Record<string, Owned> = {
  'dates.open': 'free',
  'dates.fix': 'free',
  host: 'placement',
  outcome: 'past',
  agreements: 'hosted',
  preparation: 'hosted',
  reminders: 'hosted',
  dates: 'dated',
  report: 'counted',
};
const messages: Record<string, string> = { unreachable, unmoved, unknown: 'request:unknown' };
const inputs: Record<string, object> = {
  volunteer: talk,
  host: { ...placement, proposal: '2027-01-18/2027-01-22' },
  publish: { ...talk, seats: '2' },
  outcome: { pupils: '28', was: 'yes', seen: answeredAt, choice: 'first' },
  preparation: { item: 'tutor', done: 'yes' },
  agreements: { agreements: '1' },
  regional: { area: '10' },
  invitations: { invited: louis.aadObjectId, seen: 0, notBefore: '2027-01-04' },
  dates: { ...talk, seen: proposedAt },
  report: {
    state: 'held',
    pupils: '20',
    attended: [ines, louis].map((who) => who.aadObjectId).join(),
    why: 'Compté deux fois.',
    seen: 'held-28-none-1',
  },
  sessions: { ...talk, seats: '2', typed: { ...talk, seats: '1' }, stay: zoe.aadObjectId },
};

/** What is sent about an entry of the registers: of the one that Hugo has entered, or with a new form. */
function entryData(act: string, on: string | undefined): object {
  const isNew = act === 'save' && (on === undefined || on === 'gone');
  const id = on === 'gone' ? gone : isNew ? newRecord : entry;
  const formKey = on === 'sent' ? sentWith(entry) : newForm;
  const seen = on === 'crossed' || on === 'gone' ? 7 : isNew ? 0 : 2;
  const form = { formKey, seen, kind: 'communication', ...entryInputs.communication, ...noted };
  const move = on === 'early' ? 'publish' : 'agree';
  if (act === 'list') return { id: 'communications', page: 0 };
  return { ...(act === 'save' || act === 'note' ? form : { kind: 'communication' }), id, move };
}

/** What is sent about an event of the ministry: of the next Semaine de l’industrie in the data, or with a new form. */
function eventData(act: string, on: string | undefined): object {
  const isNew = act === 'save' && on === undefined;
  const id = isNew ? newRecord : on === 'gone' ? 'aucun:2027' : 'semaine-lycees-professionnels:2026';
  const seen = on === 'crossed' ? 7 : 0;
  const typed = {
    name: 'Forum inventé',
    firstDay: '2026-12-14',
    lastDay: '2026-12-18',
    communication: 'none',
  };
  return { id, formKey: newForm, seen, isNew, move: 'hold', page: 0, ...typed };
}
/** What is sent about an amendment, or a deadline of the convention. */
const ofConvention: Record<string, (act: string | undefined, on: string | undefined) => object> = {
  amendments: (act, on) => {
    const isNew = act === 'save' && on === undefined;
    const stored = act === 'reopen' || on === 'signed' ? signedAmendment : amendment;
    return {
      page: 0,
      id: on === 'gone' ? gone : isNew ? newRecord : stored,
      formKey: newForm,
      seen: on === 'crossed' ? 7 : isNew ? 0 : 1,
      subject: 'Un objectif de 15 personnes',
      from: '2027-01-01',
      commitment: 'mobilised-employees',
      target: '15',
      kinds: '',
      signers: 'Les deux directions',
      signedOn: '2026-11-20',
    };
  },
  deadlines: (act, on) => ({
    page: 0,
    id:
      on === 'gone'
        ? 'committee:2031-07-07'
        : act === 'undo' || on === 'marked'
          ? doneDeadline.id
          : committee,
    formKey: newForm,
    evidence: 'Bilan envoyé.',
    seen: on === 'crossed' ? since : doneDeadline.at,
  }),
  convention: () => ({ formKey: newForm, signedOn: '2024-11-05' }),
};

/** What a button carries that somebody clicks on a record of their own, or on one of Inès. */
export function dataOf(name: string, who: TestPerson): object {
  const [verb = '', on] = name.split(':');
  const [feature = '', act] = verb.split('.');
  if (feature === 'events') return eventData(act ?? '', on);
  if (feature === 'registers') return entryData(act ?? '', on);
  // Another plan than theirs: the people of the table stay.
  if (feature === 'erasure') return { seen: newRecord };
  if (ofConvention[feature]) return ofConvention[feature](act, on);
  const offer = recordFor(who, owned[verb] ?? owned[feature] ?? 'talk');
  const isForm = ['host', 'volunteer', 'publish', 'hostFor', 'volunteerFor'].includes(feature);
  const stored = ['sessions', 'publish', 'invitations'].includes(feature) ? session : offer;
  const id = {
    offer,
    session,
    gone,
    moved: isForm ? newRecord : stored,
    known: stored,
    sent: stored,
    answered: recordFor(who, 'answered'),
    none: isForm && !['edit', 'again'].includes(act ?? '') ? newRecord : stored,
  }[on ?? 'none'];
  const other = recordFor(who, 'placement') === id ? session : recordFor(who, 'placement');
  const formKey = {
    sent: sentWith(stored),
    crossed: sentWith(recordFor(who, 'talk')),
    dated: sentWith(recordFor(who, 'dated')),
    moved: sentWith(feature === 'publish' ? session : isForm ? offer : other),
  }[on ?? ''];
  const typed = {
    page: 0,
    version,
    use: 'announcements',
    language: 'fr',
    query: '1',
    words: '1',
    to: 'availability',
  };
  const texts =
    on === 'empty'
      ? { invited: '', notBefore: '', firstDay: '' }
      : { reason: 'C’est complet.', changes: 'Plutôt en mai.' };
  const data = {
    ...typed,
    ...inputs[feature],
    ...texts,
    id: id ?? stored,
    formKey: formKey ?? newForm,
  };
  if (act === 'offer' && feature === 'report') Object.assign(data, { file: 'workbook' });
  if (act === 'keepPossible') Object.assign(data, { proposal: '|10' });
  // A coordinator does for Inès what she could do, and nothing of the kind for themselves.
  const colleague = on === 'own' ? who.aadObjectId : ines.aadObjectId;
  if (feature.endsWith('For')) return { ...inputs[feature.replace('For', '')], ...data, colleague };
  if (feature === 'behalf') {
    const theirs = act === 'join' ? session : recordFor(ines, 'talk');
    return { page: 0, colleague, person: colleague, id: `${theirs}:${colleague}` };
  }
  if (act?.endsWith('Several')) {
    const tick0 = `${id === session ? session : offer}|${since}`;
    return { page: 0, all: false, formKey: newForm, reason: 'C’est complet.', tick0 };
  }
  if (feature === 'closing')
    return { from: '2026-09-01', seen: printYear(), after: 0, ...texts, id: closed.id };
  if (feature === 'imports') return { page: 0, id: on === 'gone' ? gone : givenFile };
  if (feature === 'pending') return { page: 0, all: false, id: messages[on ?? ''] ?? undelivered };
  // A refused form keeps what is typed: only a form has a key.
  const { formKey: _, ...button } = data;
  return /submit|useDates|keepPossible|cancel|timing|held|notHeld|save|stay|attendance|fix|move|send/.test(
    act ?? '',
  )
    ? data
    : button;
}
