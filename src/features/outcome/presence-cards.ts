import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown, removeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import type { Request } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { describeAnswer } from './words.js';

interface Ids {
  readonly id: string;
  readonly formKey: string;
}

/**
 * "Zoé Spécimen a répondu : elle a eu lieu, avec 28 élèves.", to herself "Vous avez répondu : …"; what the coordinators
 * have chosen is no longer the answer of anybody.
 */
async function describeRecorded(
  reader: Reader,
  { action: { outcome, state } }: Request,
  t: Text,
  viewerId?: string,
): Promise<string> {
  const said = describeAnswer({ state, pupils: outcome?.pupils ?? 0 }, t);
  if (!outcome) return capitaliseFirst(`${said}.`);
  if (outcome.settled) return t('outcome.settledWhy', { said });
  if (outcome.by === viewerId) return t('outcome.youAnswered', { said });
  const name = escapeMarkdown((await readNames(reader, [outcome.by], t))(outcome.by));
  return capitaliseFirst(t('outcome.answered', { name, said }));
}

/** What is asked of somebody for whose action a colleague has answered: only whether they were there. */
export async function presenceCard(
  reader: Reader,
  request: Request,
  viewer: Pick<Actor, 'id' | 'lang'>,
  { id }: Pick<Ids, 'id'>,
  services: Services,
): Promise<Card> {
  const { lang } = viewer;
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
      said: await describeRecorded(reader, request, t, viewer.id),
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
      said: await describeRecorded(reader, request, t),
      attended: people.join(','),
      people: people.map((p) => ({ title: removeMarkdown(capitaliseFirst(name(p))), value: p })),
    },
  };
}
