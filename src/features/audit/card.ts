import { type AuditKind, auditKinds } from '../../domain/audit/chain.js';
import { auditSort } from '../../records.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { choiceList } from '../shared/form.js';
import { findGaps, type Gap } from './gaps.js';
import { tellEntries } from './told.js';

const rowsPerPage = 8;
/** The choice of no kind. */
const everything = 'all';

/** The kind that somebody chose; nothing for all of them. */
export const toKind = (value: unknown): AuditKind | undefined => auditKinds.find((kind) => kind === value);

/** What of the trail a card shows. */
export interface AuditView {
  readonly kind?: AuditKind | undefined;
  /** Only rows of lower numbers. */
  readonly before?: number | undefined;
}

/** A page of the audit trail, the latest row first. */
export async function auditCard(
  actor: Actor,
  { kind, before }: AuditView,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader) => {
    const found = await reader.list('audit', kind ? 'byKind' : 'byNumber', kind ?? 'all', {
      reverse: true,
      limit: rowsPerPage + 1,
      ...(before === undefined ? {} : { until: auditSort(before) }),
    });
    const shown = found.slice(0, rowsPerPage);
    const more = found.length > rowsPerPage;
    const told = await tellEntries(reader, shown, t, services);
    const rows = shown.map((entry, i) => ({
      when: capitaliseFirst(
        t('audit.when', { number: String(entry.number), when: t.dates.fullInstant(entry.at) }),
      ),
      what: capitaliseFirst(told[i]?.what ?? ''),
      about: told[i]?.about ?? '',
      doubt: told[i]?.doubt ?? '',
    }));
    const numbers = shown.map(({ number }) => number).filter((number) => number > 0);
    const end = await reader.get('audithead', 'chain');
    // Those of one kind have gaps by nature.
    const gaps = kind
      ? []
      : findGaps(
          shown.map(({ number }) => number),
          Math.min(Math.max(end?.number ?? 0, ...numbers), (before ?? Number.POSITIVE_INFINITY) - 1),
          more,
        );
    const tellGap = ({ first, last }: Gap) => ({
      when: t('audit.missing', { count: last - first + 1, first: String(first), last: String(last) }),
      what: '',
      about: '',
      doubt: t('audit.missingRows', { count: last - first + 1 }),
    });
    const gapsAt = (place: number) => gaps.filter(({ at }) => at === place).map(tellGap);
    const listed = [...rows.flatMap((row, i) => [...gapsAt(i), row]), ...gapsAt(rows.length)];
    return {
      template: 'audit-list',
      lang: actor.lang,
      summary: t('audit.heading'),
      data: {
        heading: t('audit.heading'),
        lead: t('audit.lead'),
        note: listed.length === 0 ? t('audit.none') : '',
        rows: listed,
        chosen: kind ?? everything,
        kinds: [
          { title: t('audit.all'), value: everything },
          ...choiceList(auditKinds, (k) => t.at(`audit.kind.${k}`)),
        ],
        more,
        next: numbers.at(-1) ?? 0,
        older: before !== undefined,
      },
    };
  });
}
