import { programmeYear } from '../../domain/convention/programme-year.js';
import { mayCorrect } from '../../domain/engagements/correction.js';
import { checkOutcome } from '../../domain/engagements/outcome.js';
import { checkAgreements } from '../../domain/placements/agreements.js';
import { countAction } from '../../domain/report/counted.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { listSome } from '../shared/list.js';
import { type Request, readRequest } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { wasText } from './columns.js';
import { countsText, lateNote } from './line-words.js';
import { readLate } from './lines-card.js';
import { signedBy } from './version-words.js';

const marks = { held: 'good', planned: 'wait', 'not-held': 'off' } as const;

/** What one action counts, whether that was corrected, and the ways to change it. */
export async function lineCard(actor: Actor, id: string, services: Services, saved = false): Promise<Card> {
  const t = services.textIn(actor.lang);
  const request = await services.store.read((reader) => requireLine(reader, id));
  const { action, engagements } = request;
  const counted = countAction(action, engagements, services);
  const year = programmeYear(action.firstDay, services.convention);
  const late = (await readLate(services, year)).get(id);
  const { corrected } = action;
  const name = await services.store.read((reader) =>
    readNames(reader, [corrected?.by, ...(counted?.employees ?? [])], t),
  );
  const heading = t('report.line.heading', { number: String(action.number) });
  const today = dayAt(services.clock.now());
  return {
    template: 'report-line',
    lang: actor.lang,
    summary: heading,
    data: {
      id,
      eyebrow: eyebrow(action, t),
      heading,
      lead: [describeInOneSentence(action, t), saved ? t('report.line.saved') : ''].filter(Boolean).join(' '),
      state: {
        mark: counted ? marks[counted.state] : 'off',
        word: counted ? t.at(`report.state.${counted.state}`) : t('report.line.notCounted'),
        rest: '',
      },
      facts: [
        { title: t('report.line.counts'), value: counted ? countsText(counted, t) : '' },
        {
          title: t('report.line.people'),
          value: escapeMarkdown(listSome((counted?.employees ?? []).map(name).map(capitaliseFirst), t)),
        },
        {
          title: t('report.fact.schools'),
          value: escapeMarkdown(listSome(schoolNames(action, services), t)),
        },
      ].filter(({ value }) => value !== ''),
      corrected: corrected !== undefined,
      correctedBy: corrected ? signedBy(corrected, name, t) : '',
      was: corrected ? t('report.line.was', { was: wasText(corrected, t) }) : '',
      reason: remarkRun(corrected?.why, t),
      note: late ? lateNote(late, t) : '',
      view: { from: year.firstDay, of: action.firstDay.slice(0, 7) },
      mayCorrect: mayCorrect(actor, action),
      mayAnswer: action.contradiction !== undefined || checkOutcome(actor, action, engagements, today).ok,
      mayFill: action.state === 'held' && checkAgreements(actor, action, engagements).ok,
    },
  };
}

/** An action with its engagements, as a line is read or corrected. */
export async function requireLine(reader: Reader, id: string): Promise<Request> {
  const request = await readRequest(reader, id);
  if (!request) throw new Refusal('refusal.outdated');
  return request;
}
