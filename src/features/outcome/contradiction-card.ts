import type { Action } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { type Fault, faultData } from '../shared/form.js';
import { describeInOneSentence, eyebrow, facts, readNames, remarkRun } from '../shared/request-view.js';
import { describeAnswer, recordedAnswer, settledByText } from './words.js';

const readName = async (reader: Reader, id: string | undefined, t: Text) =>
  id === undefined ? '' : (await readNames(reader, [id], t))(id);

/** Two answers that differ, and the ways to settle them; afterwards, how they were settled. */
export async function contradictionCard(
  reader: Reader,
  action: Action,
  lang: Lang,
  services: Services,
  typed: { readonly pupils?: number | null; readonly fault?: Fault } = {},
): Promise<Card> {
  const t = services.textIn(lang);
  const { outcome, contradiction } = action;
  const settledBy = outcome?.settled;
  const settler = await readName(reader, settledBy?.by, t);
  const describe = async (
    answer: { readonly by: string; readonly at: string; readonly remark?: string } | undefined,
    said: string,
  ) => ({
    name: answer ? capitaliseFirst(escapeMarkdown(await readName(reader, answer.by, t))) : '',
    said,
    when: answer ? t.dates.instant(answer.at) : '',
    remark: remarkRun(answer?.remark, t),
  });
  const first = describeAnswer(recordedAnswer(action), t);
  const heading = t(contradiction ? 'outcome.contradiction' : 'outcome.settledHeading');
  return {
    template: 'outcome-contradiction',
    lang,
    summary: `${heading} · ${describeInOneSentence(action, t)}`,
    data: {
      id: action.id,
      seen: contradiction?.at ?? '',
      eyebrow: eyebrow(action, t),
      heading: typed.fault ? t('form.mend', { count: 1 }) : heading,
      lead: describeInOneSentence(action, t),
      state: contradiction
        ? { mark: 'warn', word: t('outcome.toSettle'), rest: '' }
        : {
            mark: 'good',
            word: capitaliseFirst(first),
            rest: settledBy ? settledByText(settledBy, () => settler, t) : '',
          },
      answers: contradiction
        ? [
            await describe(outcome, capitaliseFirst(first)),
            await describe(contradiction, capitaliseFirst(describeAnswer(contradiction, t))),
          ]
        : [],
      facts: facts(action, t, services),
      open: contradiction !== undefined,
      values: { pupils: typed.pupils === undefined ? (contradiction?.pupils ?? null) : typed.pupils },
      faults: faultData(['pupils'], typed.fault ? { pupils: typed.fault } : {}),
      max: services.convention.maxPupils,
      pupilsError: t('outcome.pupilsError', { max: services.convention.maxPupils }),
      note: t(contradiction ? 'outcome.settleNote' : 'outcome.settledNote'),
    },
  };
}
