import { type Kind, kinds } from '../../domain/action.js';
import { mainCommitment } from '../../domain/convention/convention.js';
import { findTarget, programmeYear } from '../../domain/convention/programme-year.js';
import { computeStanding, type Standing } from '../../domain/convention/standing.js';
import { emptyTally, type KindCount, type Tally, zeroCount } from '../../domain/engagements/tally.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Actor, Card, Services } from '../feature.js';
import { yearTitle } from '../shared/year-title.js';

/** Where the main commitment stands today. */
export function computeMainStanding(tally: Tally, services: Services): Standing {
  const today = dayAt(services.clock.now());
  const year = programmeYear(today, services.convention);
  const target = findTarget(mainCommitment(services.convention), year) ?? 0;
  return computeStanding(tally, target, year, today);
}

/** "6 collaborateurs mobilisés sur 10", and the bar with the same figures. */
export function standingView(s: Standing, t: Text) {
  const { achieved, planned, missing } = s;
  const counts = { achieved: t.number(achieved), planned: t.number(planned), missing: t.number(missing) };
  return {
    heading: t('progress.heading', { count: achieved, target: s.target }),
    bar: {
      achieved: Math.min(achieved, s.target),
      planned: Math.min(planned, Math.max(0, s.target - achieved)),
      missing,
    },
    barAlt: t('progress.barAlt', counts),
    barCaption: t('progress.barCaption', counts),
  };
}

/** What is planned and missing, and the forecast. */
function leadText(s: Standing, t: Text): string {
  const planned = s.planned > 0 ? t('progress.planned', { count: s.planned }) : '';
  const missing = s.missing > 0 ? t('progress.missing', { count: s.missing }) : t('progress.covered');
  const pace = {
    reached: () => t('progress.reached'),
    'none-yet': () => t('progress.noneYet'),
    'on-track': () =>
      t('progress.onTrack', { month: t.dates.month(s.pace.kind === 'on-track' ? s.pace.day : '') }),
    short: () => t('progress.short', { count: s.pace.kind === 'short' ? s.pace.atEnd : 0, target: s.target }),
  }[s.pace.kind]();
  const sentences = s.pace.kind === 'reached' ? [pace, planned] : [planned, missing, pace];
  return sentences.filter(Boolean).join(' ');
}

/** The other commitments: what was achieved and planned, and the target if there is one. */
function otherCommitments(tally: Tally, services: Services, t: Text): { text: string }[] {
  const year = programmeYear(dayAt(services.clock.now()), services.convention);
  const main = mainCommitment(services.convention);
  return services.convention.commitments
    .filter((c) => c !== main && c.measure !== 'employees')
    .map((c) => {
      const target = findTarget(c, year);
      const counts = tally.commitments?.[c.id] ?? zeroCount;
      const [done, planned] = {
        employees: [0, 0],
        actions: [counts.held, counts.planned],
        pupils: [counts.pupils, 0],
        places: [counts.placesHeld, counts.placesPlanned],
      }[c.measure] as [number, number];
      const params = { article: String(c.article), done: t.number(done), planned: t.number(planned) };
      return {
        text: target
          ? t.at(`progress.commitment.${c.measure}Of`, { ...params, target: t.number(target) })
          : t.at(`progress.commitment.${c.measure}`, params),
      };
    });
}

export async function progressCard(actor: Actor, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const year = programmeYear(today, services.convention);
  const tally = (await services.store.read((r) => r.get('tallies', year.id))) ?? emptyTally(year.id);
  const s = computeMainStanding(tally, services);
  const total = (of: (k: KindCount) => number) => kinds.reduce((n, k) => n + of(tally.kinds[k]), 0);
  const shown = kinds.filter((k: Kind) => tally.kinds[k].held > 0 || tally.kinds[k].planned > 0);
  const view = standingView(s, t);
  return {
    template: 'progress-card',
    lang: actor.lang,
    summary: `${t('progress.title')} · ${view.heading}`,
    data: {
      eyebrow: t('progress.eyebrow', { year: yearTitle(year, t), day: t.dates.button(today, today) }),
      ...view,
      lead: leadText(s, t),
      gauge: { target: Math.max(s.target, 1), achieved: Math.min(s.achieved, s.target) },
      rows: shown.map((k) => ({
        kind: t.at(`kinds.${k}`),
        held: t.number(tally.kinds[k].held),
        planned: t.number(tally.kinds[k].planned),
      })),
      some: shown.length > 0,
      total: [
        t('progress.held', { count: total((k) => k.held) }),
        t('progress.plannedActions', { count: total((k) => k.planned) }),
        t('progress.pupils', { count: total((k) => k.pupils) }),
      ].join(', '),
      commitments: otherCommitments(tally, services, t),
    },
  };
}
