/** What buttons and forms send, for the cases of the table of permissions. */
import type { TestPerson } from './bot.js';
import { placement, talk } from './flows.js';
import {
  type Owned,
  recordFor,
  sentWith,
  session,
  undelivered,
  unmoved,
  unreachable,
  version,
} from './permissions.js';

const newRecord = '01NEWREC0RD000000000000000';
/** Of a record that is not stored, and not about to be. */
const gone = '01G0NE00000000000000000000';
const newForm = '01NEWF0RM00000000000000000';

/** The record that a form or button is for, by the feature. */
const owned: Record<string, Owned> = { host: 'placement', outcome: 'past', agreements: 'hosted' };
const messages: Record<string, string> = { unreachable, unmoved, unknown: 'request:unknown' };
const inputs: Record<string, object> = {
  volunteer: talk,
  host: { ...placement, proposal: '2027-01-18/2027-01-22' },
  publish: { ...talk, seats: '2' },
  outcome: { pupils: '28' },
  agreements: { agreements: '1' },
};

/** What a button carries that somebody clicks on a record of their own, or on one of Inès. */
export function dataOf(name: string, who: TestPerson): object {
  const [verb = '', on] = name.split(':');
  const [feature = '', act] = verb.split('.');
  const offer = recordFor(who, owned[feature] ?? 'talk');
  const isForm = feature === 'host' || feature === 'volunteer' || feature === 'publish';
  const stored = ['sessions', 'publish'].includes(feature) ? session : offer;
  const id = {
    offer,
    session,
    gone,
    moved: isForm ? newRecord : stored,
    known: stored,
    sent: stored,
    none: isForm && !['edit', 'again'].includes(act ?? '') ? newRecord : stored,
  }[on ?? 'none'];
  const other = recordFor(who, 'placement') === id ? session : recordFor(who, 'placement');
  const formKey = {
    sent: sentWith(stored),
    crossed: sentWith(recordFor(who, 'talk')),
    moved: sentWith(feature === 'publish' ? session : isForm ? offer : other),
  }[on ?? ''];
  const typed = { page: 0, version, use: 'announcements', language: 'fr', to: 'availability' };
  const texts = on === 'empty' ? {} : { reason: 'C’est complet.', changes: 'Plutôt en mai.' };
  const data = { ...typed, ...texts, ...inputs[feature], id: id ?? stored, formKey: formKey ?? newForm };
  if (verb === 'host.keepPossible') return { ...data, proposal: '|10' };
  if (feature === 'pending') return { page: 0, id: messages[on ?? ''] ?? undelivered };
  // A refused form keeps what is typed: only a form has a key.
  const { formKey: _, ...button } = data;
  return /submit|useDates|keepPossible|cancel|timing|held|notHeld|save/.test(act ?? '') ? data : button;
}
