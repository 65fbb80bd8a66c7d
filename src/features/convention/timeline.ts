import { allDeadlines, lastDayOf } from '../../domain/convention/deadlines.js';
import { type Day, daysBetween } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { amendmentTitle } from '../amendments/words.js';
import type { Services } from '../feature.js';
import { deadlineTitle, describeDaysLeft, readDeadlineDates, readMarks } from '../shared/deadlines.js';

/** The latest of them; the register has all. */
const maxAmendments = 5;

interface Point {
  readonly day: Day;
  readonly what: string;
  readonly mark: 'good' | 'off' | 'info' | 'wait' | 'open';
  readonly rest: string;
}

export interface Timeline {
  readonly first: Day;
  readonly last: Day;
  readonly days: readonly Day[];
  /** The lines under the picture, in order. */
  readonly points: readonly { readonly mark: string; readonly text: string; readonly rest: string }[];
  /** The same in a sentence. */
  readonly alt: string;
}

/** From the signature to the last day: committees, amendments and deadlines; nothing while the signature is not known. */
export async function readTimeline(
  reader: Reader,
  today: Day,
  t: Text,
  { convention }: Services,
): Promise<Timeline | undefined> {
  const { signedOn } = convention;
  const dates = await readDeadlineDates(reader, convention);
  const { ended } = dates;
  const last = ended?.day ?? lastDayOf(convention);
  if (!signedOn || !last) return undefined;
  const left = (day: Day) => describeDaysLeft(day, today, t);
  const marked = await readMarks(reader, allDeadlines(dates, today));
  const next = marked.find(({ day, done }) => day >= today && !done);
  const signed = await reader.list('amendments', 'byState', 'signed', {
    reverse: true,
    limit: maxAmendments,
  });
  const points: Point[] = [
    { day: signedOn, what: t('convention.signature'), mark: 'good', rest: left(signedOn) },
    ...signed.map((amendment): Point => {
      const what = t('convention.takesEffect', { title: amendmentTitle(amendment, t) });
      return { day: amendment.from, what, mark: 'info', rest: left(amendment.from) };
    }),
    ...marked.map((deadline): Point => {
      const { day, done } = deadline;
      const mark = done ? 'good' : day < today ? 'off' : deadline === next ? 'wait' : 'open';
      const rest = done ? t('convention.doneRest', { left: left(day) }) : left(day);
      return { day, what: deadlineTitle(deadline, t), mark, rest };
    }),
    ...(ended
      ? [
          {
            day: ended.day,
            what: t('convention.endedPoint', { article: String(ended.article) }),
            mark: 'off' as const,
            rest: left(ended.day),
          },
        ]
      : []),
  ];
  const inOrder = points.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const describe = ({ day, what }: Point) => t('convention.point', { day: t.dates.short(day), what });
  return {
    first: signedOn,
    last,
    days: inOrder.map(({ day }) => day),
    points: inOrder.map((point) => ({ mark: point.mark, text: describe(point), rest: point.rest })),
    alt: inOrder.map(describe).join(', '),
  };
}

/** What the picture is drawn from: how much of it has gone, and where its points are, in thousandths. */
export function pictureOf({ first, last, days }: Timeline, today: Day) {
  const length = Math.max(1, daysBetween(first, last));
  const at = (day: Day) =>
    Math.min(1_000, Math.max(0, Math.round((1_000 * daysBetween(first, day)) / length)));
  return { elapsed: at(today), points: days.map(at) };
}
