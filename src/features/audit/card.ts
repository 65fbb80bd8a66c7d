import { type AuditKind, auditKinds } from '../../domain/audit/chain.js';
import { auditSort } from '../../records.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { choiceList } from '../shared/form.js';
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
    const told = await tellEntries(reader, shown, t, services);
    return {
      template: 'audit-list',
      lang: actor.lang,
      summary: t('audit.heading'),
      data: {
        heading: t('audit.heading'),
        lead: t('audit.lead'),
        note: shown.length === 0 ? t('audit.none') : '',
        rows: shown.map((entry, i) => ({
          when: capitaliseFirst(
            t('audit.when', { number: String(entry.number), when: t.dates.fullInstant(entry.at) }),
          ),
          what: capitaliseFirst(told[i]?.what ?? ''),
          about: told[i]?.about ?? '',
        })),
        chosen: kind ?? everything,
        kinds: [
          { title: t('audit.all'), value: everything },
          ...choiceList(auditKinds, (k) => t.at(`audit.kind.${k}`)),
        ],
        more: found.length > rowsPerPage,
        next: shown.at(-1)?.number ?? 0,
        older: before !== undefined,
      },
    };
  });
}
