import { findDayFault } from '../../domain/convention/amendments.js';
import type { Convention } from '../../domain/convention/convention.js';
import type { Day } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Actor, Card, Services } from '../feature.js';
import { type Faults, faultData, formHead } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { findSent } from '../shared/sent-form.js';
import { recountAll } from '../shared/tallies.js';
import { conventionCard } from './card.js';
import { readInForce } from './in-force.js';
import { describeSigned } from './words.js';

/** Before the first conventions of this kind. */
const earliest = '2015-01-01';
/** What the history keeps the moves of the convention itself under. */
const subject = 'convention';

const fields = ['signedOn'] as const;
type Field = (typeof fields)[number];

/** The form for the date of signature: article 8 counts from it. */
export async function signatureForm(
  reader: Reader,
  actor: Actor,
  formKey: string,
  services: Services,
  { values, faults = {} }: { values?: Partial<Record<Field, string>>; faults?: Faults<Field> } = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { signedOn } = await services.conventionIn(reader);
  const head = formHead(t, faults, 'convention.signHeading', 'convention.signLead');
  return {
    template: 'convention-signature',
    lang: actor.lang,
    summary: head.heading,
    data: {
      formKey,
      ...head,
      known: signedOn ? t('convention.known', { signed: await describeSigned(reader, signedOn, t) }) : '',
      values: { signedOn: values?.signedOn ?? signedOn ?? '' },
      limits: { min: earliest, max: dayAt(services.clock.now()) },
      faults: faultData(fields, faults),
    },
  };
}

/** Keeps the date of signature, which then wins over the file's; sent again, the form changes nothing. */
export async function save(
  actor: Actor,
  data: Record<string, unknown> & { readonly formKey: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { formKey } = data;
  const refused = await services.store.transact(async (tx): Promise<Card | undefined> => {
    if (await findSent(tx, { id: subject, formKey }, actor)) return undefined;
    const before = await services.conventionIn(tx);
    const form = new FormReader(fields, data, actor, services);
    const signedOn = readSignedOn(form, dayAt(services.clock.now()), t);
    const outside = signedOn && (await findOutside(tx, { ...before, signedOn }));
    if (outside)
      form.fail('signedOn', { text: t('convention.outside', outside), why: t('convention.outsideWhy') });
    if (form.failed || !signedOn) return signatureForm(tx, actor, formKey, services, form);
    if (before.signedOn === signedOn) return undefined;
    const at = services.clock.now();
    const row = { id: formKey, actionId: subject, move: 'signature', by: actor.id, at };
    await tx.add('history', { ...row, from: before.signedOn ?? 'none', to: signedOn });
    const terms = await tx.get('terms', 'convention');
    await tx.put('terms', { ...terms, id: 'convention', signature: { signedOn, by: actor.id, at } });
    if (before.yearMode === 'anniversary') await recountAll(tx, await services.conventionIn(tx));
    return undefined;
  });
  if (refused) return refused;
  return conventionCard(actor, await services.store.read((reader) => readInForce(reader, services)));
}

function readSignedOn(form: FormReader<Field>, today: Day, t: Text): Day | undefined {
  const signedOn = form.readOptionalDay('signedOn', t('convention.signedOnError'));
  if (!signedOn) form.fail('signedOn', { text: t('convention.signedOnError') });
  else if (signedOn > today || signedOn < earliest)
    form.fail('signedOn', { text: t('convention.signedOnRange', { day: t.dates.long(earliest) }) });
  return signedOn;
}

/** A signed amendment that would be outside the term of the convention: it cannot have been. */
async function findOutside(
  reader: Reader,
  convention: Convention & { readonly signedOn: Day },
): Promise<{ number: string } | undefined> {
  for (const { number, from, signature } of await reader.list('amendments', 'byState', 'signed')) {
    const days = signature ? [from, signature.on] : [from];
    if (days.some((day) => findDayFault(day, convention))) return { number: String(number) };
  }
  return undefined;
}
