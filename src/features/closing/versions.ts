import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import { type Closing, findHolding } from '../../domain/report/closing.js';
import { figureNames } from '../../domain/report/figures.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { readClosings } from '../report/closed.js';
import { metText } from '../report/commitment-words.js';
import { readComparison } from '../report/compare.js';
import { readClosers, signedBy, versionStrip } from '../report/version-words.js';
import { paginate } from '../shared/list.js';
import { remarkRun } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';

/** A version with its year and the one that came after it, if there is one. */
export interface FoundVersion {
  readonly year: ProgrammeYear;
  readonly closings: readonly Closing[];
  readonly closing: Closing;
  readonly next: Closing | undefined;
}

/** @throws Refusal if there is no such version */
export async function requireVersion(
  reader: Reader,
  id: string,
  { convention }: Pick<Services, 'convention'>,
): Promise<FoundVersion> {
  const found = await reader.get('closings', id);
  if (!found) throw new Refusal('refusal.outdated');
  const year = programmeYear(found.firstDay, convention);
  const closings = await reader.list('closings', 'byYear', found.year);
  const next = closings.find(({ version }) => version === found.version + 1);
  return { year, closings, closing: found, next };
}

/** "Rouverte par Hugo Témoin, lundi 5 juillet 2027 à 9 h : « Une visite manquait. »" */
function reopenedText(
  { reopened }: Closing,
  name: (id: string) => string,
  t: Text,
  prepare = (text: string): string => text,
): string {
  if (!reopened) return '';
  const by = signedBy(reopened, (id) => prepare(name(id)), t);
  return t('closing.reopenedBy', { by, why: remarkRun(prepare(reopened.why), t) });
}

/** Every version of a year, the last one first. */
export async function versionsCard(
  actor: Actor,
  year: ProgrammeYear,
  page: number,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const closings = await services.store.read((reader) => readClosings(reader, year));
  const name = await services.store.read((reader) => readClosers(reader, closings, t));
  const holding = findHolding(closings);
  const list = paginate(closings.toReversed(), page, t);
  const heading = t('closing.versions.heading', { count: closings.length });
  return {
    template: 'closing-versions',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      lead: '',
      rows: list.items.map((closing, i) => {
        const { id, version, total } = closing;
        const title = capitaliseFirst(t('report.version', { n: String(version) }));
        const describe = (who: (id: string) => string): string =>
          t('closing.closedBy', { by: signedBy(closing, who, t) });
        const state = [
          t('report.held', { count: total.actions }),
          t('report.pupils', { count: total.pupils }),
          t('report.people', { count: total.employees }),
        ].join(', ');
        const reopened = reopenedText(closing, name, t, escapeMarkdown);
        return {
          group: '',
          separated: i > 0,
          verb: 'closing.version',
          id,
          mark: id === holding?.id ? 'good' : 'off',
          title,
          when: describe((who) => escapeMarkdown(name(who))),
          state: [state, reopened].filter(Boolean).join('\n\n'),
          spoken: [title, describe(name), state, reopenedText(closing, name, t)].filter(Boolean).join('. '),
        };
      }),
      view: { from: year.firstDay },
      ...list.paging,
    },
  };
}

/** One version: its figures, beside those of the next one, or of today, and why it was reopened. */
export async function versionCard(actor: Actor, id: string, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const found = await services.store.read((reader) => requireVersion(reader, id, services));
  const { year, closings, closing, next } = found;
  const name = await services.store.read((reader) => readClosers(reader, closings, t));
  const { figures, results } = await readComparison(services, year, closing, next);
  const heading = t('report.versionTitle', { n: String(closing.version), year: yearTitle(year, t) });
  return {
    template: 'closing-version',
    lang: actor.lang,
    summary: heading,
    data: {
      id,
      eyebrow: t('closing.eyebrow'),
      heading,
      state: versionStrip(closings, closing, name, t),
      reopened: reopenedText(closing, name, t, escapeMarkdown),
      columns: {
        version: capitaliseFirst(t('report.version', { n: String(closing.version) })),
        other: next
          ? capitaliseFirst(t('report.version', { n: String(next.version) }))
          : t('report.todayColumn'),
      },
      rows: [
        ...figureNames.map((name) => ({
          label: t.at(`report.figure.${name}`),
          closed: t.number(closing.total[name]),
          other: t.number(closing.total[name] + figures[name]),
        })),
        ...results.map(({ commitment: { measure, article }, before, after }) => ({
          label: t(`report.promise.${measure}`, { article: String(article) }),
          closed: metText(before, t),
          other: metText(after, t),
        })),
      ],
      note: t('closing.lines', { count: closing.lines }),
      view: { from: year.firstDay, as: String(closing.version) },
    },
  };
}
