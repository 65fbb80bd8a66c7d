import { type Amendment, findDayFault } from '../../domain/convention/amendments.js';
import type { Convention } from '../../domain/convention/convention.js';
import type { Day } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { readInForce } from '../convention/in-force.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { type Faults, faultData, formHead } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { findSent } from '../shared/sent-form.js';
import { amendmentCard } from './card.js';
import { dayBounds, type FormIds, toFault } from './form.js';
import { requireAmendment } from './read.js';
import { amendmentTitle, describeChange } from './words.js';
import { moveAmendment } from './write.js';

export const signersLength = 120;
const fields = ['signers', 'signedOn'] as const;
type Field = (typeof fields)[number];

/** The form in which a coordinator notes that both parties have signed: who, and on which day. */
export function drawSignature(
  actor: Actor,
  amendment: Amendment,
  formKey: string,
  services: Services,
  { values = {}, faults = {} }: { values?: Partial<Record<Field, string>>; faults?: Faults<Field> } = {},
): Card {
  const t = services.textIn(actor.lang);
  const { convention, clock } = services;
  const today = dayAt(clock.now());
  const head = formHead(t, faults, 'amendments.signHeading', 'amendments.signLead');
  const { id, revision: seen, subject, from, change } = amendment;
  return {
    template: 'amendments-signature',
    lang: actor.lang,
    summary: head.heading,
    data: {
      id,
      formKey,
      seen,
      ...head,
      what: [
        t('amendments.titled', { title: amendmentTitle(amendment, t), subject: escapeMarkdown(subject) }),
        describeChange(change, convention, t),
        t('amendments.fromDay', { day: t.dates.long(from) }),
      ]
        .filter(Boolean)
        .join('\n\n'),
      values: { signers: values.signers ?? '', signedOn: values.signedOn ?? '' },
      limits: { min: dayBounds(convention).min, max: today, signers: signersLength },
      faults: faultData(fields, faults),
    },
  };
}

function readForm(form: FormReader<Field>, today: Day, convention: Convention, t: Text) {
  const by = form.readText('signers', signersLength);
  if (!by) form.fail('signers', { text: t('amendments.signersError') });
  const on = form.readOptionalDay('signedOn', t('amendments.signedOnError'));
  if (!on) form.fail('signedOn', { text: t('amendments.signedOnError') });
  if (on && on > today) form.fail('signedOn', { text: t('amendments.signedLater') });
  const fault = on && findDayFault(on, convention);
  if (fault)
    form.fail('signedOn', { ...toFault(fault, convention, t), text: t(`amendments.signed.${fault}`) });
  return form.failed || !by || !on ? undefined : { by, on };
}

/** Notes that an amendment is signed: it counts from its day on. Sent again, the form changes nothing. */
export async function sign(
  actor: Actor,
  data: Record<string, unknown> & FormIds,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { id, formKey, seen } = data;
  return services.store.transact(async (tx) => {
    const inForce = await readInForce(tx, services);
    const { convention } = inForce;
    const stored = await requireAmendment(tx, id);
    if (await findSent(tx, data, actor)) return amendmentCard(tx, actor, stored, inForce);
    const form = new FormReader(fields, data, actor, services);
    const signature = readForm(form, dayAt(services.clock.now()), convention, t);
    if (!signature) return drawSignature(actor, { ...stored, revision: seen }, formKey, inForce, form);
    const fault = findDayFault(stored.from, convention);
    if (fault) throw new Refusal('refusal.amendmentDay', { day: t.dates.long(stored.from) });
    const signed = await moveAmendment(
      tx,
      id,
      { move: 'sign', seen, rowId: formKey },
      (draft) => ({ ...draft, signature }),
      actor,
      services,
    );
    return amendmentCard(tx, actor, signed, await readInForce(tx, services));
  });
}
