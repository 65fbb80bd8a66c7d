import type { HistoryRow } from '../../domain/action.js';
import type { Amendment } from '../../domain/convention/amendments.js';
import { findTarget, programmeYear } from '../../domain/convention/programme-year.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { readNames } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { readAmendments } from './read.js';
import { amendmentTitle, describeChange, describeStanding, standingMarks, standingOf } from './words.js';

/** With three buttons, these are the six actions that a card may have. */
const rowsPerPage = 3;
/** The latest moves that the card tells. */
const maxMoves = 5;

/** The register of amendments, the latest first (article 8). */
export async function amendmentsCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const all = await services.store.read(readAmendments);
  const list = paginate(all, page, t, rowsPerPage);
  const heading = all.length === 0 ? t('amendments.none') : t('amendments.heading', { count: all.length });
  return {
    template: 'amendments-list',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('amendments.eyebrow'),
      heading,
      lead: all.length === 0 ? t('amendments.noneLead') : '',
      rows: list.items.map((amendment, i) => {
        const titled = (subject: string) =>
          t('amendments.titled', { title: amendmentTitle(amendment, t), subject });
        const when = describeStanding(amendment, today, t);
        const state = describeChange(amendment.change, services.convention, t);
        return {
          verb: 'amendments.view',
          id: amendment.id,
          mark: standingMarks[standingOf(amendment, today)],
          title: titled(escapeMarkdown(amendment.subject)),
          when,
          state,
          spoken: [titled(amendment.subject), when, state].filter(Boolean).join('. '),
          group: '',
          separated: i > 0,
        };
      }),
      ...list.paging,
      backFolds: list.paging.more ? 'secondary' : 'primary',
    },
  };
}

/** One amendment: its state, what it changes from which day on, who signed it, and who did what. */
export async function amendmentCard(
  reader: Reader,
  actor: Actor,
  amendment: Amendment,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const { id, state, subject, from, change, signature, revision } = amendment;
  const history = (await reader.list('history', 'byAction', id)).slice(-maxMoves);
  const name = await readNames(
    reader,
    history.map(({ by }) => by),
    t,
  );
  const heading = amendmentTitle(amendment, t);
  const standing = standingOf(amendment, today);
  const changed = describeChange(change, services.convention, t);
  return {
    template: 'amendments-amendment',
    lang: actor.lang,
    summary: `${heading} · ${subject}`,
    data: {
      id,
      seen: revision,
      eyebrow: t('amendments.oneEyebrow'),
      heading,
      lead: escapeMarkdown(subject),
      state: {
        mark: standingMarks[standing],
        word: t(`amendments.word.${standing}`),
        rest: t(`amendments.rest.${standing}`, { day: t.dates.long(from) }),
      },
      facts: [
        { title: t('amendments.fact.from'), value: capitaliseFirst(t.dates.long(from)) },
        { title: t('amendments.fact.change'), value: changed || t('amendments.noChange') },
        ...(signature
          ? [
              {
                title: t('amendments.fact.signed'),
                value: t('amendments.signedBy', {
                  day: capitaliseFirst(t.dates.long(signature.on)),
                  by: breakLongWords(escapeMarkdown(signature.by)),
                }),
              },
            ]
          : []),
      ],
      note: targetNote(amendment, t, services),
      moves: history.map((row) => ({ what: tellMove(row, name, t) })),
      drafted: state === 'drafted',
      signed: state === 'signed',
      dropped: state === 'dropped',
    },
  };
}

/** Which year a new target is for: that in force on its last day (article 8). */
function targetNote({ change, from, state }: Amendment, t: Text, { convention }: Services): string {
  if (change?.target === undefined || state === 'dropped') return '';
  const year = programmeYear(from, convention);
  const commitment = convention.commitments.find(({ id }) => id === change.commitment);
  const isCounted = state === 'signed' && commitment && findTarget(commitment, year) === change.target;
  const key = isCounted ? 'amendments.countsNow' : 'amendments.wouldCount';
  return t(key, { year: yearTitle(year, t) });
}

const tellMove = ({ move, by, at }: HistoryRow, name: (id: string) => string, t: Text): string =>
  t.at(`amendments.move.${move.replace('amendment-', '')}`, {
    name: capitaliseFirst(escapeMarkdown(name(by))),
    day: t.dates.long(dayAt(at)),
  });
