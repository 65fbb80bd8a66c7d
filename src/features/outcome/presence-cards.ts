import type { Lang, Reader } from '../../ports.js';
import { capitaliseFirst, escapeMarkdown, removeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import type { Request } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { describeAnswer, recordedAnswer } from './words.js';

interface Ids {
  readonly id: string;
  readonly formKey: string;
}

/** "Zoé Spécimen a répondu : elle a eu lieu, avec 28 élèves." */
async function describeRecorded(reader: Reader, { action }: Request, lang: Lang, services: Services) {
  const t = services.textIn(lang);
  const by = action.outcome?.by;
  const said = describeAnswer(recordedAnswer(action), t);
  if (!by) return capitaliseFirst(`${said}.`);
  const name = escapeMarkdown((await readNames(reader, [by], t))(by));
  return capitaliseFirst(t('outcome.answered', { name, said }));
}

/** What is asked of somebody for whose action a colleague has answered: only whether they were there. */
export async function presenceCard(
  reader: Reader,
  request: Request,
  { id }: Pick<Ids, 'id'>,
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const { action } = request;
  const held = action.state === 'held';
  const heading = t(held ? 'outcome.wereYouThere' : 'outcome.notHeldSaid');
  return {
    template: 'outcome-presence',
    lang,
    summary: `${heading} ${describeInOneSentence(action, t)}`,
    data: {
      id,
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      said: await describeRecorded(reader, request, lang, services),
      remark: remarkRun(action.outcome?.remark, t),
      held,
      differ: !action.outcome?.settled && !action.contradiction,
      note: action.contradiction ? t('outcome.beingSettled') : '',
    },
  };
}

/** A coordinator says who else was there. */
export async function attendanceCard(
  reader: Reader,
  request: Request,
  ids: Ids,
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const { action, engagements } = request;
  const people = engagements.filter((e) => e.state === 'approved').map((e) => e.employeeId);
  const name = await readNames(reader, people, t);
  return {
    template: 'outcome-attendance',
    lang,
    summary: t('outcome.whoWasThere'),
    data: {
      ...ids,
      eyebrow: eyebrow(action, t),
      heading: t('outcome.whoWasThere'),
      lead: describeInOneSentence(action, t),
      said: await describeRecorded(reader, request, lang, services),
      attended: people.join(','),
      people: people.map((p) => ({ title: removeMarkdown(capitaliseFirst(name(p))), value: p })),
    },
  };
}
