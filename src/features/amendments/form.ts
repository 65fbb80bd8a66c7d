import { kinds } from '../../domain/action.js';
import {
  type Amendment,
  type AmendmentFault,
  findAmendmentFault,
} from '../../domain/convention/amendments.js';
import type { Convention } from '../../domain/convention/convention.js';
import { lastDayOf } from '../../domain/convention/deadlines.js';
import type { Text } from '../../text/text.js';
import { readInForce } from '../convention/in-force.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { choiceList, type Fault, type Faults, faultData, formHead, parseNumber } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { findSent } from '../shared/sent-form.js';
import { amendmentCard } from './card.js';
import { commitmentTitle } from './words.js';
import { draftAmendment, moveAmendment } from './write.js';

export const subjectLength = 120;
const maxTarget = 100_000;
/** An amendment that changes nothing that is counted. */
const noCommitment = 'none';

const fields = ['subject', 'from', 'commitment', 'target', 'kinds'] as const;
type Field = (typeof fields)[number];

/** Which amendment a form is for: `seen` is its revision when the form was shown, 0 for a new one. */
export interface FormIds {
  readonly id: string;
  readonly formKey: string;
  readonly seen: number;
}

/** The form of an amendment that is not signed yet: a new one, or one to change. */
export function drawForm(
  actor: Actor,
  ids: FormIds,
  services: Services,
  { values, faults = {} }: { values: Partial<Record<Field, string>>; faults?: Faults<Field> },
): Card {
  const t = services.textIn(actor.lang);
  const { convention } = services;
  const isNew = ids.seen === 0;
  const head = formHead(
    t,
    faults,
    isNew ? 'amendments.newHeading' : 'amendments.editHeading',
    'amendments.formLead',
  );
  return {
    template: 'amendments-form',
    lang: actor.lang,
    summary: head.heading,
    data: {
      ...ids,
      ...head,
      values: {
        subject: values.subject ?? '',
        from: values.from ?? '',
        commitment: values.commitment ?? noCommitment,
        target: parseNumber(values.target ?? ''),
        kinds: values.kinds ?? '',
      },
      commitments: [
        { title: t('amendments.noCommitment'), value: noCommitment },
        ...convention.commitments.map((c) => ({ title: commitmentTitle(c, t), value: c.id })),
      ],
      kinds: choiceList(kinds, (kind) => t.at(`kind.${kind}`)),
      limits: { ...dayBounds(convention), subject: subjectLength, target: maxTarget },
      faults: faultData(fields, faults),
      targetError: t('amendments.targetError', { max: maxTarget }),
      isNew,
    },
  };
}

/** The days that the inputs of a form offer: those of the term, as far as it is known. */
export const dayBounds = (convention: Convention): { min: string; max: string } => ({
  min: convention.signedOn ?? '2020-01-01',
  max: lastDayOf(convention) ?? '2099-12-31',
});

/** What the form shows of an amendment. */
export const toValues = ({ subject, from, change }: Amendment): Record<Field, string> => ({
  subject,
  from,
  commitment: change?.commitment ?? noCommitment,
  target: change?.target === undefined ? '' : String(change.target),
  kinds: change?.kinds?.join(',') ?? '',
});

/** The field that a fault is shown at. */
const faultFields: Record<AmendmentFault, Field> = {
  'before-signature': 'from',
  'after-end': 'from',
  'commitment-missing': 'commitment',
  'nothing-changes': 'target',
};

/** A fault in words, with the first or last day of the convention. */
export const toFault = (fault: AmendmentFault, convention: Convention, t: Text): Fault => {
  const day = fault === 'before-signature' ? convention.signedOn : lastDayOf(convention);
  return {
    text: t(`amendments.fault.${fault}.text`, { day: day ? t.dates.long(day) : '' }),
    why: t(`amendments.fault.${fault}.why`),
  };
};

function readForm(form: FormReader<Field>, convention: Convention, t: Text) {
  const subject = form.readText('subject', subjectLength);
  if (!subject) form.fail('subject', { text: t('amendments.subjectError') });
  const from = form.readOptionalDay('from', t('amendments.fromError'));
  if (!from) form.fail('from', { text: t('amendments.fromError') });
  const ids = convention.commitments.map(({ id }) => id);
  const of = form.readOneOf('commitment', [noCommitment, ...ids], t('amendments.commitmentError'));
  const target = form.isEmpty('target')
    ? undefined
    : form.readCount('target', { max: maxTarget }, t('amendments.targetError', { max: maxTarget }));
  const chosen = form.isEmpty('kinds') ? [] : form.readSubset('kinds', kinds, t('amendments.kindsError'));
  if (form.failed || !subject || !from) return undefined;
  const change = {
    ...(of === noCommitment || of === undefined ? {} : { commitment: of }),
    ...(target === undefined ? {} : { target }),
    ...(chosen.length > 0 ? { kinds: chosen } : {}),
  };
  const fault = findAmendmentFault({ from, change }, convention);
  if (fault) form.fail(faultFields[fault], toFault(fault, convention, t));
  if (fault) return undefined;
  const { commitment } = change;
  return { subject, from, ...(commitment ? { change: { ...change, commitment } } : {}) };
}

/** Drafts an amendment, or changes one that is not signed; a form sent again changes nothing. */
export async function save(
  actor: Actor,
  data: Record<string, unknown> & FormIds,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { id, formKey, seen } = data;
  return services.store.transact(async (tx) => {
    const inForce = await readInForce(tx, services);
    const form = new FormReader(fields, data, actor, services);
    const written = readForm(form, inForce.convention, t);
    if (!written) return drawForm(actor, { id, formKey, seen }, inForce, form);
    const [stored, sent] = [await tx.get('amendments', id), await findSent(tx, data, actor)];
    if (sent && !stored) throw new Refusal('refusal.outdated');
    if (stored && sent) return amendmentCard(tx, actor, stored, inForce);
    const amendment = stored
      ? await moveAmendment(
          tx,
          id,
          { move: 'edit', seen, rowId: formKey },
          ({ change: _, ...kept }) => ({ ...kept, ...written }),
          actor,
          services,
        )
      : await draftAmendment(tx, id, formKey, written, actor, services);
    return amendmentCard(tx, actor, amendment, inForce);
  });
}
