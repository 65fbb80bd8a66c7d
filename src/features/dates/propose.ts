import { addDays } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Card, Services } from '../feature.js';
import { dayLimits, type Faults, faultData, formHead, remarkLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { describeWhen, eyebrow } from '../shared/request-view.js';
import { fixedCard } from './cards.js';
import { type Dated, proposeDate, readDated, requireDateMove } from './records.js';

const fields = ['firstDay', 'from', 'until', 'remark'] as const;
type Field = (typeof fields)[number];

function draw(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  { action }: Dated,
  values: Record<Field, string>,
  faults: Faults<Field>,
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  return {
    template: 'dates-propose',
    lang: actor.lang,
    summary: t('dates.proposeHeading'),
    data: {
      id,
      formKey,
      eyebrow: eyebrow(action, t),
      ...formHead(t, faults, 'dates.proposeHeading', 'dates.proposeLead'),
      fixed: t('dates.fixedNow', { when: describeWhen(action, t) }),
      values,
      faults: faultData(fields, faults),
      limits: {
        ...dayLimits(addDays(dayAt(services.clock.now()), 1)),
        earliest: services.convention.hours.earliest,
        latest: services.convention.hours.latest,
        remark: remarkLength,
      },
    },
  };
}

/** The form with which the employee proposes another date. */
export async function openProposal(actor: Actor, id: string, services: Services): Promise<Card> {
  const dated = await services.store.read((r) => readDated(r, id));
  await requireDateMove(actor, 'proposeDay', dated.action, dated.own, services);
  const hours = dated.action.hours;
  const values = { firstDay: '', from: hours?.from ?? '', until: hours?.until ?? '', remark: '' };
  return draw(actor, { id, formKey: services.ids.next() }, dated, values, {}, services);
}

/** Sends it: another day, with hours or those that were fixed, or a remark; or gives it back with what is wrong. */
export async function sendProposal(
  actor: Actor,
  data: Record<string, unknown> & { id: string; formKey: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const form = new FormReader<Field>(fields, data, actor, services);
  const days = form.isEmpty('firstDay') ? undefined : form.readDays('firstDay', 'firstDay', today);
  if (days && days.firstDay <= today) form.fail('firstDay', { text: t('dates.proposeTomorrow') });
  const hours =
    form.isEmpty('from') && form.isEmpty('until')
      ? undefined
      : form.readHours('from', 'until', services.convention.hours);
  const remark = form.readText('remark', remarkLength);
  if (!days && !remark && !form.failed) form.fail('firstDay', { text: t('dates.proposeError') });
  const dated = await services.store.read((r) => readDated(r, data.id));
  if (form.failed) {
    await requireDateMove(actor, 'proposeDay', dated.action, dated.own, services);
    return draw(actor, data, dated, form.values, form.faults, services);
  }
  const proposal = {
    ...(days ? { firstDay: days.firstDay, ...(hours ? { hours } : {}) } : {}),
    ...(remark ? { remark } : {}),
  };
  const after = await proposeDate(actor, data, proposal, services);
  return services.store.read((r) => fixedCard(r, after, actor.lang, services, 'proposed'));
}
